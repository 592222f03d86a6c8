package io.otabridge.client.ratelimit;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A rate that adapts to throttling. The limit is the slowest rate of its holders. Each throttled request multiplies the current
 * rate by 0.7; it recovers by one hundredth of the limit per second. Not thread-safe: guarded by the queue's lock.
 */
final class AdaptiveRate {

    private static final double DECREASE = 0.7;
    private static final double MIN_SHARE = 0.05;
    private static final double RECOVERY_PER_SECOND = 0.01;

    /** Requests in flight when the rate was lowered do not count against the new rate. */
    private static final long SETTLE_TIME = TimeUnit.SECONDS.toNanos(1);

    /** Weak keys: a holder that was never closed does not limit the rate after its collection. */
    private final Map<AccountLimiter, Rate> holders = new WeakHashMap<>();

    private int holderCount;
    private Rate limit;
    private double share = 1;
    private long changedAt;

    /** @param limit the limit until the first holder sets one */
    AdaptiveRate(Rate limit) {
        this.limit = limit;
    }

    Rate limit() {
        if (holders.size() != holderCount) {
            updateLimit();
        }
        return limit;
    }

    void hold(AccountLimiter holder, Rate rate) {
        holders.put(holder, rate);
        updateLimit();
    }

    /** Removes a holder. The limit of the last holder stays until another one sets it. */
    void release(AccountLimiter holder) {
        holders.remove(holder);
        updateLimit();
    }

    /** Whether the rate has no holder and has recovered from throttling. */
    boolean isUnused(long now) {
        return holders.isEmpty() && shareAt(now) == 1;
    }

    Rate current(long now) {
        return share == 1 ? limit() : limit().share(shareAt(now));
    }

    void throttled(long now) {
        if (share < 1 && now - changedAt < SETTLE_TIME) {
            return;
        }
        share = Math.max(MIN_SHARE, shareAt(now) * DECREASE);
        changedAt = now;
    }

    private void updateLimit() {
        limit = holders.values().stream().reduce(Rate::slower).orElse(limit);
        holderCount = holders.size();
    }

    private double shareAt(long now) {
        if (share == 1) {
            return 1;
        }
        long recovering = Math.max(0, now - changedAt - SETTLE_TIME);
        double recovered = share + RECOVERY_PER_SECOND * (recovering / 1e9);
        if (recovered >= 1) {
            share = 1;
        }
        return Math.min(1, recovered);
    }
}
