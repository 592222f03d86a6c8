package io.otabridge.cli.terminal;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The progress of long listings. The length of a listing is unknown, so the bar moves back and forth. */
public final class ListingProgress extends ProgressLine {

    private static final int WIDTH = 20;
    private static final int BAR = 5;

    private final Map<String, Long> counts = new TreeMap<>();

    /**
     * Creates a line that is not visible yet.
     *
     * @param nanos the time source, such as {@link System#nanoTime}
     * @param interrupts clears the line if the process ends early
     */
    public ListingProgress(PrintStream err, boolean isShown, LongSupplier nanos, InterruptActions interrupts) {
        super(err, isShown, nanos, interrupts);
    }

    /** Starts a thread that moves the bar while no updates arrive. Returns this. */
    public ListingProgress moving() {
        animate();
        return this;
    }

    /** Sets the number of items that were received from a backend. */
    public synchronized void update(String backend, long count) {
        counts.put(backend, count);
        draw();
    }

    @Override
    synchronized String text(int number) {
        return bar(number) + "  " + label();
    }

    private static String bar(int number) {
        int room = WIDTH - BAR;
        int step = number % (2 * room);
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
