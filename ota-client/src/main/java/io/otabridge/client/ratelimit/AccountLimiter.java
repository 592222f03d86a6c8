package io.otabridge.client.ratelimit;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The quotas of one account, as one backend uses them. Its rates hold for all who use the account, until it is closed. Safe for
 * many threads.
 */
public final class AccountLimiter implements AutoCloseable {

    private final RateLimiter governor;
    private final String account;
    private final RateLimits table;
    private final Runnable whenClosed;
    private final Map<String, LimiterQueue> byOperation = new ConcurrentHashMap<>();
    private boolean closed;

    AccountLimiter(RateLimiter governor, String account, RateLimits table, Runnable whenClosed) {
        this.governor = governor;
        this.account = account;
        this.table = table;
        this.whenClosed = whenClosed;
    }

    /**
     * Waits on this thread until a call of this operation may be sent, and counts it as sent. Each request on the network
     * takes a turn of its own, one that is sent again too.
     *
     * @param longestWait what is left until the call's deadline
     */
    public Permit await(String operation, Priority priority, Duration longestWait) {
        return lane(operation).await(priority, nanos(longestWait));
    }

    /**
     * Tells that the vendor refused a call of this operation for coming too often. It is sent less often for a while, by
     * everybody in this process, and not at all for the time given.
     *
     * @param pause what the vendor asked for; a second where it asked for nothing. No more than five minutes are obeyed
     */
    public void throttled(String operation, Duration pause) {
        lane(operation).throttled(nanos(pause));
    }

    /** How much of the rate of this operation's quota this process has used in about the last ten seconds: 0 to 1. */
    public double usedShare(String operation) {
        return lane(operation).usage().usedShare();
    }

    /** Where turns are shared with other processes, see {@link QuotaStore#sharing}. */
    public Option<QuotaStore.Sharing> sharing(Duration longestWait) {
        return governor.sharing(longestWait);
    }

    /** What became of the account's quotas in this process so far. */
    public List<QuotaUsage> usage() {
        return governor.usage().filter(usage -> usage.key().account().equals(account));
    }

    /** Its rates hold nobody any more. Calls that are made all the same have their turns as others say. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            governor.release(this);
        }
        whenClosed.run();
    }

    private LimiterQueue lane(String operation) {
        @Nullable LimiterQueue lane = byOperation.get(operation);
        return lane == null ? byOperation.computeIfAbsent(operation, this::open) : lane;
    }

    private synchronized LimiterQueue open(String operation) {
        Rate limit = table.rateOf(operation).share(1 - RateLimiter.MARGIN);
        return governor.lane(new QuotaKey(account, table.quotaOf(operation)), limit, closed ? null : this);
    }

    private static long nanos(Duration duration) {
        try {
            return Math.max(0, duration.toNanos());
        } catch (ArithmeticException endless) {
            return duration.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }
}
