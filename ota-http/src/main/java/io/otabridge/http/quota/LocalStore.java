package io.otabridge.http.quota;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Turns in the memory of this process, by the generic cell rate algorithm with room for a single call. */
final class LocalStore implements QuotaStore {

    private final Map<QuotaKey, Turns> turns = new ConcurrentHashMap<>();
    private final TimeSource time;

    LocalStore(TimeSource time) {
        this.time = time;
    }

    @Override
    public Turns open(QuotaKey key) {
        return turns.computeIfAbsent(key, unused -> new LocalTurns(time));
    }

    private static final class LocalTurns implements Turns {

        private final TimeSource time;
        private long nextFree;

        LocalTurns(TimeSource time) {
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
