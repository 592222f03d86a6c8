package io.otabridge.client.ratelimit;

import io.otabridge.client.auth.Canonicalization;
import io.otabridge.domain.backend.Secret;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The governors of this process over stores that other processes use too, one for each address. A governor is opened for the
 * first account that uses its address, and closed with the last. Safe for many threads.
 */
final class SharedLimiterRegistry {

    private static final Map<String, SharedLimiterRegistry> BY_ADDRESS = new HashMap<>();

    private final RateLimiter governor;
    private int users;

    private SharedLimiterRegistry(RateLimiter governor) {
        this.governor = governor;
    }

    /** The quotas of an account at this address, which {@link QuotaStore#at} must know. */
    static synchronized AccountLimiter account(Secret address, double localShare, String account, RateLimits table) {
        String key = Canonicalization.sha256Hex(address.reveal()) + " " + localShare;
        SharedLimiterRegistry shared = BY_ADDRESS.computeIfAbsent(
                key,
                unused -> new SharedLimiterRegistry(
                        RateLimiter.over(QuotaStore.at(address, localShare).get())));
        shared.users++;
        return shared.governor.account(account, table, () -> release(key));
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
        return shared.governor;
    }
}
