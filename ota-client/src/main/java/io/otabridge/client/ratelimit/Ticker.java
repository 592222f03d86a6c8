package io.otabridge.client.ratelimit;

import java.util.concurrent.locks.LockSupport;

/** The time source of the rate limiter, which also parks threads. Tests use a virtual one. */
public interface Ticker {

    /** The system's time. */
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

    /** As {@link LockSupport#parkNanos(long)}: may return early, and returns immediately if the thread is interrupted. */
    void park(long nanos);

    /** As {@link LockSupport#unpark}. */
    void unpark(Thread thread);
}
