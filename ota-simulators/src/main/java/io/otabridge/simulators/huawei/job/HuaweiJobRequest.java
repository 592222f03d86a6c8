package io.otabridge.simulators.huawei.job;

import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A valid batch task to create.
 *
 * @param type {@code firmwareUpgrade}, {@code softwareUpgrade} or {@code moduleUpgrade}
 * @param mode {@code GATEWAY} or none
 * @param extInfo JSON
 * @param targets the listed devices; empty if groups are given
 * @param groupIds the device groups
 * @param usesPackageIds whether the document contained {@code package_ids}
 */
public record HuaweiJobRequest(
        String name,
        String type,
        Option<String> mode,
        boolean needsConfirmation,
        Option<String> extInfo,
        List<String> targets,
        List<String> groupIds,
        HuaweiPackage firmware,
        boolean usesPackageIds,
        Option<Instant> schedule,
        Option<RetryPolicy> retry) {

    /** Copies the lists. */
    public HuaweiJobRequest {
        targets = List.copyOf(targets);
        groupIds = List.copyOf(groupIds);
    }

    /** Returns a request for these devices that starts now. */
    public static HuaweiJobRequest of(String name, HuaweiPackage firmware, List<String> targets) {
        return new HuaweiJobRequest(
                name,
                firmware.packageType().replace("Package", "Upgrade"),
                Option.none(),
                false,
                Option.none(),
                targets,
                List.of(),
                firmware,
                firmware.packageType().equals("modulePackage"),
                Option.none(),
                Option.none());
    }

    /** How often failed devices are tried again. */
    public record RetryPolicy(int count, Duration interval) {}
}
