package io.otabridge.domain.job;

/** The state of an upgrade job. */
public enum JobState {
    /** The vendor prepares the tasks: Huawei {@code Initializing}. */
    PREPARING,
    /** The tasks wait for a confirmation by the operator: Huawei {@code Waitting} with {@code need_confirm}. */
    AWAITING_CONFIRMATION,
    /** The start time is in the future: Huawei {@code Waitting} with {@code schedule_time}, Alibaba {@code PLANNED}. */
    SCHEDULED,
    /** The job waits to be started: Huawei {@code Waitting} otherwise. */
    WAITING,
    /** Huawei {@code Processing}, Alibaba {@code IN_PROGRESS}. */
    RUNNING,
    /** Paused by the operator or by a threshold; neither Huawei nor Alibaba has it. */
    PAUSED,
    /** Huawei {@code Stopping}. */
    CANCELLING,
    /** Huawei {@code Stopped}, Alibaba {@code CANCELED}. Devices that were in progress may still finish. */
    CANCELLED,
    /**
     * All tasks ended: Huawei {@code Success}, {@code PartialSuccess} and {@code Fail} with tasks, Alibaba {@code
     * COMPLETED}. See {@link UpgradeJob#outcome}.
     */
    FINISHED,
    /** The job could not start: Huawei {@code Fail} without tasks. */
    FAILED,
    /** A state that this library does not know. */
    UNKNOWN;

    /** Returns whether the job does not change any more, unless its tasks are retried. */
    public boolean isFinal() {
        return this == CANCELLED || this == FINISHED || this == FAILED;
    }
}
