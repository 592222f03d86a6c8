package io.otabridge.simulators.aliyun.job;

import java.util.Set;

/** The vendor's states of a task. */
enum TaskStatus {
    CONFIRM,
    QUEUED,
    NOTIFIED,
    IN_PROGRESS,
    SUCCEEDED,
    FAILED,
    CANCELED;

    static final Set<TaskStatus> UNFINISHED = Set.of(CONFIRM, QUEUED, NOTIFIED, IN_PROGRESS);

    boolean isFinal() {
        return !UNFINISHED.contains(this);
    }
}
