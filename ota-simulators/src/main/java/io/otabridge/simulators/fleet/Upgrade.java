package io.otabridge.simulators.fleet;

import io.otabridge.simulators.server.Digests;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.security.MessageDigest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One device working on one notice: download, verification, installation, report. Synchronized on the timeline. */
final class Upgrade {

    private static final int PARTS = 5;
    private static final int MAX_DOWNLOAD_ERRORS = 3;
    private static final Duration START = Duration.ofSeconds(2);
    private static final Duration PART = Duration.ofSeconds(2);
    private static final Duration INSTALLATION = Duration.ofSeconds(6);
    private static final Duration INTERRUPTION = Duration.ofSeconds(20);
    private static final int DOWNLOADED_PERCENT = 80;

    private final Fleet fleet;
    private final FleetCloud cloud;
    private final FleetDevice device;
    private final UpgradeNotice notice;
    private final Behavior behavior;
    private final double slowness;
    private final long partSize;
    private int file;
    private long position;
    private long received;
    private int downloadErrors;
    private boolean wasInterrupted;
    private @Nullable Runnable pausedStep;
    private @Nullable MessageDigest digest;

    Upgrade(
            Fleet fleet,
            FleetCloud cloud,
            FleetDevice device,
            UpgradeNotice notice,
            Behavior behavior,
            double slowness) {
        this.fleet = fleet;
        this.cloud = cloud;
        this.device = device;
        this.notice = notice;
        this.behavior = behavior;
        this.slowness = slowness;
        this.partSize = Math.max(1, (notice.size() + PARTS - 1) / PARTS);
    }

    boolean isFor(String module) {
        return notice.module().equals(module);
    }

    void start() {
        fleet.time().after(scaled(START), () -> whileOnline(this::begin));
    }

    private void begin() {
        if (behavior.rejection().isDefined()) {
            fail(behavior.rejection().get());
        } else {
            cloud.progressed(device, notice, 1);
            download();
        }
    }

    /** Goes on after the device was disconnected. */
    void resume() {
        @Nullable Runnable next = pausedStep;
        pausedStep = null;
        if (next != null) {
            next.run();
        }
    }

    /** Runs a step now, or when the device is connected again. */
    private void whileOnline(Runnable step) {
        if (device.isOnline()) {
            step.run();
        } else {
            pausedStep = step;
        }
    }

    private void download() {
        UpgradeNotice.File current = notice.files().get(file);
        long from = position;
        int length = (int) Math.min(partSize, current.size() - from);
        fleet.time().after(scaled(PART), () -> PartialDownload.read(current.url(), from, length), this::received);
    }

    private void received(Either<String, byte[]> part) {
        if (!device.isOnline()) {
            pausedStep = this::download;
            return;
        }
        if (part.isLeft()) {
            downloadErrors++;
            if (downloadErrors >= MAX_DOWNLOAD_ERRORS) {
                fail(DeviceFailure.DOWNLOAD);
            } else {
                download();
            }
            return;
        }
        add(part.get());
        if (!isStoppedInTheMiddle()) {
            cloud.progressed(device, notice, (int)
                    Math.max(1, DOWNLOADED_PERCENT * received / Math.max(1, notice.size())));
            endFile();
        }
    }

    private void add(byte[] bytes) {
        if (digest == null) {
            digest = Digests.newDigest(notice.files().get(file).algorithm());
        }
        if (behavior == Behavior.DAMAGED && received == 0 && bytes.length > 0) {
            bytes[0] ^= 1;
        }
        digest.update(bytes);
        position += bytes.length;
        received += bytes.length;
    }

    /** Returns whether the device does not go on with the download now. */
    private boolean isStoppedInTheMiddle() {
        if (received * 2 < notice.size()) {
            return false;
        }
        switch (behavior) {
            case DOWNLOAD_FAILS -> {
                fail(DeviceFailure.DOWNLOAD);
                return true;
            }
            case DIES -> {
                fleet.disconnect(device);
                device.upgrades.remove(notice.taskKey());
                return true;
            }
            case INTERRUPTED -> {
                boolean isFirst = !wasInterrupted && received < notice.size();
                if (isFirst) {
                    wasInterrupted = true;
                    fleet.disconnectUntil(device, fleet.time().now().plus(INTERRUPTION));
                    pausedStep = this::download;
                }
                return isFirst;
            }
            default -> {
                return false;
            }
        }
    }

    private void endFile() {
        UpgradeNotice.File current = notice.files().get(file);
        if (position < current.size()) {
            download();
            return;
        }
        String actual = digest == null ? "" : Digests.hex(digest.digest());
        digest = null;
        position = 0;
        if (current.digest() != null && !current.digest().equalsIgnoreCase(actual)) {
            fail(DeviceFailure.INTEGRITY);
        } else if (++file < notice.files().size()) {
            download();
        } else {
            fleet.time().after(scaled(INSTALLATION), () -> whileOnline(this::install));
        }
    }

    private void install() {
        if (behavior == Behavior.INSTALLATION_FAILS) {
            fail(DeviceFailure.INSTALLATION);
            return;
        }
        device.upgrades.remove(notice.taskKey());
        if (behavior != Behavior.REPORTS_OLD_VERSION) {
            device.setVersion(notice.module(), notice.version());
        }
        cloud.progressed(device, notice, 100);
        Option.of(device.versions().get(notice.module()))
                .forEach(version -> cloud.reported(device, notice.module(), version));
    }

    private void fail(DeviceFailure failure) {
        device.upgrades.remove(notice.taskKey());
        cloud.failed(device, notice, failure);
    }

    private Duration scaled(Duration duration) {
        return Duration.ofMillis((long) (duration.toMillis() * slowness));
    }
}
