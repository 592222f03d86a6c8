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
    private static final String GROWTH = "--growth";

    private Benchmarks() {}

    /**
     * Runs for minutes, or with {@value #QUICK} for less than one. The quick figures say nothing, so they do not go
     * into the documentation.
     *
     * @param args the folder of this Maven module, and perhaps {@value #QUICK}, and {@value #GROWTH} for how cost grows in
     *     place of what a call costs
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> options = List.of(args);
        boolean isQuick = options.contains(QUICK);
        Programs programs = new Programs(Path.of(args[0]));
        deleteLogs(programs.target());
        Path docs = isQuick ? programs.target() : programs.module().resolveSibling("docs");
        Machine machine = Machine.here();
        if (options.contains(GROWTH)) {
            growth(programs, isQuick ? GrowthPlan.QUICK : GrowthPlan.FULL, machine, docs);
        } else {
            performance(programs, isQuick ? Plan.QUICK : Plan.FULL, machine, docs);
        }
        if (machine.isBusy()) {
            System.err.println("the machine was busy with something else: trust no figure but counts, bytes and jars");
        }
    }

    private static void performance(Programs programs, Plan plan, Machine machine, Path docs)
            throws IOException, InterruptedException {
        Results results = new Results();
        try (SideBySide sideBySide = new SideBySide(programs, plan, results)) {
            sideBySide.weigh();
            sideBySide.startCold();
            sideBySide.load();
        }
        Map<String, Part> parts = Jmh.run(programs.target(), plan);
        Files.writeString(programs.target().resolve("rounds.tsv"), results.table());
        write(docs, "performance", new Report(results, parts, machine, plan).text(), new Chart(results).text());
        results.faults()
                .forEach((contender, reason) -> System.err.println(contender.key() + " says nothing: " + reason));
    }

    private static void growth(Programs programs, GrowthPlan plan, Machine machine, Path docs) throws IOException {
        Growth growth = new Growth(programs, plan);
        growth.measure();
        GrowthReport report = new GrowthReport(growth, plan, machine);
        write(docs, "growth", report.text(), report.chart());
        growth.faults.forEach(System.err::println);
    }

    /** Puts the text between the marks of its page, and the drawing beside it. */
    private static void write(Path docs, String name, String text, String drawing) throws IOException {
        Path page = docs.resolve(name + ".md");
        if (docs.endsWith("target")) {
            Files.writeString(page, MarkedPart.BEGIN + "\n" + MarkedPart.END + "\n");
        }
        Files.writeString(page, MarkedPart.replace(Files.readString(page), text));
        Files.writeString(docs.resolve(name + ".svg"), drawing);
        System.err.println("wrote " + page + " and " + name + ".svg beside it");
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
