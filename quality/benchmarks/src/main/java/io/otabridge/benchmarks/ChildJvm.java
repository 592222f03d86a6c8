package io.otabridge.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A child JVM that is controlled line by line over its standard input and output, and exits when its input ends. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final BufferedReader from;
    private final PrintWriter to;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.from = process.inputReader(StandardCharsets.UTF_8);
        this.to = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    /**
     * Starts a child JVM.
     *
     * @param log the file for its standard error
     * @param arguments the arguments of the command {@code java}
     */
    static ChildJvm start(Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new ChildJvm(process, log);
    }

    /** Returns the next line of its output. */
    String readLine() throws IOException {
        @Nullable String line = from.readLine();
        if (line == null) {
            throw new IOException("a child process exited unexpectedly; see " + log);
        }
        return line;
    }

    /** Sends a line and returns the next line of its output. */
    String send(String line) throws IOException {
        to.println(line);
        return readLine();
    }

    /** Returns the CPU time that it has used so far; 0 if the operating system does not report it. */
    long cpuNanos() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    /** Returns its peak resident memory in bytes on Linux; 0 on other systems. */
    long peakBytes() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        }
    }

    @Override
    public void close() {
        to.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupt) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
