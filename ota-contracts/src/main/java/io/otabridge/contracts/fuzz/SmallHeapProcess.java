package io.otabridge.contracts.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A process with a heap of 96 MiB, for tests that read the largest responses. */
public final class SmallHeapProcess {

    private SmallHeapProcess() {}

    /** Runs the {@code main} method of this class in a new process, and fails if it fails. */
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

    /** An input of at most this size: a begin, a piece that is repeated, and an end. */
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
