package io.otabridge.client.ratelimit;

import java.util.concurrent.locks.LockSupport;

/** The time by which turns are counted, and waiting in it. Tests bring a time of their own. */
public interface Ticker {

    /** The machine's time. */
    Ticker SYSTEM = new Ticker() {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void park(long nanos) {
            LockSupport.parkNanos(this, nanos);
        }

        @Override
        public void unpark(Thread thread) {
            LockSupport.unpark(thread);
        }
    };

    /** As {@link System#nanoTime}. */
    long nanoTime();

    /** As {@link LockSupport#parkNanos(long)}: it may return early, and does at once on a thread that is interrupted. */
    void park(long nanos);

    /** As {@link LockSupport#unpark}. */
    void unpark(Thread thread);
}
