package io.otabridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the benchmarks for JMH. */
final class Jmh {

    private Jmh() {}

    /** Runs all of them and reads what came of it. */
    static Map<String, Part> run(Path target, Plan plan) throws IOException, InterruptedException {
        Path report = target.resolve("jmh.csv");
        Files.deleteIfExists(report);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                ClassPath.read(target.resolve("classpath")).after(target.resolve("classes")),
                "org.openjdk.jmh.Main",
                "-prof",
                "gc",
                "-rf",
                "csv",
                "-rff",
                report.toString(),
                "-jvmArgs",
                "-Xmx512m"));
        command.addAll(plan.jmh());
        System.err.println("parts of a call");
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(target.resolve("jmh.log").toFile())
                .start()
                .waitFor();
        return Files.exists(report) ? Part.parse(Files.readAllLines(report)) : Map.of();
    }
}
