package io.otabridge.client.ratelimit;

import java.time.Duration;

/**
 * What became of one quota in this process so far, for metrics.
 *
 * @param limit calls a second at most, with the margin taken off
 * @param current calls a second at most at the moment: less than the limit where the vendor throttled
 * @param usedShare of the limit, about the last ten seconds, this process alone; 0 to 1
 * @param waiting calls that wait now
 * @param taken turns taken
 * @param waited turns that had to be waited for
 * @param waitedFor the time waited for them, all together
 * @param tooLate calls told that they cannot be sent in time
 * @param throttled answers by which the vendor refused a call all the same
 * @param missed turns lost because their thread woke much too late
 */
public record QuotaUsage(
        QuotaKey key,
        double limit,
        double current,
        double usedShare,
        int waiting,
        long taken,
        long waited,
        Duration waitedFor,
        long tooLate,
        long throttled,
        long missed) {}
