package io.otabridge.client.ratelimit;

import java.util.concurrent.TimeUnit;

/** Calls a second over about the last ten seconds. For use under a lock. */
final class SlidingWindowCounter {

    private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);

    private long windowStart;
    private long before;
    private long inWindow;

    SlidingWindowCounter(long now) {
        this.windowStart = now;
    }

    void count(long now) {
        turnTo(now);
        inWindow++;
    }

    double perSecond(long now) {
        turnTo(now);
        double rest = 1 - (double) (now - windowStart) / WINDOW;
        return (before * rest + inWindow) / TimeUnit.NANOSECONDS.toSeconds(WINDOW);
    }

    private void turnTo(long now) {
        long windows = (now - windowStart) / WINDOW;
        if (windows > 0) {
            before = windows == 1 ? inWindow : 0;
            inWindow = 0;
            windowStart += windows * WINDOW;
        }
    }
}
