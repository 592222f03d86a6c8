package io.otabridge.cli.terminal;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One line on a terminal that shows progress, and is cleared at the end. It is shown after half a second, and only if
 * standard error is a terminal. Thread-safe.
 */
public abstract class ProgressLine implements AutoCloseable {

    private static final long INITIAL_DELAY = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(100);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream err;
    private final boolean isShown;
    private final LongSupplier nanos;
    private final InterruptActions.Registration registration;
    private long next;
    private int frame;
    private boolean isClosed;

    /**
     * Creates a line that is not visible yet.
     *
     * @param nanos the time source, such as {@link System#nanoTime}
     * @param interrupts clears the line if the process ends early
     */
    ProgressLine(PrintStream err, boolean isShown, LongSupplier nanos, InterruptActions interrupts) {
        this.err = err;
        this.isShown = isShown;
        this.nanos = nanos;
        this.next = nanos.getAsLong() + INITIAL_DELAY;
        this.registration = interrupts.addFirst(this::clear);
    }

    /**
     * Returns the text of the line, without line feeds.
     *
     * @param number counts the texts, from 0
     */
    abstract String text(int number);

    /** Starts a thread that draws the line while no updates arrive. */
    final void animate() {
        if (isShown) {
            Thread mover = new Thread(this::move, "ota-progress");
            mover.setDaemon(true);
            mover.start();
        }
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

    /** Draws the line, unless it was drawn a moment ago. */
    final synchronized void draw() {
        long now = nanos.getAsLong();
        if (isShown && !isClosed && now - next >= 0) {
            next = now + FRAME;
            err.print(CLEAR + text(frame++));
            err.flush();
        }
    }

    @Override
    public final void close() {
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
}
