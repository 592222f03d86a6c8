package io.otabridge.domain.job;

import java.time.Duration;

/**
 * How often the vendor retries a failed task of a job. Vendors allow few values: Huawei Cloud IoTDA 1 to 5 retries
 * after 0 to 1,440 minutes, Alibaba Cloud IoT Platform 1, 2 or 5 retries after 0, 10, 30, 60 or 1,440 minutes. Others
 * are {@link io.otabridge.domain.OtaFailure.Rejected} before anything is sent.
 *
 * @param count the number of retries
 * @param interval the time between two attempts, whole minutes
 */
public record RetryPolicy(int count, Duration interval) {

    /** @throws IllegalArgumentException if the count is not positive, or the interval is negative */
    public RetryPolicy {
        if (count < 1 || interval.isNegative()) {
            throw new IllegalArgumentException("a retry policy needs a positive count and an interval of at least 0");
        }
    }
}
