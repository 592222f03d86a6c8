package io.otabridge.client.ratelimit;

import java.time.Duration;

/**
 * The usage of one quota in this process, for metrics.
 *
 * @param limit the limit in calls per second, with the safety margin subtracted
 * @param current the current rate in calls per second; lower than the limit after throttling
 * @param usedShare the share of the limit used by this process in about the last ten seconds, from 0 to 1
 * @param waiting the number of calls that wait now
 * @param granted the number of permits granted
 * @param delayed the number of permits that were granted after a wait
 * @param totalDelay the total time waited for those permits
 * @param deadlineExceeded the number of calls that could not get a permit before their deadline
 * @param throttled the number of requests that the vendor throttled nevertheless
 * @param discarded the number of permits discarded because their thread woke up too late
 */
public record QuotaUsage(
        QuotaKey key,
        double limit,
        double current,
        double usedShare,
        int waiting,
        long granted,
        long delayed,
        Duration totalDelay,
        long deadlineExceeded,
        long throttled,
        long discarded) {}
