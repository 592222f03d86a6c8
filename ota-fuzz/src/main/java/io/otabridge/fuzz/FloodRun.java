package io.otabridge.fuzz;

import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The process in which a {@link FloodTarget} reads its floods. */
public final class FloodRun {

    /** The heap of that process. */
    static final String HEAP = "96m";

    private FloodRun() {}

    static void of(FloodTarget target) throws Exception {
        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FloodRun.class.getName(),
                        target.getClass().getName())
                .redirectErrorStream(true)
                .start();
        try (var output = reader.getInputStream()) {
            String words = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (reader.waitFor() != 0) {
                throw new AssertionError("with a heap of " + HEAP + ": " + words);
            }
        } finally {
            reader.destroyForcibly();
        }
    }

    /**
     * Reads every flood.
     *
     * @param target the name of the class
     */
    public static void main(String[] target) throws Exception {
        Constructor<?> constructor = Class.forName(target[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        FloodTarget reader = (FloodTarget) constructor.newInstance();
        for (Flood flood : reader.floods()) {
            try {
                reader.read(flood.ofSize(reader.largest()));
            } catch (OutOfMemoryError | StackOverflowError tooMuch) {
                throw new AssertionError("reading " + flood, tooMuch);
            }
        }
    }
}
