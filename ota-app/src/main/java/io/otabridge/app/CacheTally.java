package io.otabridge.app;

import java.util.concurrent.atomic.LongAdder;

/** How questions to one cache were answered: each of them is counted here, once. Safe for many threads. */
final class CacheTally {

    /** Where an answer came from. */
    enum Outcome {
        /** From the cache, without asking the vendor. */
        HIT,
        /** From the vendor, be it a failure. */
        MISS,
        /** From the cache, past its time, as the vendor could not answer. */
        STALE
    }

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder stale = new LongAdder();

    void count(Outcome outcome) {
        counter(outcome).increment();
    }

    long of(Outcome outcome) {
        return counter(outcome).sum();
    }

    private LongAdder counter(Outcome outcome) {
        return switch (outcome) {
            case HIT -> hits;
            case MISS -> misses;
            case STALE -> stale;
        };
    }
}
