package io.otabridge.http;

import io.otabridge.domain.backend.Secret;
import io.otabridge.http.quota.QuotaGovernor;
import io.otabridge.http.quota.QuotaStore;
import io.vavr.control.Either;
import java.util.HashMap;
import java.util.Map;

/**
 * The governors of this process over stores that other processes use too: one for each address, kept for the life of the
 * process, as backends come and go and none of them owns it. Safe for many threads.
 */
final class SharedGovernors {

    private static final Map<String, QuotaGovernor> BY_ADDRESS = new HashMap<>();

    private SharedGovernors() {}

    /** The governor over the store at this address, or what is wrong with it, without the address. */
    static synchronized Either<String, QuotaGovernor> at(Secret address, double localShare) {
        String key = Signing.sha256Hex(address.reveal()) + " " + localShare;
        if (BY_ADDRESS.containsKey(key)) {
            return Either.right(BY_ADDRESS.get(key));
        }
        return QuotaStore.at(address, localShare)
                .map(QuotaGovernor::over)
                .peek(governor -> BY_ADDRESS.put(key, governor));
    }
}
