package io.otabridge.simulators.fleet;

import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of a fleet, and what happens in it. Time is a clock's, plus what {@link #advance} added. Actions run in the
 * order of their times, in the thread that calls {@link #advance} or {@link #runUntilIdle}; meanwhile the time is that
 * of the action. Everything that belongs to the fleet is synchronized on its timeline. Safe for use by multiple threads.
 */
public final class Timeline {

    /** Serializes {@link #advance}. Is locked before this timeline. */
    private final Object advancing = new Object();

    private final Clock clock;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::due).thenComparing(Event::number));
    private Duration ahead = Duration.ZERO;
    private long lastNumber;
    private @Nullable Instant current;

    /**
     * Something that happens.
     *
     * @param applies whether it still happens
     * @param action runs unsynchronized, and returns what to run synchronized
     */
    private record Event(Instant due, long number, BooleanSupplier applies, Supplier<Runnable> action) {}

    public Timeline(Clock clock) {
        this.clock = clock;
    }

    /** Returns the time. */
    public synchronized Instant now() {
        return current == null ? clock.instant().plus(ahead) : current;
    }

    /** Returns a clock with this time, in UTC. */
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return clock.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return Clock.fixed(instant(), zone);
            }

            @Override
            public Instant instant() {
                return now();
            }
        };
    }

    /** Runs an action at this time. */
    public void at(Instant due, Runnable action) {
        at(due, () -> true, action);
    }

    /** Runs an action at this time, unless it does not apply any more. */
    public void at(Instant due, BooleanSupplier applies, Runnable action) {
        add(due, applies, () -> action);
    }

    /** Runs an action after this time. */
    public void after(Duration delay, Runnable action) {
        at(now().plus(delay), action);
    }

    /** Runs slow work after this time without synchronization, and then a synchronized action with its result. */
    <T> void after(Duration delay, Supplier<T> work, Consumer<T> action) {
        add(now().plus(delay), () -> true, () -> {
            T result = work.get();
            return () -> action.accept(result);
        });
    }

    private synchronized void add(Instant due, BooleanSupplier applies, Supplier<Runnable> action) {
        events.add(new Event(due, ++lastNumber, applies, action));
    }

    /** Lets this time pass, and runs all actions in it. */
    public void advance(Duration duration) {
        synchronized (advancing) {
            Instant end;
            synchronized (this) {
                current = now();
                end = current.plus(duration);
            }
            try {
                for (Option<Event> next = next(end); next.isDefined(); next = next(end)) {
                    run(next.get());
                }
            } finally {
                synchronized (this) {
                    ahead = ahead.plus(duration);
                    current = null;
                }
            }
        }
    }

    /** Lets time pass until there are no more actions. */
    public void runUntilIdle() {
        synchronized (advancing) {
            for (Option<Duration> wait = nextWait(); wait.isDefined(); wait = nextWait()) {
                advance(wait.get());
            }
        }
    }

    private synchronized Option<Duration> nextWait() {
        return next().map(next -> Duration.between(now(), next.due()))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private synchronized Option<Event> next(Instant end) {
        return next().filter(event -> !event.due().isAfter(end)).peek(events::remove);
    }

    private Option<Event> next() {
        @Nullable Event event = events.peek();
        while (event != null && !event.applies().getAsBoolean()) {
            events.remove();
            event = events.peek();
        }
        return Option.of(event);
    }

    private void run(Event event) {
        synchronized (this) {
            current = Option.of(current).filter(now -> now.isAfter(event.due())).getOrElse(event.due());
        }
        Runnable action = event.action().get();
        synchronized (this) {
            action.run();
        }
    }
}
