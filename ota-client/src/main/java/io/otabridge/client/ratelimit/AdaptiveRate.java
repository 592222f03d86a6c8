package io.otabridge.client.ratelimit;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A limit, the slowest of those who hold it to one, and what the vendor's own answers teach about it: each time it throttles, the rate falls to seven tenths, and
 * comes back by a hundredth of the limit a second. For use under a lock.
 */
final class AdaptiveRate {

    private static final double DECREASE = 0.7;
    private static final double LOWEST = 0.05;
    private static final double RECOVERY_PER_SECOND = 0.01;

    /** Calls that were on their way when the rate fell say nothing about the new one. */
    private static final long SETTLING = TimeUnit.SECONDS.toNanos(1);

    /** Who was dropped without a word holds nothing. */
    private final Map<AccountLimiter, Rate> holders = new WeakHashMap<>();

    private int counted;
    private Rate limit;
    private double share = 1;
    private long changedAt;

    /** @param limit until somebody holds it to another */
    AdaptiveRate(Rate limit) {
        this.limit = limit;
    }

    Rate limit() {
        if (holders.size() != counted) {
            settle();
        }
        return limit;
    }

    void hold(AccountLimiter holder, Rate rate) {
        holders.put(holder, rate);
        settle();
    }

    /** The last one's limit stays until there is another. */
    void release(AccountLimiter holder) {
        holders.remove(holder);
        settle();
    }

    /** Whether no backend holds it, and what vendors taught it is over. */
    boolean isUnused(long now) {
        return holders.isEmpty() && shareAt(now) == 1;
    }

    Rate current(long now) {
        return share == 1 ? limit() : limit().share(shareAt(now));
    }

    void throttled(long now) {
        if (share < 1 && now - changedAt < SETTLING) {
            return;
        }
        share = Math.max(LOWEST, shareAt(now) * DECREASE);
        changedAt = now;
    }

    private void settle() {
        limit = holders.values().stream().reduce(Rate::slower).orElse(limit);
        counted = holders.size();
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
