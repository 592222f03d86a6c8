package io.otabridge.client.ratelimit;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Limits the rate of requests so that no account exceeds the vendor's limits, regardless of the number of threads. Permits of one
 * quota are spaced evenly, so that no second contains more requests than its rate. Waiting calls are served in order of arrival,
 * interactive calls before bulk calls. A call that cannot get a permit before its deadline returns immediately. Uses no
 * background thread; waiting threads park. Thread-safe.
 *
 * <p>There is one limiter per process, unless an application passes its own with {@code
 * BackendContext.withResource(RateLimiter.class, RateLimiter.over(store))}.
 */
public final class RateLimiter implements AutoCloseable {

    /**
     * The share of a vendor's limit that stays unused. It allows the network delay of requests to vary by the same share of a
     * second without exceeding the limit at the vendor.
     */
    static final double MARGIN = 0.035;

    private final Map<QuotaKey, LimiterQueue> queues = new ConcurrentHashMap<>();
    private final QuotaStore store;
    private final Ticker ticker;

    private RateLimiter(QuotaStore store, Ticker ticker) {
        this.store = store;
        this.ticker = ticker;
    }

    /** The limiter of this process. It shares quotas with no other process. */
    public static RateLimiter shared() {
        return Shared.INSTANCE;
    }

    /** A limiter that shares quotas with all users of the same store. Closing the limiter closes the store. */
    public static RateLimiter over(QuotaStore store) {
        return over(store, Ticker.SYSTEM);
    }

    /** A limiter that uses this ticker. */
    public static RateLimiter over(QuotaStore store, Ticker ticker) {
        return new RateLimiter(store, ticker);
    }

    /**
     * The limiter of an account. Backends with the same account share its quotas. If their rates differ, the slower one applies
     * until its {@link AccountLimiter} is closed or garbage-collected.
     *
     * @param account see {@link QuotaKey}
     */
    public AccountLimiter account(String account, RateLimits limits) {
        return account(account, limits, () -> {});
    }

    /** The limiter of an account, with an action that runs when it is closed. */
    public AccountLimiter account(String account, RateLimits limits, Runnable onClose) {
        return new AccountLimiter(this, account, limits, onClose);
    }

    /** The usage of every quota in use. A quota without an open backend is dropped once it affects no later call. */
    public List<QuotaUsage> usage() {
        return List.ofAll(queues.values())
                .map(LimiterQueue::usage)
                .sorted(Comparator.comparing((QuotaUsage usage) -> usage.key().account())
                        .thenComparing(usage -> usage.key().quota()));
    }

    /** The store shared with other processes, see {@link QuotaStore#sharedStoreStatus}. */
    public Option<QuotaStore.SharedStoreStatus> sharing(Duration maxWait) {
        return store.sharedStoreStatus(maxWait);
    }

    /** Closes the store. Has no effect on {@link #shared}. */
    @Override
    public void close() {
        store.close();
    }

    /**
     * The queue of a key, created with this limit if necessary.
     *
     * @param holder limits the queue's rate while it is open; null for a closed one
     */
    LimiterQueue queue(QuotaKey key, Rate limit, @Nullable AccountLimiter holder) {
        return queues.compute(key, (same, known) -> {
            LimiterQueue queue = known == null ? new LimiterQueue(key, limit, store.open(key), ticker) : known;
            if (holder != null) {
                queue.hold(holder, limit);
            }
            return queue;
        });
    }

    /** Removes a holder and drops unused queues, so that rotated keys leave none behind. */
    void release(AccountLimiter holder) {
        queues.keySet()
                .forEach(key -> queues.computeIfPresent(key, (same, queue) -> queue.release(holder) ? null : queue));
    }

    private static final class Shared {
        static final RateLimiter INSTANCE = over(QuotaStore.inMemory());
    }
}
