package io.otabridge.client.ratelimit;

import java.time.Duration;

/**
 * A rate of calls, stored as the interval between two permits.
 *
 * @param intervalNanos the interval in nanoseconds, from a microsecond to a day
 */
public record Rate(long intervalNanos) {

    private static final long MIN_INTERVAL = 1_000;
    private static final long MAX_INTERVAL = Duration.ofDays(1).toNanos();

    public Rate {
        if (intervalNanos < MIN_INTERVAL || intervalNanos > MAX_INTERVAL) {
            throw new IllegalArgumentException(
                    "a rate must be from 1 in a day to 1000000 a second, but is 1 in " + intervalNanos + " ns");
        }
    }

    /** A rate in calls per second. Fractions are allowed, such as 0.5. */
    public static Rate perSecond(double calls) {
        if (!(calls > 0)) {
            throw new IllegalArgumentException("a rate must be more than 0 calls a second, but is " + calls);
        }
        return new Rate((long) Math.ceil(1e9 / calls));
    }

    /** This rate in calls per second. */
    public double callsPerSecond() {
        return 1e9 / intervalNanos;
    }

    /** The slower of the two rates. */
    public Rate slower(Rate other) {
        return other.intervalNanos > intervalNanos ? other : this;
    }

    /** The rate whose interval is longer by this time. */
    Rate slowerBy(long nanos) {
        return new Rate(Math.min(intervalNanos + nanos, MAX_INTERVAL));
    }

    /**
     * A share of this rate; not slower than one call per day.
     *
     * @param share greater than 0, at most 1
     */
    public Rate share(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share must be more than 0 and at most 1, but is " + share);
        }
        return share == 1 ? this : new Rate((long) Math.min(Math.ceil(intervalNanos / share), (double) MAX_INTERVAL));
    }
}
