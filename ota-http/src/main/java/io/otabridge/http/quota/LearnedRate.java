package io.otabridge.http.quota;

import java.util.concurrent.TimeUnit;

/**
 * A limit, and what the vendor's own answers teach about it: each time it throttles, the rate falls to seven tenths, and
 * comes back by a hundredth of the limit a second. For use under a lock.
 */
final class LearnedRate {

    private static final double DECREASE = 0.7;
    private static final double LOWEST = 0.05;
    private static final double RECOVERY_PER_SECOND = 0.01;

    /** Calls that were on their way when the rate fell say nothing about the new one. */
    private static final long SETTLING = TimeUnit.SECONDS.toNanos(1);

    private Rate limit;
    private double share = 1;
    private long changedAt;

    LearnedRate(Rate limit) {
        this.limit = limit;
    }

    Rate limit() {
        return limit;
    }

    void limitTo(Rate other) {
        limit = limit.slower(other);
    }

    Rate current(long now) {
        return share == 1 ? limit : limit.share(shareAt(now));
    }

    void throttled(long now) {
        if (share < 1 && now - changedAt < SETTLING) {
            return;
        }
        share = Math.max(LOWEST, shareAt(now) * DECREASE);
        changedAt = now;
    }

    private double shareAt(long now) {
        if (share == 1) {
            return 1;
        }
        long recovering = Math.max(0, now - changedAt - SETTLING);
        double recovered = share + RECOVERY_PER_SECOND * (recovering / 1e9);
        if (recovered >= 1) {
            share = 1;
        }
        return Math.min(1, recovered);
    }
}
