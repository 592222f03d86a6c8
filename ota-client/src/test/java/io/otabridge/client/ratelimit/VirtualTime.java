package io.otabridge.client.ratelimit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A virtual clock that advances only when all actors wait. Actors are threads, of which one runs at a time, so every run is
 * deterministic. Starts shortly before {@link System#nanoTime} would overflow.
 */
final class VirtualTime implements Ticker {

    private static final long ORIGIN = Long.MAX_VALUE - 3_000_000_000L;

    private final List<Actor> actors = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final LongSupplier lateness;
    private long now = ORIGIN;
    private long order;
    private Actor running;

    VirtualTime() {
        this(() -> 0);
    }

    /** @param lateness how many nanoseconds after its wake-up time a thread wakes */
    VirtualTime(LongSupplier lateness) {
        this.lateness = lateness;
    }

    /** Adds an actor that starts after this time. */
    synchronized Thread at(long millis, Runnable action) {
        Actor actor = new Actor();
        actor.wakeAt = ORIGIN + millis * 1_000_000;
        actor.order = order++;
        actor.thread = new Thread(() -> act(actor, action));
        actors.add(actor);
        return actor.thread;
    }

    /** The outcome of a call of this name, with the current time in milliseconds. */
    String describe(String name, PermitResult permit) {
        return permit instanceof PermitResult.DeadlineExceeded late
                ? name + " too late by " + Math.round(late.availableIn().toNanos() / 1e6) + " at " + millis()
                : name + " " + millis();
    }

    /** Runs until every actor is done. */
    void run() {
        List<Actor> all;
        synchronized (this) {
            all = List.copyOf(actors);
            all.forEach(actor -> actor.thread.start());
            next();
        }
        for (Actor actor : all) {
            try {
                actor.thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.get(0));
        }
    }

    /** Milliseconds since the start. */
    synchronized long millis() {
        return Math.round((now - ORIGIN) / 1e6);
    }

    synchronized long nanos() {
        return now - ORIGIN;
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized void park(long nanos) {
        Actor me = running;
        if (me.permit || Thread.currentThread().isInterrupted()) {
            me.permit = false;
            return;
        }
        me.wakeAt = now + nanos + lateness.getAsLong();
        me.order = order++;
        next();
        awaitRunning(me);
        me.permit = false;
    }

    @Override
    public synchronized void unpark(Thread thread) {
        for (Actor actor : actors) {
            if (actor.thread == thread) {
                actor.permit = true;
                if (actor != running) {
                    wake(actor);
                }
            }
        }
    }

    synchronized void interrupt(Thread thread) {
        for (Actor actor : actors) {
            if (actor.thread == thread) {
                actor.interrupted = true;
                wake(actor);
            }
        }
    }

    private void wake(Actor actor) {
        if (actor.wakeAt - now > 0) {
            actor.wakeAt = now;
        }
    }

    private void act(Actor me, Runnable action) {
        synchronized (this) {
            awaitRunning(me);
        }
        try {
            action.run();
        } catch (Throwable failure) {
            failures.add(failure);
        }
        synchronized (this) {
            actors.remove(me);
            next();
        }
    }

    private void awaitRunning(Actor me) {
        while (running != me) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        if (me.interrupted) {
            me.interrupted = false;
            me.thread.interrupt();
        }
    }

    private void next() {
        running = actors.stream()
                .min(Comparator.<Actor>comparingLong(actor -> actor.wakeAt - now)
                        .thenComparingLong(actor -> actor.order))
                .orElse(null);
        if (running != null && running.wakeAt - now > 0) {
            now = running.wakeAt;
        }
        notifyAll();
    }

    private static final class Actor {
        Thread thread;
        long wakeAt;
        long order;
        boolean permit;
        boolean interrupted;
    }
}
