package io.otabridge.client.ratelimit;

import io.otabridge.domain.backend.Secret;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Locale;
import java.util.ServiceLoader;

/**
 * Where everybody who shares a quota agrees on whose turn comes when. One in memory serves one process; another serves
 * several. Safe for many threads.
 */
public interface QuotaStore extends AutoCloseable {

    /** The turns of one key. The same key has the same turns wherever it is opened, as long as they are in use. */
    Turns open(QuotaKey key);

    /**
     * Where turns are shared with other processes, and whether that works now. Throws nothing.
     *
     * @param longestWait how long to wait for an answer
     * @return absent if this process is alone
     */
    default Option<Sharing> sharing(Duration longestWait) {
        return Option.none();
    }

    /**
     * Where turns are shared.
     *
     * @param place for people, such as {@code Redis at cache:6379}, without a password
     * @param works whether it answers
     */
    record Sharing(String place, boolean works) {}

    /** Gives back what the store holds, such as a connection; nobody reserves turns afterwards. */
    @Override
    default void close() {}

    /** A store in the memory of this process. */
    static QuotaStore local() {
        return local(Ticker.SYSTEM);
    }

    /** A store in the memory of this process that goes by this time. */
    static QuotaStore local(Ticker time) {
        return new InMemoryQuotaStore(time);
    }

    /**
     * The store at an address, opened by the {@link QuotaStoreProvider} on the class path that knows its scheme.
     *
     * @param localShare the part of each quota that this process keeps to while the store is lost, more than 0, at most 1
     * @return the store, or what is wrong, as the end of a sentence that begins with the setting, without the address
     */
    static Either<String, QuotaStore> at(Secret address, double localShare) {
        int colon = address.reveal().indexOf(':');
        String scheme = colon < 0 ? "" : address.reveal().substring(0, colon).toLowerCase(Locale.ROOT);
        for (QuotaStoreProvider provider : ServiceLoader.load(QuotaStoreProvider.class)) {
            if (provider.knows(scheme)) {
                return provider.open(address, localShare);
            }
        }
        return Either.left("must be the address of a store that is on the class path, such as redis://host:6379 with"
                + " ota-quota-redis; its value is not shown");
    }

    /** The turns of one key. */
    interface Turns {

        /**
         * Reserves the next free turn: the first moment, from now on, that is no sooner after the turn before than that
         * one's rate says. The turn after it is free one interval of this rate later. Blocks no longer than the longest
         * wait, and ends when the thread is interrupted, with whatever answer. Throws nothing.
         *
         * @param longestWaitNanos the furthest from now that the turn is of use
         */
        Reservation reserve(Rate rate, long longestWaitNanos);
    }

    /**
     * The answer to a reservation.
     *
     * @param made whether the turn is the caller's; if not, it would have come too late and is still free
     * @param waitNanos how long until that turn
     */
    record Reservation(boolean made, long waitNanos) {

        private static final Reservation DEFAULT_CONCURRENCY = new Reservation(true, 0);

        /** The turn is the caller's. */
        public static Reservation in(long waitNanos) {
            return waitNanos <= 0 ? DEFAULT_CONCURRENCY : new Reservation(true, waitNanos);
        }

        /** The next turn comes too late. */
        public static Reservation tooLate(long waitNanos) {
            return new Reservation(false, waitNanos);
        }
    }
}
