package io.otabridge.domain.job.command;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.device.DeviceId;
import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * The result of a command for tasks of a job: which were refused, and which may still finish. Vendors confirm such a
 * command although each single task was refused. Immutable.
 *
 * @param accepted the number of tasks that the vendor changed; absent if it does not say
 * @param refused the tasks that the vendor did not change, each with its reason; {@code UnreadableResponse} if it did not
 *     report whether it did
 * @param inProgress after a cancellation: devices that were upgrading when it was sent. They may still finish and
 *     have the new version then: Huawei and Alibaba do not stop a device, and others only request that it stops. At most
 *     {@link #MAX_LISTED}
 * @param inProgressCount the number of all of them
 * @param warnings what the vendor does differently, as sentences without a final period
 */
public record TaskChanges(
        Option<Long> accepted,
        List<Refused> refused,
        List<DeviceId> inProgress,
        long inProgressCount,
        List<String> warnings) {

    /** The maximum number of listed devices in progress. */
    public static final int MAX_LISTED = 1000;

    /** A result for a command that found no task to change. */
    public static final TaskChanges NONE =
            new TaskChanges(Option.some(0L), List.empty(), List.empty(), 0, List.empty());

    /**
     * A task that the vendor did not change.
     *
     * @param device the device of the task
     * @param failure the reason
     */
    public record Refused(DeviceId device, OtaFailure failure) {}
}
