package io.otabridge.client.ratelimit;

import io.otabridge.client.auth.Canonicalization;
import io.otabridge.domain.backend.Secret;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rate limiters of this process that use stores shared with other processes, one per address. A limiter is opened for the
 * first account at its address and closed with the last one. Thread-safe.
 */
final class SharedLimiterRegistry {

    private static final Map<String, SharedLimiterRegistry> BY_ADDRESS = new HashMap<>();

    private final RateLimiter limiter;
    private int users;

    private SharedLimiterRegistry(RateLimiter limiter) {
        this.limiter = limiter;
    }

    /** Opens the limiter of an account. {@link QuotaStore#at} must accept the address. */
    static synchronized AccountLimiter account(Secret address, double localShare, String account, RateLimits limits) {
        String key = Canonicalization.sha256Hex(address.reveal()) + " " + localShare;
        SharedLimiterRegistry shared = BY_ADDRESS.computeIfAbsent(
                key,
                unused -> new SharedLimiterRegistry(
                        RateLimiter.over(QuotaStore.at(address, localShare).get())));
        shared.users++;
        return shared.limiter.account(account, limits, () -> release(key));
    }

    private static void release(String key) {
        @Nullable RateLimiter unused = removeIfUnused(key);
        if (unused != null) {
            unused.close();
        }
    }

    private static synchronized @Nullable RateLimiter removeIfUnused(String key) {
        @Nullable SharedLimiterRegistry shared = BY_ADDRESS.get(key);
        if (shared == null || --shared.users > 0) {
            return null;
        }
        BY_ADDRESS.remove(key);
        return shared.limiter;
    }
}
