package io.otabridge.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Jazzer in a process of its own: {@code target/fuzz/NAME} of the module keeps the inputs that reached something new, so that
 * the next run begins with them, the log, and those that broke a promise ({@code crash-}, {@code timeout-} and {@code oom-}).
 */
final class GuidedRun {

    private static final String HEAP = "256m";

    /** What an input may reach that is worth keeping it for: our readers and the parsers below them. */
    private static final String LED_BY = "io.otabridge.**:com.fasterxml.jackson.**:org.snakeyaml.**";

    /** What follows each search with an expression keeps so much of it that our limit of memory would be about Jazzer. */
    private static final String LEFT_OUT = "com.code_intelligence.jazzer.sanitizers.RegexRoadblocks"
            + File.pathSeparator + "com.code_intelligence.jazzer.sanitizers.RegexInjection";

    private static final int HANGS_AFTER_SECONDS = 10;

    private final FuzzTarget target;
    private final int seconds;
    private final Path folder;

    GuidedRun(FuzzTarget target, int seconds) {
        this.target = target;
        this.seconds = seconds;
        this.folder =
                Path.of("target", "fuzz", target.getClass().getSimpleName()).toAbsolutePath();
    }

    void run() throws IOException, InterruptedException {
        Path log = folder.resolve("jazzer.log");
        Files.createDirectories(folder.resolve("inputs"));
        Process jazzer = new ProcessBuilder(command())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int status;
        try {
            status = jazzer.waitFor();
        } finally {
            jazzer.destroyForcibly();
        }
        if (status != 0) {
            throw new AssertionError("Jazzer ended with " + status + "; see " + log + ":\n" + findings(log));
        }
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--target_args=" + target.getClass().getName(),
                "--instrumentation_includes=" + LED_BY,
                "--custom_hook_includes=" + LED_BY,
                "--disabled_hooks=" + LEFT_OUT,
                "--reproducer_path=" + folder,
                "-max_total_time=" + seconds,
                "-max_len=" + Mutator.LONGEST,
                "-timeout=" + HANGS_AFTER_SECONDS,
                "-print_final_stats=1",
                "-artifact_prefix=" + folder + "/",
                "inputs",
                seeds().toString()));
        if (!target.words().isEmpty()) {
            command.add("-dict=" + dictionary());
        }
        return command;
    }

    private Path seeds() throws IOException {
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        int number = 0;
        for (byte[] seed : target.seeds()) {
            Files.write(seeds.resolve(String.valueOf(number++)), seed);
        }
        return seeds;
    }

    /** One quoted word a line, every byte of it by its number. */
    private Path dictionary() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String word : target.words()) {
            StringBuilder line = new StringBuilder("\"");
            for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
                line.append(String.format("\\x%02x", b));
            }
            lines.add(line.append('"').toString());
        }
        return Files.write(folder.resolve("dictionary"), lines);
    }

    private static String findings(Path log) throws IOException {
        try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line ->
                            line.contains("==") || line.contains("over this input") || line.contains("AssertionError"))
                    .limit(40)
                    .reduce("", (text, line) -> text + line + "\n");
        }
    }
}
