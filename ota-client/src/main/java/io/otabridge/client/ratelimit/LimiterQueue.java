package io.otabridge.client.ratelimit;

import io.otabridge.client.ratelimit.QuotaStore.Reservation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this process that wait for one quota. The thread of the first call reserves permits, one at a time and outside the
 * lock. A reserved permit belongs to the queue: whichever call is first at that time takes it. Thread-safe.
 */
final class LimiterQueue {

    /** While bulk calls wait, one permit out of this many is theirs. */
    static final int BULK_RATIO = 4;

    /**
     * How late a permit may be used without compensation. The rate's margin covers 36 ms. If a permit is used later, the
     * permits not reserved yet are delayed by the difference, or the permit is discarded.
     */
    private static final long TOLERATED_DELAY = TimeUnit.MILLISECONDS.toNanos(15);

    /** Delaying permits within this time still keeps every second within the limit. */
    private static final long SHIFT_WINDOW = TimeUnit.MILLISECONDS.toNanos(900);

    /** How many permits one call may discard. On a machine that always wakes threads late, it takes the next one. */
    private static final int MAX_DISCARDED = 2;

    private static final long MAX_PAUSE = TimeUnit.MINUTES.toNanos(5);

    private final QuotaKey key;
    private final QuotaStore.Reservations reservations;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityWaitQueue waiting = new PriorityWaitQueue();
    private final AdaptiveRate rate;
    private final SlidingWindowCounter throughput;

    private boolean reserving;
    private boolean reserved;
    private long permitAt;

    /** How long before its time the permit was reserved. Other processes have reserved about as far ahead. */
    private long reservedAhead;

    /** The delay of the permits after the next one, and the time after which it no longer applies. */
    private long shift;

    private long shiftEnd;

    /** The earliest time of the permit after the last reserved one. */
    private long nextPermitAt;

    /** The end of the pause that the vendor requested. */
    private long pauseEnd;

    private long granted;
    private long delayed;
    private long delayNanos;
    private long deadlineExceeded;
    private long throttled;
    private long discarded;

    LimiterQueue(QuotaKey key, Rate limit, QuotaStore.Reservations reservations, Ticker ticker) {
        this.key = key;
        this.reservations = reservations;
        this.ticker = ticker;
        this.rate = new AdaptiveRate(limit);
        long now = ticker.nanoTime();
        this.throughput = new SlidingWindowCounter(now);
        this.nextPermitAt = now;
        this.pauseEnd = now;
        this.shiftEnd = now;
    }

