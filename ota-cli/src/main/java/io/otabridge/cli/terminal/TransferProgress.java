package io.otabridge.cli.terminal;

import io.otabridge.domain.artifact.TransferListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The progress of uploads or downloads that run at the same time: bytes, rate and time left of each. */
public final class TransferProgress extends ProgressLine {

    /** Transferred bytes arrive in smaller steps: a larger one is a part that is stored already and was not sent. */
    private static final long LARGEST_STEP = 1L << 20;

    private final Map<String, Transfer> transfers = new LinkedHashMap<>();
    private final LongSupplier nanos;
    private final int width;
    private final LongFunction<String> size;

    /**
     * Creates a line that is not visible yet.
     *
     * @param nanos the time source, such as {@link System#nanoTime}
     * @param interrupts clears the line if the process ends early
     * @param width the width of the terminal, which the line does not exceed
     * @param size formats a number of bytes
     */
    public TransferProgress(
            PrintStream err,
            boolean isShown,
            LongSupplier nanos,
            InterruptActions interrupts,
            int width,
            LongFunction<String> size) {
        super(err, isShown, nanos, interrupts);
        this.nanos = nanos;
        this.width = width;
        this.size = size;
    }

    /** Starts a thread that draws the line while no bytes are transferred. Returns this. */
    public TransferProgress moving() {
        animate();
        return this;
    }

    /** Returns a listener for the transfers of a backend. */
    public TransferListener of(String backend) {
        return (file, bytes, total) -> transferred(backend, file, bytes, total);
    }

    private synchronized void transferred(String backend, String file, long bytes, long total) {
        Transfer known = transfers.get(backend);
        long now = nanos.getAsLong();
        if (known == null || !known.file.equals(file) || known.bytes > bytes) {
            transfers.put(backend, new Transfer(file, bytes, now, bytes, now, total));
        } else {
            long step = bytes - known.bytes;
            long kept = step > LARGEST_STEP ? step : 0;
            transfers.put(backend, new Transfer(file, known.first + kept, known.since, bytes, now, total));
        }
        draw();
    }

    @Override
    synchronized String text(int number) {
        String line = transfers.isEmpty()
                ? "waiting"
                : transfers.entrySet().stream()
                        .map(entry -> TerminalEscaper.of(entry.getKey()) + ": "
                                + entry.getValue().text(nanos.getAsLong(), size))
                        .collect(Collectors.joining("; "));
        return line.length() < width ? line : line.substring(0, width - 2) + "\u2026";
    }

    /**
     * A transfer.
     *
     * @param first the number of bytes that were transferred earlier
     * @param since the time of the beginning, in nanoseconds
     * @param latest the time of the latest bytes, at which the rate of a finished transfer ends
     * @param total the size; negative if unknown
     */
    private record Transfer(String file, long first, long since, long bytes, long latest, long total) {

        private String text(long now, LongFunction<String> size) {
            String known = total > 0
                    ? String.format(
                            Locale.ROOT, "%s of %s (%d %%)", size.apply(bytes), size.apply(total), bytes * 100 / total)
                    : size.apply(bytes);
            double seconds = (double) ((bytes == total ? latest : now) - since) / TimeUnit.SECONDS.toNanos(1);
            if (seconds < 1 || bytes <= first) {
                return known;
            }
            double rate = (bytes - first) / seconds;
            String left = total > bytes ? ", " + left((long) Math.ceil((total - bytes) / rate)) + " left" : "";
            return known + ", " + size.apply((long) rate) + "/s" + left;
        }

        private static String left(long seconds) {
            Duration duration = Duration.ofSeconds(seconds);
            if (seconds < 60) {
                return seconds + " s";
            }
            return duration.toHours() > 0
                    ? String.format(Locale.ROOT, "%d:%02d h", duration.toHours(), duration.toMinutesPart())
                    : String.format(Locale.ROOT, "%d:%02d min", duration.toMinutes(), duration.toSecondsPart());
        }
    }
}
