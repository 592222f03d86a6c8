package io.otabridge.benchmarks;

import io.otabridge.http.quota.QuotaKey;
import io.otabridge.http.quota.QuotaStore;
import io.otabridge.http.quota.Rate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Turns in a Redis of virtual time, with the round trips that {@code ota-quota-redis} makes: one reads the state, one
 * changes it if it is still the same, and where it is not all begins again. A refusal takes two that read.
 */
final class VirtualRedis implements QuotaStore {

    private final VirtualTime time;
    private final LongSupplier way;
    private final Map<QuotaKey, Turns> turns = new HashMap<>();

    long reads;
    long changes;
    long conflicts;

    /** @param way how long each message is on its way, in nanoseconds */
    VirtualRedis(VirtualTime time, LongSupplier way) {
        this.time = time;
        this.way = way;
    }

    @Override
    public Turns open(QuotaKey key) {
        return turns.computeIfAbsent(key, unused -> new Bucket());
    }

    private final class Bucket implements Turns {

        private long nextFree = Long.MIN_VALUE / 2;

        @Override
        public Reservation reserve(Rate rate, long longestWaitNanos) {
            while (true) {
                long seen = read();
                long asked = time.nanoTime();
                long turn = Math.max(seen, asked);
                if (turn - asked > longestWaitNanos) {
                    return Reservation.tooLate(Math.max(longestWaitNanos + 1, read() - time.nanoTime()));
                }
                if (change(seen, turn + rate.intervalNanos())) {
                    return Reservation.in(turn - time.nanoTime());
                }
                conflicts++;
            }
        }

        private long read() {
            reads++;
            time.sleep(way.getAsLong());
            long seen = nextFree;
            time.sleep(way.getAsLong());
            return seen;
        }

        private boolean change(long seen, long next) {
            changes++;
            time.sleep(way.getAsLong());
            boolean isSame = nextFree == seen;
            if (isSame) {
                nextFree = next;
            }
            time.sleep(way.getAsLong());
            return isSame;
        }
    }
}
