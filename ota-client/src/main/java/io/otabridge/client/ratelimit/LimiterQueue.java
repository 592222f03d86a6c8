package io.otabridge.client.ratelimit;

import io.otabridge.client.ratelimit.QuotaStore.Reservation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one quota in this process. Turns are reserved one at a time, by the thread that is first in the line
 * and outside the lock; a reserved turn belongs to the lane, so that whoever is first when it comes takes it.
 */
final class LimiterQueue {

    /** One turn in so many is bulk's, if it waits. */
    static final int BULK_TURN = 4;

    /**
     * A turn may be used so late without more ado: well within what the margin allows, 36 ms. One used later
     * pushes the turns that are not reserved yet by the difference, or is given back.
     */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(15);

    /** Turns pushed within this time still keep a second's calls within the limit. */
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(900);

    /** Turns that a call gives back; on a machine that always wakes threads late it takes the next one all the same. */
    private static final int MOST_MISSED = 2;

    private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(5);

    private final QuotaKey key;
    private final QuotaStore.Turns turns;
    private final Ticker time;
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityWaitQueue line = new PriorityWaitQueue();
    private final AdaptiveRate rate;
    private final SlidingWindowCounter throughput;

    private boolean reserving;
    private boolean reserved;
    private long turnAt;

    /** How long before its time the turn was reserved: about as far ahead others have reserved theirs by then. */
    private long turnAhead;

    /** By how much the turns after the next are pushed, and when that does not matter any more. */
    private long push;

    private long pushEnd;

    /** When the turn after the last reserved one is free at the soonest, and when the vendor's pause ends. */
    private long nextFree;

    private long pauseEnd;

    private long taken;
    private long waited;
    private long waitedNanos;
    private long tooLate;
    private long throttled;
    private long missed;

    LimiterQueue(QuotaKey key, Rate limit, QuotaStore.Turns turns, Ticker time) {
        this.key = key;
        this.turns = turns;
        this.time = time;
        this.rate = new AdaptiveRate(limit);
        long now = time.nanoTime();
        this.throughput = new SlidingWindowCounter(now);
        this.nextFree = now;
        this.pauseEnd = now;
        this.pushEnd = now;
    }

