package io.otabridge.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the JMH benchmarks, each in a separate process. */
final class Jmh {

    private Jmh() {}

    /** Runs all benchmarks. The result omits benchmarks that failed. */
    static Map<String, PartCost> run(Path target, Plan plan) {
        System.err.println("measuring parts of a call");
        try {
            return parts(List.copyOf(new Runner(new OptionsBuilder()
                            .parent(new CommandLineOptions(plan.jmh().toArray(String[]::new)))
                            .addProfiler(GCProfiler.class)
                            .jvmArgs("-Xmx512m")
                            .output(target.resolve("jmh.log").toString())
                            .build())
                    .run()));
        } catch (RunnerException | CommandLineOptionException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static Map<String, PartCost> parts(List<RunResult> results) {
        Map<String, PartCost> parts = new LinkedHashMap<>();
        for (RunResult result : results) {
            Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
            parts.put(
                    result.getParams().getBenchmark(),
                    new PartCost(result.getPrimaryResult().getScore(), bytes == null ? Double.NaN : bytes.getScore()));
        }
        return parts;
    }
}