    /** Limits the rate until the holder is released or collected. */
    void hold(AccountLimiter holder, Rate limit) {
        lock.lock();
        try {
            rate.hold(holder, limit);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes a holder.
     *
     * @return whether the queue can be dropped: it has no holder and no waiting call, and its state affects no later call
     */
    boolean release(AccountLimiter holder) {
        lock.lock();
        try {
            rate.release(holder);
            long now = ticker.nanoTime();
            return rate.isUnused(now)
                    && waiting.size() == 0
                    && !reserving
                    && nextPermitAt - now <= 0
                    && pauseEnd - now <= 0;
        } finally {
            lock.unlock();
        }
    }

    PermitResult await(Priority priority, long maxWait) {
        long now = ticker.nanoTime();
        QueuedCall me = new QueuedCall(priority, now, maxWait);
        lock.lock();
        try {
            long earliest = permitTime(waiting.countAheadOf(priority), now);
            if (earliest - me.deadline > 0) {
                return deadlineExceeded(earliest - now);
            }
            waiting.add(me);
            if (waiting.isMixed()) {
                rejectLate(now);
            }
            return await(me);
        } finally {
            lock.unlock();
        }
    }

    void throttled(long pause) {
        lock.lock();
        try {
            long now = ticker.nanoTime();
            throttled++;
            rate.throttled(now);
            pauseEnd = later(pauseEnd, now + Math.min(pause, MAX_PAUSE));
            reserved = reserved && permitAt - pauseEnd >= 0;
            rejectLate(now);
        } finally {
            lock.unlock();
        }
    }

    QuotaUsage usage() {
        lock.lock();
        try {
            long now = ticker.nanoTime();
            double limit = rate.limit().callsPerSecond();
            return new QuotaUsage(
                    key,
                    limit,
                    rate.current(now).callsPerSecond(),
                    throughput.perSecond(now) / limit,
                    waiting.size(),
                    granted,
                    delayed,
                    Duration.ofNanos(delayNanos),
                    deadlineExceeded,
                    throttled,
                    discarded);
        } finally {
            lock.unlock();
        }
    }

    /** Waits with the lock released. Always removes the call from the queue. */
    private PermitResult await(QueuedCall me) {
        try {
            while (true) {
                long now = ticker.nanoTime();
                if (Thread.currentThread().isInterrupted()) {
                    return new PermitResult.Interrupted();
                }
                if (me.result != null) {
                    return me.result;
                }
                if (me == waiting.first() && !reserving) {
                    @Nullable PermitResult permit = advance(me, now);
                    if (permit != null) {
                        return permit;
                    }
                } else if (me.deadline - now > 0) {
                    park(me, me.deadline - now);
                } else {
                    return deadlineExceeded(permitTime(waiting.countAheadOf(me.priority), now) - now);
                }
            }
        } finally {
            waiting.remove(me);
            wakeFirst(me);
        }
    }

    /** Makes one step for the first call: waits, reserves or takes a permit. Returns null if more steps are needed. */
    private @Nullable PermitResult advance(QueuedCall me, long now) {
        if (pauseEnd - now > 0) {
            park(me, pauseEnd - now);
            return null;
        }
        if (reserved && isTooOld(now) && me.discarded < MAX_DISCARDED) {
            reserved = false;
            me.discarded++;
            discarded++;
        }
        if (!reserved) {
            return reserve(me, now);
        }
        if (permitAt - now > 0) {
            if (permitAt - me.deadline > 0) {
                return deadlineExceeded(permitAt - now);
            }
            park(me, permitAt - now);
            return null;
        }
        reserved = false;
        waiting.serve(me);
        shiftBy(now - permitAt - TOLERATED_DELAY, now);
        return granted(me, now);
    }

    /** Whether the permit is so late that discarding it costs less than delaying the next ones, or that a delay is too late. */
    private boolean isTooOld(long now) {
        long interval = rate.current(now).intervalNanos();
        return now - permitAt > TOLERATED_DELAY
                && (now - permitAt - TOLERATED_DELAY >= interval || reservedAhead + 2 * interval > SHIFT_WINDOW);
    }

    private void shiftBy(long nanos, long now) {
        if (nanos > 0) {
            shift = Math.min(nanos, rate.current(now).intervalNanos());
            shiftEnd = now + SHIFT_WINDOW;
        }
    }

    private @Nullable PermitResult reserve(QueuedCall me, long now) {
        Rate current = shift > 0 && shiftEnd - now > 0 ? rate.current(now).slowerBy(shift) : rate.current(now);
        shift = 0;
        Reservation reservation;
        reserving = true;
        lock.unlock();
        try {
            reservation = reservations.reserve(current, Math.max(0, me.deadline - now));
        } finally {
            lock.lock();
            reserving = false;
        }
        long returned = ticker.nanoTime();
        if (reservation.isGranted()) {
            long expected = later(nextPermitAt, returned);
            reserved = true;
            permitAt = returned + reservation.waitNanos();
            reservedAhead = reservation.waitNanos();
            nextPermitAt = permitAt + current.intervalNanos();
            if (permitAt - expected > 0 && waiting.size() > 1) {
                rejectLate(returned);
            }
        } else if (!Thread.currentThread().isInterrupted() && me.result == null) {
            return deadlineExceeded(reservation.waitNanos());
        }
        wakeFirst(me);
        return null;
    }

    private PermitResult granted(QueuedCall me, long now) {
        granted++;
        throughput.count(now);
        if (!me.hasWaited) {
            return PermitResult.Granted.WITHOUT_WAIT;
        }
        delayed++;
        delayNanos += now - me.since;
        return new PermitResult.Granted(Duration.ofNanos(now - me.since));
    }

    private PermitResult deadlineExceeded(long wait) {
        deadlineExceeded++;
        return new PermitResult.DeadlineExceeded(Duration.ofNanos(Math.max(1, wait)));
    }

    /** Removes and wakes the calls whose permit would come after their deadline. */
    private void rejectLate(long now) {
        waiting.removeLate(position -> permitTime(position, now), (late, time) -> {
            late.result = deadlineExceeded(time - now);
            ticker.unpark(late.thread);
        });
    }

    /** The earliest time of the permit at a position, from 0 for the next one. Exact while no other process uses the quota. */
    private long permitTime(int position, long now) {
        if (reserved && position == 0) {
            return later(permitAt, now);
        }
        int afterNext = reserved ? position - 1 : position;
        return later(nextPermitAt, later(pauseEnd, now))
                + afterNext * rate.current(now).intervalNanos();
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    private void wakeFirst(QueuedCall me) {
        @Nullable QueuedCall first = waiting.first();
        if (first != null && first != me) {
            ticker.unpark(first.thread);
        }
    }

    private void park(QueuedCall me, long nanos) {
        me.hasWaited = true;
        lock.unlock();
        try {
            ticker.park(nanos);
        } finally {
            lock.lock();
        }
    }
}
