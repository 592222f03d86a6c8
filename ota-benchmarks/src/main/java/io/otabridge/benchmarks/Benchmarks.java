package io.otabridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures everything and writes it down. */
public final class Benchmarks {

    private static final String QUICK = "--quick";

    private Benchmarks() {}

    /**
     * Runs for minutes, or with {@value #QUICK} for less than one. The quick figures say nothing, so they do not go
     * into the documentation.
     *
     * @param args the folder of this Maven module, and perhaps {@value #QUICK}
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        boolean isQuick = List.of(args).contains(QUICK);
        Plan plan = isQuick ? Plan.QUICK : Plan.FULL;
        Path module = Path.of(args[0]);
        Path target = module.resolve("target");
        deleteLogs(target);
        Machine machine = Machine.here();
        Results results = new Results();
        try (SideBySide sideBySide = new SideBySide(module, plan, results)) {
            sideBySide.weigh();
            sideBySide.startCold();
            sideBySide.load();
        }
        Map<String, Part> parts = Jmh.run(target, plan);
        Files.writeString(target.resolve("rounds.tsv"), results.table());

        Path docs = isQuick ? target : module.resolveSibling("docs");
        Path page = docs.resolve("performance.md");
        if (isQuick) {
            Files.writeString(page, MarkedPart.BEGIN + "\n" + MarkedPart.END + "\n");
        }
        String report = new Report(results, parts, machine, plan).text();
        Files.writeString(page, MarkedPart.replace(Files.readString(page), report));
        Files.writeString(docs.resolve("performance.svg"), new Chart(results).text());
        System.err.println("wrote " + page + " and performance.svg beside it");
        if (machine.isBusy()) {
            System.err.println("the machine was busy with something else: trust no figure but bytes and jars");
        }
        results.faults()
                .forEach((contender, reason) -> System.err.println(contender.key() + " says nothing: " + reason));
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
