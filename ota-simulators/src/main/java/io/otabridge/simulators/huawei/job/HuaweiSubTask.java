package io.otabridge.simulators.huawei.job;

import org.jspecify.annotations.Nullable;

/**
 * One device in a batch task.
 *
 * @param target the {@code device_id}
 * @param isConfirmed whether it may start, as far as confirmation matters
 * @param attempts the number of failed attempts of the retry policy
 * @param output what the task has to say, as sent; null if there is nothing
 * @param errorCode as sent; null if there is none
 * @param errorMessage as sent; null if there is none
 */
public record HuaweiSubTask(
        String target,
        SubTaskStatus status,
        boolean isConfirmed,
        int attempts,
        @Nullable String output,
        @Nullable String errorCode,
        @Nullable String errorMessage) {

    /** Returns a task that waits. */
    public static HuaweiSubTask waiting(String target, boolean isConfirmed) {
        return new HuaweiSubTask(target, SubTaskStatus.WAITTING, isConfirmed, 0, null, null, null);
    }

    /** Returns a copy in another status, without an error. */
    public HuaweiSubTask in(SubTaskStatus other) {
        @Nullable String text = other == SubTaskStatus.SUCCESS ? "success" : null;
        return new HuaweiSubTask(target, other, isConfirmed, attempts, text, null, null);
    }

    /** Returns a copy that failed. An error without a code is the output, as of errors that the device reports. */
    public HuaweiSubTask failed(SubTaskStatus other, @Nullable String code, String message) {
        return code == null
                ? new HuaweiSubTask(target, other, isConfirmed, attempts + 1, message, null, null)
                : new HuaweiSubTask(target, other, isConfirmed, attempts + 1, null, code, message);
    }

    HuaweiSubTask confirmed() {
        return new HuaweiSubTask(target, status, true, attempts, output, errorCode, errorMessage);
    }
}
