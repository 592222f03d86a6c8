package io.otabridge.client.chain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock that can be told how far it is off: by a vendor that refuses a request because of its time, and says its own.
 * Safe for many threads.
 */
public final class SkewCorrectedClock extends Clock {

    /** Dates of answers are in whole seconds and have travelled; vendors accept more than this. */
    private static final Duration NEGLIGIBLE = Duration.ofSeconds(60);

    private final Clock clock;
    private volatile Duration offset = Duration.ZERO;

    public SkewCorrectedClock(Clock clock) {
        this.clock = clock;
    }

    /** From now on it goes like a clock that shows this moment now, unless it does so already. */
    public void learn(Instant theirs) {
        if (Duration.between(instant(), theirs).abs().compareTo(NEGLIGIBLE) > 0) {
            offset = Duration.between(clock.instant(), theirs);
        }
    }

    /** How far it is from the clock that it was made of. */
    public Duration offset() {
        return offset;
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        SkewCorrectedClock other = new SkewCorrectedClock(clock.withZone(zone));
        other.offset = offset;
        return other;
    }
}
