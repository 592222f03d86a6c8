package io.otabridge.contracts.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs tests of the largest responses in a process with a heap of 96 MiB. */
public final class SmallHeapProcess {

    private SmallHeapProcess() {}

    /**
     * Runs the {@code main} method of this class in a new process.
     *
     * @throws AssertionError with the output of the process, if it exits with an error
     */
    public static void run(Class<?> program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectErrorStream(true)
                .start();
        try (var output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(text);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** Returns an input of at most this size: a beginning, a repeated piece, and an end. */
    public static byte[] filled(int size, String begin, String piece, String end) {
        ByteBuffer input = ByteBuffer.allocate(size);
        input.put(begin.getBytes(StandardCharsets.UTF_8));
        byte[] repeated = piece.getBytes(StandardCharsets.UTF_8);
        byte[] last = end.getBytes(StandardCharsets.UTF_8);
        while (input.remaining() >= repeated.length + last.length) {
            input.put(repeated);
        }
        return Arrays.copyOf(input.put(last).array(), input.position());
    }
}
