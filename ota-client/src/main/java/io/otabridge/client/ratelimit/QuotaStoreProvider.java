package io.otabridge.client.ratelimit;

import io.otabridge.domain.backend.Secret;
import io.vavr.control.Either;

/** Opens quota stores that several processes share. Implementations are found by {@link java.util.ServiceLoader}. */
public interface QuotaStoreProvider {

    /** Whether this provider opens addresses of this scheme, such as {@code redis}. */
    boolean supports(String scheme);

    /**
     * Opens the store at an address. Does not require that the store is available.
     *
     * @param address the address, with the password if one is needed
     * @param localShare the share of each quota that this process may use while the store is unavailable; greater than 0, at
     *     most 1
     * @return the store, or the problem with the address, worded as the end of a sentence that begins with the setting's name; it
     *     does not contain the address
     */
    Either<String, QuotaStore> open(Secret address, double localShare);
}
