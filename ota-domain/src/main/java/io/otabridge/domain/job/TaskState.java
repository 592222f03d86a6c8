package io.otabridge.domain.job;

/** The state of an upgrade task: one device in one job. */
public enum TaskState {
    /** Waits for the confirmation of the operator: Alibaba {@code CONFIRM}, Huawei {@code Waitting} before it. */
    AWAITING_CONFIRMATION,
    /** Waits, for example for the device to come online: Alibaba {@code QUEUED}, Huawei {@code Waitting}. */
    QUEUED,
    /** The device received the notice: Alibaba {@code NOTIFIED}; Huawei does not report it. */
    NOTIFIED,
    /** The device downloads or installs: Alibaba {@code IN_PROGRESS}, Huawei {@code Processing}. */
    RUNNING,
    /** The attempt failed and the vendor will retry: Huawei {@code FailWaitRetry}; Alibaba does not report it. */
    AWAITING_RETRY,
    /**
     * A cancellation was requested, and the device has not confirmed it: it may still finish. Neither Huawei nor Alibaba
     * reports it, since their cancellations do not involve the device.
     */
    CANCELLING,
    /** The device reported the new version: Alibaba {@code SUCCEEDED}, Huawei {@code Success}. */
    SUCCEEDED,
    /** Alibaba {@code FAILED}, Huawei {@code Fail} and {@code Rejected}. See {@link UpgradeTask#failure}. */
    FAILED,
    /** Alibaba {@code CANCELED}, Huawei {@code Stopped}. */
    CANCELLED,
    /** The device was removed from the job: Huawei {@code Removed}. */
    REMOVED,
    /** A state that this library does not know. */
    UNKNOWN;

    /** Returns whether the task does not change any more, unless it is retried. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED || this == REMOVED;
    }
}
