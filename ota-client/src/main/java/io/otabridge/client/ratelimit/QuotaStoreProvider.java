package io.otabridge.client.ratelimit;

import io.otabridge.domain.backend.Secret;
import io.vavr.control.Either;

/** How a store that processes share is plugged in: found by {@link java.util.ServiceLoader}. */
public interface QuotaStoreProvider {

    /** Whether it knows addresses of this scheme, such as {@code redis}. */
    boolean knows(String scheme);

    /**
     * Opens the store at an address, whether or not it answers at the moment.
     *
     * @param address with the password, if one is needed
     * @param localShare the part of each quota that this process keeps to while the store is lost, more than 0, at most 1
     * @return the store, or what is wrong with the address, as the end of a sentence that begins with the setting, without
     *     the address
     */
    Either<String, QuotaStore> open(Secret address, double localShare);
}
