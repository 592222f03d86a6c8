package io.otabridge.cli.terminal;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * One line on a terminal that shows the progress of long listings, and is cleared at their end. The length of a listing is
 * unknown, so the bar moves back and forth. It is shown after half a second, and only if standard error is a terminal.
 * Thread-safe.
 */
public final class ProgressLine implements AutoCloseable {

    private static final long INITIAL_DELAY = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int WIDTH = 20;
    private static final int BAR = 5;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream err;
    private final boolean isShown;
    private final LongSupplier nanos;
    private final InterruptActions.Registration registration;
    private final Map<String, Long> counts = new TreeMap<>();
    private long next;
    private int frame;
    private boolean isClosed;

    /**
     * @param nanos the time source, such as {@link System#nanoTime}
     * @param interrupts clears the line if the process ends early
     */
    public ProgressLine(PrintStream err, boolean isShown, LongSupplier nanos, InterruptActions interrupts) {
        this.err = err;
        this.isShown = isShown;
        this.nanos = nanos;
        this.next = nanos.getAsLong() + INITIAL_DELAY;
        this.registration = interrupts.add(this::clear);
    }

    /** Starts a thread that moves the bar while no updates arrive. Returns this. */
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
            while (!isClosed) {
                wait(TimeUnit.NANOSECONDS.toMillis(FRAME));
                draw();
            }
        } catch (InterruptedException interrupted) {
            // Ends the thread.
        }
    }

    /** Sets the number of items that were received from a backend. */
    public synchronized void update(String backend, long count) {
        counts.put(backend, count);
        draw();
    }

    private void draw() {
        long now = nanos.getAsLong();
        if (isShown && !isClosed && now - next >= 0) {
            next = now + FRAME;
            err.print(CLEAR + bar() + "  " + label());
            err.flush();
        }
    }

    @Override
    public void close() {
        clear();
        registration.close();
    }

    private synchronized void clear() {
        if (frame > 0 && !isClosed) {
            err.print(CLEAR);
            err.flush();
        }
        isClosed = true;
        notifyAll();
    }

    private String bar() {
        int room = WIDTH - BAR;
        int step = frame++ % (2 * room);
        int left = step <= room ? step : 2 * room - step;
        return "[" + " ".repeat(left) + "=".repeat(BAR) + " ".repeat(room - left) + "]";
    }

    private String label() {
        return counts.isEmpty()
                ? "waiting"
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", ", "", " so far"));
    }
}
