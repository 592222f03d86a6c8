package io.otabridge.fuzz;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One reader of bytes from outside, and what it promises about any of them. Implemented by a test class whose name ends in
 * {@code FuzzTest}, with a constructor without parameters. Besides what the target checks itself, no input may keep it from
 * coming to an end or make it take more than {@link Trial#MOST_BYTES} of memory.
 */
public interface FuzzTarget {

    /** Where inputs begin: examples from documents, and whatever has been found to do harm. */
    List<byte[]> seeds();

    /** Words that mean something to the reader. */
    default List<String> words() {
        return List.of();
    }

    /** How many inputs the usual build makes. */
    default int inputs() {
        return 1_000;
    }

    /**
     * Gives an input to the reader and checks its promises.
     *
     * @throws Exception one that the reader must not throw
     */
    void read(byte[] input) throws Exception;

    @Test
    default void keeps_its_promises_whatever_it_reads() throws Exception {
        int seconds = Integer.getInteger("fuzz.seconds", 0);
        if (seconds > 0) {
            new GuidedRun(this, seconds).run();
        } else {
            new FixedRun(this).run();
        }
    }
}
