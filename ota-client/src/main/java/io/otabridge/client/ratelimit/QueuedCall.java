package io.otabridge.client.ratelimit;

import org.jspecify.annotations.Nullable;

/** A call that waits for its turn. For use under the lane's lock. */
final class QueuedCall {

    final Thread thread;
    final Priority priority;
    final long since;
    final long deadline;

    /** How many turns its thread slept through. */
    int missed;

    boolean inLine;
    boolean hasWaited;

    /** What another thread found out about it, after which it waits no more. */
    @Nullable Permit told;

    QueuedCall(Priority priority, long since, long longestWait) {
        this.thread = Thread.currentThread();
        this.priority = priority;
        this.since = since;
        this.deadline = since + Math.min(longestWait, Long.MAX_VALUE / 4);
    }
}
