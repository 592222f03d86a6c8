package io.otabridge.client.ratelimit;

import io.otabridge.domain.backend.Secret;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Locale;
import java.util.ServiceLoader;

/**
 * Reserves permits for all users of a quota. The in-memory store serves one process; other stores are shared by several
 * processes. Thread-safe.
 */
public interface QuotaStore extends AutoCloseable {

    /** The reservations of one key. All callers that open the same key share them while they are in use. */
    Reservations open(QuotaKey key);

    /**
     * Describes the store shared with other processes and checks whether it is available. Never throws.
     *
     * @param maxWait how long to wait for the store's response
     * @return absent if the store serves this process only
     */
    default Option<SharedStoreStatus> sharedStoreStatus(Duration maxWait) {
        return Option.none();
    }

    /**
     * A store shared with other processes.
     *
     * @param address a description such as {@code Redis at cache:6379}, without a password
     * @param isReachable whether the store responds
     */
    record SharedStoreStatus(String address, boolean isReachable) {}

    /** Releases resources such as a connection. Do not reserve permits afterwards. */
    @Override
    default void close() {}

    /** A store in the memory of this process. */
    static QuotaStore inMemory() {
        return inMemory(Ticker.SYSTEM);
    }

    /** A store in the memory of this process that uses this ticker. */
    static QuotaStore inMemory(Ticker ticker) {
        return new InMemoryQuotaStore(ticker);
    }

    /**
     * Opens the store at an address with the {@link QuotaStoreProvider} on the class path that supports its scheme.
     *
     * @param localShare the share of each quota that this process may use while the store is unavailable; greater than 0, at
     *     most 1
     * @return the store, or the problem, worded as the end of a sentence that begins with the setting's name; it does not
     *     contain the address
     */
    static Either<String, QuotaStore> at(Secret address, double localShare) {
        int colon = address.reveal().indexOf(':');
        String scheme = colon < 0 ? "" : address.reveal().substring(0, colon).toLowerCase(Locale.ROOT);
        for (QuotaStoreProvider provider : ServiceLoader.load(QuotaStoreProvider.class)) {
            if (provider.supports(scheme)) {
                return provider.open(address, localShare);
            }
        }
        return Either.left("must be the address of a store that is on the class path, such as redis://host:6379 with"
                + " ota-quota-redis; its value is not shown");
    }

    /** Reserves the permits of one key. Thread-safe. */
    interface Reservations {

        /**
         * Reserves the next permit. Its time is now or later, and at least one interval of the previous reservation's rate after
         * the previous permit. The following permit is available one interval of this rate later. Never throws. Blocks no
         * longer than the maximum wait; returns any result when the thread is interrupted.
         *
         * @param maxWaitNanos how far in the future the permit may be
         */
        Reservation reserve(Rate rate, long maxWaitNanos);
    }

    /**
     * The result of a reservation.
     *
     * @param isGranted whether the permit is reserved for the caller; otherwise it would come too late and stays available
     * @param waitNanos the time until that permit
     */
    record Reservation(boolean isGranted, long waitNanos) {

        private static final Reservation WITHOUT_WAIT = new Reservation(true, 0);

        /** A reserved permit that becomes valid after this time. */
        public static Reservation after(long waitNanos) {
            return waitNanos <= 0 ? WITHOUT_WAIT : new Reservation(true, waitNanos);
        }

        /** No reservation, because the next permit would come too late. */
        public static Reservation rejected(long waitNanos) {
            return new Reservation(false, waitNanos);
        }
    }
}
