package io.otabridge.benchmarks;

import io.otabridge.http.quota.TimeSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when everybody waits. Deeds run on threads of its own, of which one runs at any moment, so that
 * code that blocks goes through hours in seconds and in the same way in every run. Threads are kept for later deeds.
 */
final class VirtualTime implements TimeSource, AutoCloseable {

    /** Deeds are small, and thousands of them may wait. */
    private static final long STACK = 1 << 17;

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.<Event>comparingLong(event -> event.at).thenComparingLong(event -> event.order));
    private final ArrayDeque<Actor> idle = new ArrayDeque<>();
    private LongSupplier lateness = () -> 0;
    private long now;
    private long order;
    private @Nullable Thread waiting;
    private volatile boolean isOver;
    private volatile @Nullable Throwable trouble;

    /** What happens when: somebody wakes, or a deed begins. One whose actor has been woken before is void. */
    private static final class Event {
        long at;
        long order;
        int sleep;

        @Nullable Actor actor;

        @Nullable Runnable deed;
    }

    /** From now on threads wake so much later than they wanted. */
    void wakeLate(LongSupplier nanos) {
        lateness = nanos;
    }

    /** Lets this be done so much later. For use by deeds, and by the thread that runs all of it, before it does. */
    void after(long nanos, Runnable deed) {
        Event event = new Event();
        event.at = now + nanos;
        event.order = order++;
        event.deed = deed;
        events.add(event);
    }

    /** Runs until all is done. May be called again, and goes on from there. */
    void run() {
        isOver = events.isEmpty();
        waiting = Thread.currentThread();
        if (!isOver) {
            goOn(idleActor());
        }
        while (!isOver) {
            LockSupport.park(this);
        }
        if (trouble != null) {
            throw new IllegalStateException(trouble);
        }
    }

    @Override
    public long nanoTime() {
        return now;
    }

    /** Waits so long, whoever unparks this thread meanwhile. */
    void sleep(long nanos) {
        Actor me = (Actor) Thread.currentThread();
        me.isAsleep = true;
        await(me, now + Math.max(0, nanos));
        me.isAsleep = false;
    }

    @Override
    public void park(long nanos) {
        Actor me = (Actor) Thread.currentThread();
        if (!me.permit) {
            await(me, now + Math.max(0, nanos) + lateness.getAsLong());
        }
        me.permit = false;
    }

    @Override
    public void unpark(Thread thread) {
        Actor actor = (Actor) thread;
        actor.permit = true;
        if (actor != Thread.currentThread() && !actor.isAsleep && actor.wakesAt > now) {
            wakeAt(actor, now + lateness.getAsLong());
        }
    }

    @Override
    public void close() {
        idle.forEach(actor -> {
            actor.ends = true;
            LockSupport.unpark(actor);
        });
    }

    private void wakeAt(Actor actor, long at) {
        if (at >= actor.wakesAt && actor.waits) {
            return;
        }
        actor.sleep++;
        actor.waits = true;
        actor.wakesAt = at;
        Event event = new Event();
        event.at = at;
        event.order = order++;
        event.actor = actor;
        event.sleep = actor.sleep;
        events.add(event);
    }

    private void await(Actor me, long at) {
        me.waits = false;
        wakeAt(me, at);
        @Nullable Event next = next();
        if (next == null || next.actor != me) {
            start(Objects.requireNonNull(next));
            me.untilRunning();
        }
        me.waits = false;
    }

    private @Nullable Event next() {
        @Nullable Event next = events.poll();
        while (next != null && next.actor != null && next.sleep != next.actor.sleep) {
            next = events.poll();
        }
        if (next != null) {
            now = Math.max(now, next.at);
        }
        return next;
    }

    /** Hands over to whoever is next; the caller must not touch anything until it is handed back. */
    private void start(Event next) {
        if (next.actor != null) {
            goOn(next.actor);
        } else {
            Actor actor = idleActor();
            actor.deed = next.deed;
            goOn(actor);
        }
    }

    private Actor idleActor() {
        @Nullable Actor actor = idle.poll();
        if (actor == null) {
            actor = new Actor();
            actor.start();
        }
        return actor;
    }

    private static void goOn(Actor actor) {
        actor.isRunning = true;
        LockSupport.unpark(actor);
    }

    private final class Actor extends Thread {

        private volatile boolean isRunning;
        private volatile boolean ends;
        private @Nullable Runnable deed;
        private boolean permit;
        private boolean isAsleep;
        private boolean waits;
        private long wakesAt;

        /** Counts its waits, so that the event by which an earlier one was to end is known. */
        private int sleep;

        Actor() {
            super(null, null, "virtual", STACK);
            setDaemon(true);
        }

        @Override
        public void run() {
            while (untilRunning()) {
                @Nullable Event next = act();
                while (next != null && next.actor == null) {
                    deed = next.deed;
                    next = act();
                }
                idle.push(this);
                if (next == null) {
                    isOver = true;
                    LockSupport.unpark(waiting);
                } else {
                    goOn(next.actor);
                }
            }
        }

        /** Does its deed, if it has one, and says what comes next. */
        private @Nullable Event act() {
            try {
                if (deed != null) {
                    deed.run();
                }
            } catch (Throwable problem) {
                trouble = problem;
            }
            deed = null;
            permit = false;
            return next();
        }

        /** Whether there is anything more to do. */
        private boolean untilRunning() {
            while (!isRunning && !ends) {
                LockSupport.park(this);
            }
            isRunning = false;
            return !ends;
        }
    }
}
