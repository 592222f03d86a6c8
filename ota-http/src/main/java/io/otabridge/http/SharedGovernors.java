package io.otabridge.http;

import io.otabridge.domain.backend.Secret;
import io.otabridge.http.quota.AccountQuota;
import io.otabridge.http.quota.QuotaGovernor;
import io.otabridge.http.quota.QuotaStore;
import io.otabridge.http.quota.QuotaTable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The governors of this process over stores that other processes use too, one for each address. A governor is opened for the
 * first account that uses its address, and closed with the last. Safe for many threads.
 */
final class SharedGovernors {

    private static final Map<String, SharedGovernors> BY_ADDRESS = new HashMap<>();

    private final QuotaGovernor governor;
    private int users;

    private SharedGovernors(QuotaGovernor governor) {
        this.governor = governor;
    }

    /** The quotas of an account at this address, which {@link QuotaStore#at} must know. */
    static synchronized AccountQuota account(Secret address, double localShare, String account, QuotaTable table) {
        String key = Signing.sha256Hex(address.reveal()) + " " + localShare;
        SharedGovernors shared = BY_ADDRESS.computeIfAbsent(
                key,
                unused -> new SharedGovernors(
                        QuotaGovernor.over(QuotaStore.at(address, localShare).get())));
        shared.users++;
        return shared.governor.account(account, table, () -> release(key));
    }

    private static void release(String key) {
        @Nullable QuotaGovernor unused = removeIfUnused(key);
        if (unused != null) {
            unused.close();
        }
    }

    private static synchronized @Nullable QuotaGovernor removeIfUnused(String key) {
        @Nullable SharedGovernors shared = BY_ADDRESS.get(key);
        if (shared == null || --shared.users > 0) {
            return null;
        }
        BY_ADDRESS.remove(key);
        return shared.governor;
    }
}
