package io.otabridge.domain.job;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.collection.HashSet;
import io.vavr.collection.Set;
import io.vavr.control.Option;

/**
 * Selects upgrade jobs. Every present part must match. Immutable.
 *
 * @param firmware only jobs with this package
 * @param product only jobs of this product
 * @param device only jobs that have a task for this device; needs {@link
 *     io.otabridge.domain.Capability#LIST_JOBS_OF_DEVICE}
 * @param states only jobs in one of these states; empty for all
 */
public record JobFilter(
        Option<FirmwareId> firmware, Option<ProductId> product, Option<DeviceRef> device, Set<JobState> states) {

    /** Returns a filter for all jobs. */
    public static JobFilter all() {
        return new JobFilter(Option.none(), Option.none(), Option.none(), HashSet.empty());
    }

    /** Returns a copy for the jobs with this package. */
    public JobFilter firmware(FirmwareId id) {
        return new JobFilter(Option.some(id), product, device, states);
    }

    /** Returns a copy for the jobs of this product. */
    public JobFilter product(ProductId id) {
        return new JobFilter(firmware, Option.some(id), device, states);
    }

    /** Returns a copy for the jobs that have a task for this device. */
    public JobFilter device(DeviceRef ref) {
        return new JobFilter(firmware, product, Option.some(ref), states);
    }

    /** Returns a copy for the jobs in one of these states. */
    public JobFilter states(JobState... wanted) {
        return new JobFilter(firmware, product, device, HashSet.of(wanted));
    }

    /** Returns whether the job is in one of the states. */
    public boolean matchesState(UpgradeJob job) {
        return states.isEmpty() || states.contains(job.state().value());
    }
}
