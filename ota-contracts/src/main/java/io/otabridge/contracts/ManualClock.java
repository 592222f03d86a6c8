package io.otabridge.contracts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock in UTC that a test advances. Safe for use by multiple threads. */
public final class ManualClock extends Clock {

    private volatile Instant now;

    /** Creates a clock that shows this time. */
    public ManualClock(Instant start) {
        now = start;
    }

    /** Moves the clock forward. */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only UTC is supported");
    }
}
