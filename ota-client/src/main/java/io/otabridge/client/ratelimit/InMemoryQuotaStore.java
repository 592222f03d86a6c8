package io.otabridge.client.ratelimit;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns in the memory of this process, by the generic cell rate algorithm with room for a single call. Turns that are not in
 * use any more are not kept.
 */
final class InMemoryQuotaStore implements QuotaStore {

    private final Map<QuotaKey, WeakReference<Turns>> turns = new HashMap<>();
    private final Ticker time;

    InMemoryQuotaStore(Ticker time) {
        this.time = time;
    }

    @Override
    public synchronized Turns open(QuotaKey key) {
        turns.values().removeIf(reference -> reference.get() == null);
        @Nullable WeakReference<Turns> known = turns.get(key);
        @Nullable Turns inUse = known == null ? null : known.get();
        Turns opened = inUse == null ? new LocalTurns(time) : inUse;
        turns.put(key, new WeakReference<>(opened));
        return opened;
    }

    private static final class LocalTurns implements Turns {

        private final Ticker time;
        private long nextFree;

        LocalTurns(Ticker time) {
            this.time = time;
            this.nextFree = time.nanoTime();
        }

        @Override
        public synchronized Reservation reserve(Rate rate, long longestWaitNanos) {
            long now = time.nanoTime();
            long wait = Math.max(0, nextFree - now);
            if (wait > longestWaitNanos) {
                return Reservation.tooLate(wait);
            }
            nextFree = now + wait + rate.intervalNanos();
            return Reservation.in(wait);
        }
    }
}
