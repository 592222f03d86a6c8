package io.otabridge.simulators.huawei.job;

import io.otabridge.simulators.huawei.device.HuaweiDevice;
import java.time.Instant;

/** One attempt to upgrade one device. Synchronized on the timeline of the fleet. */
final class SubTaskRun {

    final HuaweiJob job;
    final HuaweiDevice device;
    final String key;
    Phase phase = Phase.WAITS_FOR_DEVICE;
    Instant lastReport;
    boolean hasInstalled;

    /** What the attempt waits for. */
    enum Phase {
        WAITS_FOR_DEVICE,
        QUERIES_VERSION,
        UPGRADES
    }

    /** @param key unique, also among the attempts of one device */
    SubTaskRun(HuaweiJob job, HuaweiDevice device, String key, Instant started) {
        this.job = job;
        this.device = device;
        this.key = key;
        this.lastReport = started;
    }

    /** Returns the module as {@link HuaweiDevice} names it. */
    String module() {
        return switch (job.request().type()) {
            case "firmwareUpgrade" -> HuaweiDevice.FIRMWARE;
            case "softwareUpgrade" -> HuaweiDevice.SOFTWARE;
            default -> String.valueOf(job.request().firmware().moduleName());
        };
    }

    String target() {
        return device.id();
    }
}
