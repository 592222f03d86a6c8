package io.otabridge.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** One input given to a target, and what came of it in words. */
final class Trial {

    /**
     * What reading one input may take. All that is allocated on the way counts, also what is garbage at once, so that this is
     * more than was ever held.
     */
    static final long MOST_BYTES = 64L << 20;

    private static final int QUOTED = 1_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final FuzzTarget target;

    Trial(FuzzTarget target) {
        this.target = target;
    }

    /**
     * Gives the input to the target; a second time where it took too much, as the first may have loaded classes.
     *
     * @throws AssertionError that quotes the input, if a promise is broken
     */
    void of(byte[] input) {
        long taken = taken(input);
        if (taken > MOST_BYTES) {
            taken = taken(input);
        }
        if (taken > MOST_BYTES) {
            throw new AssertionError(words("took more than " + (MOST_BYTES >> 20) + " MiB of memory", input));
        }
    }

    private long taken(byte[] input) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            target.read(input);
        } catch (Throwable broken) {
            throw new AssertionError(words(broken.toString(), input), broken);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    String words(String problem, byte[] input) {
        return target.getClass().getSimpleName() + ": " + problem + "\nover this input of " + input.length + " bytes: "
                + literal(input);
    }

    /** As it may stand in a test: each byte a character, to be turned into bytes as ISO 8859-1. */
    private static String literal(byte[] input) {
        StringBuilder text = new StringBuilder("\"");
        new String(input, StandardCharsets.ISO_8859_1).chars().limit(QUOTED).forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c < ' ' || c > '~') {
                text.append(String.format("\\%03o", c));
            } else {
                text.append((char) c);
            }
        });
        return text.append(input.length > QUOTED ? "\" and more" : "\"").toString();
    }
}
