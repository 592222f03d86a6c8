package io.otabridge.simulators.huawei.job;

import io.otabridge.simulators.fleet.DeviceFailure;
import io.otabridge.simulators.fleet.Fleet;
import io.otabridge.simulators.fleet.FleetCloud;
import io.otabridge.simulators.fleet.FleetDevice;
import io.otabridge.simulators.fleet.FleetOptions;
import io.otabridge.simulators.fleet.UpgradeNotice;
import io.otabridge.simulators.huawei.device.HuaweiDevice;
import io.otabridge.simulators.huawei.job.SubTaskRun.Phase;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Upgrades one device at a time: it is asked for its version, then gets the notice, and has succeeded when it reports
 * the new version. Devices do not learn that their task was stopped. Synchronized on the timeline of the fleet.
 */
final class DeviceUpgrades implements FleetCloud {

    /** Assumed: how long a task waits for a device that is offline. */
    private static final Duration ONLINE_TIMEOUT = Duration.ofHours(24);

    private static final Duration VERSION_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration RESULT_TIMEOUT = Duration.ofMinutes(30);

    /** The documented texts of failures that devices report. Others have the result code and text of the device. */
    private static final Map<DeviceFailure, String> MESSAGES = Map.of(
            DeviceFailure.DOWNLOAD, "connection lost during download",
            DeviceFailure.INTEGRITY, "integrity check failure",
            DeviceFailure.UNSUPPORTED_PACKAGE, "unsupported package type",
            DeviceFailure.STORAGE, "not enough storage",
            DeviceFailure.MEMORY, "out of memory",
            DeviceFailure.INSTALLATION, "firmware update failed");

    private static final Map<DeviceFailure, Integer> RESULT_CODES = Map.of(
            DeviceFailure.BUSY, 1,
            DeviceFailure.SIGNAL, 2,
            DeviceFailure.NEWEST, 3,
            DeviceFailure.BATTERY, 4,
            DeviceFailure.INTERNAL, 255);

    private final Fleet fleet;
    private final Function<HuaweiPackage, UpgradeNotice.File> files;
    private final Results results;

    /** The attempts in progress by device. */
    private final Map<String, SubTaskRun> runs = new HashMap<>();

    private long lastRun;

    /** What becomes of the task of a device. */
    interface Results {

        void processing(HuaweiJob job, String target);

        void succeeded(HuaweiJob job, String target);

        /**
         * The upgrade failed.
         *
         * @param code as sent; null for a failure that has none
         */
        void failed(HuaweiJob job, String target, @Nullable String code, String message);
    }

    DeviceUpgrades(
            FleetOptions options, Clock clock, Function<HuaweiPackage, UpgradeNotice.File> files, Results results) {
        this.files = files;
        this.results = results;
        this.fleet = new Fleet(options, clock, this);
    }

    Fleet fleet() {
        return fleet;
    }

    /** Returns the batch task in which a device takes part. */
    Option<HuaweiJob> jobOf(String target) {
        return Option.of(runs.get(target)).map(run -> run.job);
    }

    /** Upgrades a device that takes part in no batch task. If it is offline, the upgrade waits for it. */
    void start(HuaweiJob job, HuaweiDevice device) {
        SubTaskRun run = newRun(job, device);
        timeout(run, ONLINE_TIMEOUT, Phase.WAITS_FOR_DEVICE, "waiting for the device online timeout");
        goOn(run);
    }

    /** Upgrades a device as soon as it connects. */
    void restore(HuaweiJob job, HuaweiDevice device) {
        newRun(job, device);
    }

    /** Forgets the task of a device, which goes on. */
    void forget(HuaweiJob job, String target) {
        if (jobOf(target).contains(job)) {
            runs.remove(target);
        }
    }

    private SubTaskRun newRun(HuaweiJob job, HuaweiDevice device) {
        SubTaskRun run = new SubTaskRun(
                job, device, job.id() + "/" + ++lastRun, fleet.time().now());
        runs.put(run.target(), run);
        return run;
    }

