package io.otabridge.client.ratelimit;

import org.jspecify.annotations.Nullable;

/** A call that waits for a permit. Not thread-safe: guarded by the lock of {@link LimiterQueue}. */
final class QueuedCall {

    final Thread thread;
    final Priority priority;
    final long since;
    final long deadline;

    /** Permits that were discarded because its thread woke up too late. */
    int discarded;

    boolean isQueued;
    boolean hasWaited;

    /** Set by another thread to end the wait. */
    @Nullable PermitResult result;

    QueuedCall(Priority priority, long since, long maxWait) {
        this.thread = Thread.currentThread();
        this.priority = priority;
        this.since = since;
        this.deadline = since + Math.min(maxWait, Long.MAX_VALUE / 4);
    }
}
