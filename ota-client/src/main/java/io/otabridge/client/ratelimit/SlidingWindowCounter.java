package io.otabridge.client.ratelimit;

import java.util.concurrent.TimeUnit;

/** Counts calls per second over about the last ten seconds. Not thread-safe: guarded by the queue's lock. */
final class SlidingWindowCounter {

    private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);

    private long windowStart;
    private long inPrevious;
    private long inCurrent;

    SlidingWindowCounter(long now) {
        this.windowStart = now;
    }

    void count(long now) {
        advanceTo(now);
        inCurrent++;
    }

    double perSecond(long now) {
        advanceTo(now);
        double previousShare = 1 - (double) (now - windowStart) / WINDOW;
        return (inPrevious * previousShare + inCurrent) / TimeUnit.NANOSECONDS.toSeconds(WINDOW);
    }

    private void advanceTo(long now) {
        long windows = (now - windowStart) / WINDOW;
        if (windows > 0) {
            inPrevious = windows == 1 ? inCurrent : 0;
            inCurrent = 0;
            windowStart += windows * WINDOW;
        }
    }
}