    /** No more than this, as long as the holder is there. */
    void hold(AccountLimiter holder, Rate limit) {
        lock.lock();
        try {
            rate.hold(holder, limit);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the lane is of no use any more: no backend holds it, no call waits, and no later call depends on it. */
    boolean release(AccountLimiter holder) {
        lock.lock();
        try {
            rate.release(holder);
            long now = time.nanoTime();
            return rate.isUnused(now) && line.size() == 0 && !reserving && nextFree - now <= 0 && pauseEnd - now <= 0;
        } finally {
            lock.unlock();
        }
    }

    Permit await(Priority priority, long longestWait) {
        long now = time.nanoTime();
        QueuedCall me = new QueuedCall(priority, now, longestWait);
        lock.lock();
        try {
            long soonest = timeOfTurn(line.turnsBefore(priority), now);
            if (soonest - me.deadline > 0) {
                return tooLate(soonest - now);
            }
            line.add(me);
            if (line.isMixed()) {
                tellTheLate(now);
            }
            return await(me);
        } finally {
            lock.unlock();
        }
    }

    void throttled(long pause) {
        lock.lock();
        try {
            long now = time.nanoTime();
            throttled++;
            rate.throttled(now);
            pauseEnd = later(pauseEnd, now + Math.min(pause, LONGEST_PAUSE));
            reserved = reserved && turnAt - pauseEnd >= 0;
            tellTheLate(now);
        } finally {
            lock.unlock();
        }
    }

    QuotaUsage usage() {
        lock.lock();
        try {
            long now = time.nanoTime();
            double limit = rate.limit().callsPerSecond();
            return new QuotaUsage(
                    key,
                    limit,
                    rate.current(now).callsPerSecond(),
                    throughput.perSecond(now) / limit,
                    line.size(),
                    taken,
                    waited,
                    Duration.ofNanos(waitedNanos),
                    tooLate,
                    throttled,
                    missed);
        } finally {
            lock.unlock();
        }
    }

    /** Waits with the lock released, and leaves the line in any case. */
    private Permit await(QueuedCall me) {
        try {
            while (true) {
                long now = time.nanoTime();
                if (Thread.currentThread().isInterrupted()) {
                    return new Permit.Interrupted();
                }
                if (me.told != null) {
                    return me.told;
                }
                if (me == line.first() && !reserving) {
                    @Nullable Permit turn = turnOfFirst(me, now);
                    if (turn != null) {
                        return turn;
                    }
                } else if (me.deadline - now > 0) {
                    park(me, me.deadline - now);
                } else {
                    return tooLate(timeOfTurn(line.turnsBefore(me.priority), now) - now);
                }
            }
        } finally {
            line.remove(me);
            wakeFirst(me);
        }
    }

    /** A step of the first in the line towards its turn; the turn or a refusal if this was the last step. */
    private @Nullable Permit turnOfFirst(QueuedCall me, long now) {
        if (pauseEnd - now > 0) {
            park(me, pauseEnd - now);
            return null;
        }
        if (reserved && isMissed(now) && me.missed < MOST_MISSED) {
            reserved = false;
            me.missed++;
            missed++;
        }
        if (!reserved) {
            return reserve(me, now);
        }
        if (turnAt - now > 0) {
            if (turnAt - me.deadline > 0) {
                return tooLate(turnAt - now);
            }
            park(me, turnAt - now);
            return null;
        }
        reserved = false;
        line.serve(me);
        pushBy(now - turnAt - LATE, now);
        return taken(me, now);
    }

    /** Whether the turn would be used so late that pushing others costs more than giving it back, or comes too late. */
    private boolean isMissed(long now) {
        long interval = rate.current(now).intervalNanos();
        return now - turnAt > LATE && (now - turnAt - LATE >= interval || turnAhead + 2 * interval > SOON);
    }

    private void pushBy(long late, long now) {
        if (late > 0) {
            push = Math.min(late, rate.current(now).intervalNanos());
            pushEnd = now + SOON;
        }
    }

    private @Nullable Permit reserve(QueuedCall me, long now) {
        Rate current = push > 0 && pushEnd - now > 0 ? rate.current(now).slowerBy(push) : rate.current(now);
        push = 0;
        Reservation reservation;
        reserving = true;
        lock.unlock();
        try {
            reservation = turns.reserve(current, Math.max(0, me.deadline - now));
        } finally {
            lock.lock();
            reserving = false;
        }
        long answered = time.nanoTime();
        if (reservation.made()) {
            long expected = later(nextFree, answered);
            reserved = true;
            turnAt = answered + reservation.waitNanos();
            turnAhead = reservation.waitNanos();
            nextFree = turnAt + current.intervalNanos();
            if (turnAt - expected > 0 && line.size() > 1) {
                tellTheLate(answered);
            }
        } else if (!Thread.currentThread().isInterrupted() && me.told == null) {
            return tooLate(reservation.waitNanos());
        }
        wakeFirst(me);
        return null;
    }

    private Permit taken(QueuedCall me, long now) {
        taken++;
        throughput.count(now);
        if (!me.hasWaited) {
            return Permit.Taken.DEFAULT_CONCURRENCY;
        }
        waited++;
        waitedNanos += now - me.since;
        return new Permit.Taken(Duration.ofNanos(now - me.since));
    }

    private Permit tooLate(long wait) {
        tooLate++;
        return new Permit.TooLate(Duration.ofNanos(Math.max(1, wait)));
    }

    private void tellTheLate(long now) {
        line.removeLate(number -> timeOfTurn(number, now), (late, turn) -> {
            late.told = tooLate(turn - now);
            time.unpark(late.thread);
        });
    }

    /** When a turn comes at the soonest, counted from 0 for the next one. Exact while nobody else uses the store. */
    private long timeOfTurn(int number, long now) {
        if (reserved && number == 0) {
            return later(turnAt, now);
        }
        int afterFree = reserved ? number - 1 : number;
        return later(nextFree, later(pauseEnd, now))
                + afterFree * rate.current(now).intervalNanos();
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    private void wakeFirst(QueuedCall me) {
        @Nullable QueuedCall first = line.first();
        if (first != null && first != me) {
            time.unpark(first.thread);
        }
    }

    private void park(QueuedCall me, long nanos) {
        me.hasWaited = true;
        lock.unlock();
        try {
            time.park(nanos);
        } finally {
            lock.lock();
        }
    }
}
