package io.otabridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs all measurements and writes the report. */
public final class Benchmarks {

    private static final String QUICK = "--quick";

    private Benchmarks() {}

    /**
     * Runs for about eight minutes, or with {@value #QUICK} for less than one. The results of a quick run are not
     * significant and not written to the documentation.
     *
     * @param args the folder of this Maven module, optionally followed by {@value #QUICK}
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        boolean isQuick = List.of(args).contains(QUICK);
        ProcessLauncher programs = new ProcessLauncher(Path.of(args[0]));
        deleteLogs(programs.target());
        Path docs = isQuick
                ? programs.target()
                : programs.module()
                        .resolve(Path.of("..", "..", "docs", "internals"))
                        .normalize();
        Machine machine = Machine.here();
        performance(programs, isQuick ? Plan.QUICK : Plan.FULL, machine, docs.resolve("performance.md"));
        if (machine.isBusy()) {
            System.err.println(
                    "warning: other processes were using the machine; only counts, bytes and jars are reliable");
        }
    }

    private static void performance(ProcessLauncher programs, Plan plan, Machine machine, Path page)
            throws IOException, InterruptedException {
        Results results = new Results();
        try (SideBySide sideBySide = new SideBySide(programs, plan, results)) {
            sideBySide.measureClassPaths();
            sideBySide.measureColdStarts();
            sideBySide.measureLoad();
        }
        Map<String, PartCost> parts = Jmh.run(programs.target(), plan);
        Files.writeString(programs.target().resolve("rounds.tsv"), results.table());
        write(page, new Report(results, parts, machine, plan).text());
        results.invalid()
                .forEach((contender, reason) ->
                        System.err.println(contender.key() + " has no valid results: " + reason));
    }

    /** Replaces the generated section of a page. */
    private static void write(Path page, String text) throws IOException {
        if (page.getParent().endsWith("target")) {
            Files.writeString(page, GeneratedSection.BEGIN + "\n" + GeneratedSection.END + "\n");
        }
        Files.writeString(page, GeneratedSection.replace(Files.readString(page), text));
        System.err.println("wrote " + page);
    }

    private static void deleteLogs(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                Files.delete(log);
            }
        }
    }
}
