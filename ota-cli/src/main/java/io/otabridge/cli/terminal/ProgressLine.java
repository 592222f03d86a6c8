package io.otabridge.cli.terminal;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * One line on a terminal that shows how far long walks are, and is gone at their end. How long a walk will be nobody knows,
 * so the bar moves to and fro. It shows nothing in the first half second, and nothing at all if standard error is no
 * terminal. Safe for many threads.
 */
public final class ProgressLine implements AutoCloseable {

    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int WIDTH = 20;
    private static final int BAR = 5;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream err;
    private final boolean isShown;
    private final LongSupplier nanos;
    private final Map<String, Long> counts = new TreeMap<>();
    private long next;
    private int frame;
    private boolean isOver;

    /** @param nanos the time, as {@link System#nanoTime} tells it */
    public ProgressLine(PrintStream err, boolean isShown, LongSupplier nanos) {
        this.err = err;
        this.isShown = isShown;
        this.nanos = nanos;
        this.next = nanos.getAsLong() + QUIET;
    }

    /** The same, moving also while nothing comes. */
    public ProgressLine moving() {
        if (isShown) {
            Thread mover = new Thread(this::move, "ota-progress");
            mover.setDaemon(true);
            mover.start();
        }
        return this;
    }

    private synchronized void move() {
        try {
            while (!isOver) {
                wait(TimeUnit.NANOSECONDS.toMillis(FRAME));
                draw();
            }
        } catch (InterruptedException over) {
            // Nobody looks any more.
        }
    }

    /** So many things have come from this backend so far. */
    public synchronized void told(String backend, long count) {
        counts.put(backend, count);
        draw();
    }

    private void draw() {
        long now = nanos.getAsLong();
        if (isShown && !isOver && now - next >= 0) {
            next = now + FRAME;
            err.print(CLEAR + bar() + "  " + words());
            err.flush();
        }
    }

    @Override
    public synchronized void close() {
        isOver = true;
        notifyAll();
        if (frame > 0) {
            err.print(CLEAR);
            err.flush();
        }
    }

    private String bar() {
        int room = WIDTH - BAR;
        int step = frame++ % (2 * room);
        int left = step <= room ? step : 2 * room - step;
        return "[" + " ".repeat(left) + "=".repeat(BAR) + " ".repeat(room - left) + "]";
    }

    private String words() {
        return counts.isEmpty()
                ? "asking"
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", ", "", " so far"));
    }
}
