package io.otabridge.client.ratelimit;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reserves permits in the memory of this process with the generic cell rate algorithm (GCRA), without bursts. Drops keys that are
 * no longer in use. Thread-safe.
 */
final class InMemoryQuotaStore implements QuotaStore {

    private final Map<QuotaKey, WeakReference<Reservations>> byKey = new HashMap<>();
    private final Ticker ticker;

    InMemoryQuotaStore(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public synchronized Reservations open(QuotaKey key) {
        byKey.values().removeIf(reference -> reference.get() == null);
        @Nullable WeakReference<Reservations> known = byKey.get(key);
        @Nullable Reservations inUse = known == null ? null : known.get();
        Reservations opened = inUse == null ? new InMemoryReservations(ticker) : inUse;
        byKey.put(key, new WeakReference<>(opened));
        return opened;
    }

    private static final class InMemoryReservations implements Reservations {

        private final Ticker ticker;
        private long nextPermitAt;

        InMemoryReservations(Ticker ticker) {
            this.ticker = ticker;
            this.nextPermitAt = ticker.nanoTime();
        }

        @Override
        public synchronized Reservation reserve(Rate rate, long maxWaitNanos) {
            long now = ticker.nanoTime();
            long wait = Math.max(0, nextPermitAt - now);
            if (wait > maxWaitNanos) {
                return Reservation.rejected(wait);
            }
            nextPermitAt = now + wait + rate.intervalNanos();
            return Reservation.after(wait);
        }
    }
}
