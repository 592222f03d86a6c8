package io.otabridge.domain.job;

import io.vavr.control.Option;

/** How a finished job ended. */
public enum JobOutcome {
    /** Every device has the new version. */
    ALL_SUCCEEDED,
    /** Some devices have the new version. */
    SOME_SUCCEEDED,
    /** No device has the new version. */
    NONE_SUCCEEDED,
    /** The job had no devices, for example because all had the version already. */
    NO_DEVICES;

    /** Returns the outcome of a job with these tasks; absent if there are tasks of unknown state. */
    public static Option<JobOutcome> of(TaskCounts counts) {
        if (counts.of(TaskState.UNKNOWN) > 0) {
            return Option.none();
        }
        long succeeded = counts.of(TaskState.SUCCEEDED);
        if (counts.total() == 0) {
            return Option.some(NO_DEVICES);
        }
        if (succeeded == counts.total()) {
            return Option.some(ALL_SUCCEEDED);
        }
        return Option.some(succeeded == 0 ? NONE_SUCCEEDED : SOME_SUCCEEDED);
    }
}
