package io.otabridge.client.ratelimit;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives every call to a vendor its turn, so that no account exceeds what the vendor allows it, however many threads ask.
 * Turns of one quota are spread evenly, so that no second holds more than its rate; waiting calls are served in the order
 * in which they came, interactive ones before bulk. A call that cannot have its turn before its deadline is told at once.
 * The governor has no thread; waiting threads park. Safe for many threads.
 *
 * <p>There is one per process, unless an application hands in its own with {@code
 * BackendContext.withResource(RateLimiter.class, RateLimiter.over(store))}.
 */
public final class RateLimiter implements AutoCloseable {

    /**
     * The part of a vendor's limit that is left unused. It is what calls may differ in their time on the way without a
     * second at the vendor's end holding too many: the same part of a second.
     */
    static final double MARGIN = 0.035;

    private final Map<QuotaKey, LimiterQueue> lanes = new ConcurrentHashMap<>();
    private final QuotaStore store;
    private final Ticker time;

    private RateLimiter(QuotaStore store, Ticker time) {
        this.store = store;
        this.time = time;
    }

    /** The governor of this process, for what it sends alone. */
    public static RateLimiter shared() {
        return Shared.INSTANCE;
    }

    /** A governor that shares quotas with whoever uses the same store. Closing it closes the store. */
    public static RateLimiter over(QuotaStore store) {
        return over(store, Ticker.SYSTEM);
    }

    /** A governor that goes by this time. */
    public static RateLimiter over(QuotaStore store, Ticker time) {
        return new RateLimiter(store, time);
    }

    /**
     * The quotas of an account. Backends that name the same account share them; where they name different rates, the slower
     * holds until its {@link AccountLimiter} is closed, or dropped and collected.
     *
     * @param account see {@link QuotaKey}
     */
    public AccountLimiter account(String account, RateLimits table) {
        return account(account, table, () -> {});
    }

    /** The same with an action for when it is closed. */
    public AccountLimiter account(String account, RateLimits table, Runnable whenClosed) {
        return new AccountLimiter(this, account, table, whenClosed);
    }

    /** What became of every quota in use. A quota that no open backend uses is dropped once it affects no later call. */
    public List<QuotaUsage> usage() {
        return List.ofAll(lanes.values())
                .map(LimiterQueue::usage)
                .sorted(Comparator.comparing((QuotaUsage usage) -> usage.key().account())
                        .thenComparing(usage -> usage.key().quota()));
    }

    /** Where turns are shared with other processes, see {@link QuotaStore#sharing}. */
    public Option<QuotaStore.Sharing> sharing(Duration longestWait) {
        return store.sharing(longestWait);
    }

    /** Closes the store; the process's own governor has nothing to close. */
    @Override
    public void close() {
        store.close();
    }

    /**
     * The lane of that key; one that is new has this limit.
     *
     * @param holder holds the lane to the limit; null for a caller that does not
     */
    LimiterQueue lane(QuotaKey key, Rate limit, @Nullable AccountLimiter holder) {
        return lanes.compute(key, (same, known) -> {
            LimiterQueue lane = known == null ? new LimiterQueue(key, limit, store.open(key), time) : known;
            if (holder != null) {
                lane.hold(holder, limit);
            }
            return lane;
        });
    }

    /** Also drops the lanes that are of no use any more, so that rotated keys leave none behind. */
    void release(AccountLimiter holder) {
        lanes.keySet().forEach(key -> lanes.computeIfPresent(key, (same, lane) -> lane.release(holder) ? null : lane));
    }

    private static final class Shared {
        static final RateLimiter INSTANCE = over(QuotaStore.local());
    }
}
