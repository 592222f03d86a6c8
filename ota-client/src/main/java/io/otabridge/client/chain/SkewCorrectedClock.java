package io.otabridge.client.chain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock with an offset that is learned from the vendor, which rejects a request because of its date and returns its
 * own. Safe for many threads.
 */
public final class SkewCorrectedClock extends Clock {

    /** Response dates have whole seconds and network latency; vendors tolerate more than this. */
    private static final Duration NEGLIGIBLE = Duration.ofSeconds(60);

    private final Clock clock;
    private volatile Duration offset = Duration.ZERO;

    public SkewCorrectedClock(Clock clock) {
        this.clock = clock;
    }

    /** Sets this clock to the given time, unless the difference is negligible. */
    public void learn(Instant vendorTime) {
        if (Duration.between(instant(), vendorTime).abs().compareTo(NEGLIGIBLE) > 0) {
            offset = Duration.between(clock.instant(), vendorTime);
        }
    }

    /** The offset from the underlying clock; positive if this clock is ahead. */
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
