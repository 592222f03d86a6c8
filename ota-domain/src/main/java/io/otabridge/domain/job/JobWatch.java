package io.otabridge.domain.job;

import io.vavr.control.Option;
import java.time.Duration;

/**
 * How to watch a job. The interval between two polls starts with the shortest, grows by half while nothing changes, and
 * is the shortest again after a change. Immutable.
 *
 * @param shortest the shortest interval
 * @param longest the longest interval
 * @param timeout when to give up; absent to watch until the job ends
 */
public record JobWatch(Duration shortest, Duration longest, Option<Duration> timeout) {

    /** @throws IllegalArgumentException if the shortest interval is not positive or longer than the longest */
    public JobWatch {
        if (shortest.isNegative() || shortest.isZero() || shortest.compareTo(longest) > 0) {
            throw new IllegalArgumentException("the shortest interval must be positive and at most the longest");
        }
    }

    /** Returns intervals of 2 seconds to 1 minute, without a timeout. */
    public static JobWatch standard() {
        return new JobWatch(Duration.ofSeconds(2), Duration.ofMinutes(1), Option.none());
    }

    /** Returns a copy with these intervals. */
    public JobWatch every(Duration newShortest, Duration newLongest) {
        return new JobWatch(newShortest, newLongest, timeout);
    }

    /** Returns a copy that gives up after this time. */
    public JobWatch timeout(Duration value) {
        return new JobWatch(shortest, longest, Option.some(value));
    }

    Duration after(Duration interval) {
        Duration more = interval.dividedBy(2);
        return longest.minus(interval).compareTo(more) < 0 ? longest : interval.plus(more);
    }
}
