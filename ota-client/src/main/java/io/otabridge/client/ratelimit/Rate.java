package io.otabridge.client.ratelimit;

import java.time.Duration;

/**
 * How often something may happen, kept as the time from one turn to the next.
 *
 * @param intervalNanos from one turn to the next, from a microsecond to a day
 */
public record Rate(long intervalNanos) {

    private static final long SHORTEST = 1_000;
    private static final long LONGEST = Duration.ofDays(1).toNanos();

    public Rate {
        if (intervalNanos < SHORTEST || intervalNanos > LONGEST) {
            throw new IllegalArgumentException(
                    "a rate must be from 1 in a day to 1000000 a second, but is 1 in " + intervalNanos + " ns");
        }
    }

    /** So many calls a second; a part of one is allowed. */
    public static Rate perSecond(double calls) {
        if (!(calls > 0)) {
            throw new IllegalArgumentException("a rate must be more than 0 calls a second, but is " + calls);
        }
        return new Rate((long) Math.ceil(1e9 / calls));
    }

    /** Calls a second. */
    public double callsPerSecond() {
        return 1e9 / intervalNanos;
    }

    /** The slower of the two. */
    public Rate slower(Rate other) {
        return other.intervalNanos > intervalNanos ? other : this;
    }

    /** The rate of an interval that is longer by this. */
    Rate slowerBy(long nanos) {
        return new Rate(Math.min(intervalNanos + nanos, LONGEST));
    }

    /** This share of the rate, more than 0 and at most 1; never slower than a call a day. */
    public Rate share(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share must be more than 0 and at most 1, but is " + share);
        }
        return share == 1 ? this : new Rate((long) Math.min(Math.ceil(intervalNanos / share), (double) LONGEST));
    }
}