    /** Does what is next, if the device is connected. */
    private void goOn(SubTaskRun run) {
        FleetDevice device = run.device.device();
        if (!device.isOnline()) {
            return;
        }
        switch (run.phase) {
            case WAITS_FOR_DEVICE -> {
                results.processing(run.job, run.target());
                run.phase = Phase.QUERIES_VERSION;
                timeout(
                        run,
                        VERSION_TIMEOUT,
                        Phase.QUERIES_VERSION,
                        "waiting for report device firmware version timeout");
                goOn(run);
            }
            case QUERIES_VERSION -> {
                if (run.job.request().type().equals("moduleUpgrade")) {
                    // Devices report the versions of modules by themselves.
                    decide(run, device.versions().get(run.module()));
                } else {
                    fleet.queryVersions(device);
                }
            }
            case UPGRADES -> send(run);
        }
    }

    private void decide(SubTaskRun run, @Nullable String version) {
        HuaweiPackage firmware = run.job.request().firmware();
        List<String> sources = firmware.supportSourceVersions();
        if (firmware.version().equals(version)) {
            succeed(run);
        } else if (!sources.isEmpty() && (version == null || !sources.contains(version))) {
            fail(run, "IOTDA.005005", "Upgrade failed. The current version cannot be upgraded to the target version.");
        } else {
            run.phase = Phase.UPGRADES;
            run.lastReport = fleet.time().now();
            resultTimeout(run);
            send(run);
        }
    }

    private void send(SubTaskRun run) {
        HuaweiPackage firmware = run.job.request().firmware();
        fleet.send(
                run.device.device(),
                new UpgradeNotice(run.key, run.module(), firmware.version(), List.of(files.apply(firmware))));
    }

    private void resultTimeout(SubTaskRun run) {
        Instant end = run.lastReport.plus(RESULT_TIMEOUT);
        fleet.time().at(end, () -> isCurrent(run), () -> {
            if (run.lastReport.plus(RESULT_TIMEOUT).isAfter(end)) {
                resultTimeout(run);
            } else {
                fail(
                        run,
                        null,
                        run.hasInstalled
                                ? "updating timeout and query device version for check timeout"
                                : "wait for the device to report upgrade result timeout");
            }
        });
    }

    private void timeout(SubTaskRun run, Duration after, Phase phase, String message) {
        fleet.time()
                .at(
                        fleet.time().now().plus(after),
                        () -> isCurrent(run) && run.phase == phase,
                        () -> fail(run, null, message));
    }

    private boolean isCurrent(SubTaskRun run) {
        return runs.get(run.target()) == run;
    }

    private Option<SubTaskRun> runOf(FleetDevice device) {
        return Option.of(runs.get(device.id()));
    }

    private Option<SubTaskRun> runOf(FleetDevice device, UpgradeNotice notice) {
        return runOf(device).filter(run -> run.key.equals(notice.taskKey()));
    }

    @Override
    public void connected(FleetDevice device) {
        runOf(device).forEach(this::goOn);
    }

    @Override
    public void progressed(FleetDevice device, UpgradeNotice notice, int percent) {
        runOf(device, notice).forEach(run -> {
            run.lastReport = fleet.time().now();
            run.hasInstalled = percent == 100;
        });
    }

    @Override
    public void failed(FleetDevice device, UpgradeNotice notice, DeviceFailure failure) {
        String message = MESSAGES.getOrDefault(
                failure, "result_code: " + RESULT_CODES.get(failure) + ", description: " + failure.description());
        runOf(device, notice).forEach(run -> fail(run, null, message));
    }

    @Override
    public void reported(FleetDevice device, String module, String version) {
        runOf(device).filter(run -> run.module().equals(module)).forEach(run -> {
            if (run.phase == Phase.QUERIES_VERSION) {
                decide(run, version);
            } else if (version.equals(run.job.request().firmware().version())) {
                succeed(run);
            }
        });
    }

    private void succeed(SubTaskRun run) {
        runs.remove(run.target());
        results.succeeded(run.job, run.target());
    }

    private void fail(SubTaskRun run, @Nullable String code, String message) {
        runs.remove(run.target());
        results.failed(run.job, run.target(), code, message);
    }
}
