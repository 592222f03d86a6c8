package io.otabridge.client.ratelimit;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The rate limits of one account, as used by one backend. They apply until the limiter is closed. Thread-safe. */
public final class AccountLimiter implements AutoCloseable {

    private final RateLimiter limiter;
    private final String account;
    private final RateLimits limits;
    private final Runnable onClose;
    private final Map<String, LimiterQueue> queues = new ConcurrentHashMap<>();
    private boolean closed;

    AccountLimiter(RateLimiter limiter, String account, RateLimits limits, Runnable onClose) {
        this.limiter = limiter;
        this.account = account;
        this.limits = limits;
        this.onClose = onClose;
    }

    /**
     * Blocks until a request of this operation may be sent, and counts it as sent. Each request needs its own permit, retries
     * included.
     *
     * @param maxWait the time left until the call's deadline
     * @return the permit, or the reason why there is none
     */
    public PermitResult await(String operation, Priority priority, Duration maxWait) {
        return queue(operation).await(priority, nanos(maxWait));
    }

    /**
     * Reports that the vendor throttled a request of this operation. Lowers the rate of its quota for all users in this process,
     * and sends nothing during the pause.
     *
     * @param pause the vendor's {@code Retry-After}, or a second if it sent none; capped at five minutes
     */
    public void throttled(String operation, Duration pause) {
        queue(operation).throttled(nanos(pause));
    }

    /** The share of this operation's quota that this process used in about the last ten seconds, from 0 to 1. */
    public double usedShare(String operation) {
        return queue(operation).usage().usedShare();
    }

    /** The store shared with other processes, see {@link QuotaStore#sharedStoreStatus}. */
    public Option<QuotaStore.SharedStoreStatus> sharing(Duration maxWait) {
        return limiter.sharing(maxWait);
    }

    /** The usage of each of the account's quotas in this process. */
    public List<QuotaUsage> usage() {
        return limiter.usage().filter(usage -> usage.key().account().equals(account));
    }

    /** Withdraws this limiter's rates. Later calls of {@link #await} still get permits, at the rates of other limiters. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            limiter.release(this);
        }
        onClose.run();
    }

    private LimiterQueue queue(String operation) {
        @Nullable LimiterQueue queue = queues.get(operation);
        return queue == null ? queues.computeIfAbsent(operation, this::open) : queue;
    }

    private synchronized LimiterQueue open(String operation) {
        Rate limit = limits.rateOf(operation).share(1 - RateLimiter.MARGIN);
        return limiter.queue(new QuotaKey(account, limits.quotaOf(operation)), limit, closed ? null : this);
    }

    private static long nanos(Duration duration) {
        try {
            return Math.max(0, duration.toNanos());
        } catch (ArithmeticException tooLong) {
            return duration.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }
}
