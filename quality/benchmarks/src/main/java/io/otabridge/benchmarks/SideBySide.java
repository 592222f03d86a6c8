package io.otabridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Measures the contenders alternately, so that other load on the machine affects all of them equally. Not thread-safe.
 */
final class SideBySide implements AutoCloseable {

    private static final String SOME_ID = "0123456789abcdef0123456789abcdef";

    private final ProcessLauncher programs;
    private final Plan plan;
    private final Results results;
    private final ChildJvm server;
    private final String endpoint;

    SideBySide(ProcessLauncher programs, Plan plan, Results results) throws IOException {
        this.programs = programs;
        this.plan = plan;
        this.results = results;
        this.server = programs.server();
        this.endpoint = "http://127.0.0.1:" + server.readLine();
    }

    /** Measures the class paths and determines the versions of the contenders. */
    void measureClassPaths() throws IOException {
        for (Contender contender : Contender.ALL) {
            ClassPath classPath = programs.classPath(contender);
            results.add(contender, Metric.JARS, classPath.jars().size());
            results.add(contender, Metric.CLASS_PATH, classPath.bytes());
            contender.artifact().ifPresent(jar -> results.name(contender, classPath.version(jar)));
        }
    }

    /** Measures the first call of new processes, and counts the loaded classes in a separate run. */
    void measureColdStarts() throws IOException {
        List<Contender> starting = Contender.ALL.stream()
                .filter(contender -> contender.role() != Contender.Role.RATE_LIMITED)
                .toList();
        for (int round = 0; round < plan.coldStarts(); round++) {
            System.err.println("cold starts, " + (round + 1) + " of " + plan.coldStarts());
            for (Contender contender : rotated(starting, round)) {
                coldStart(contender);
            }
        }
        for (Contender contender : starting) {
            results.add(contender, Metric.CLASSES, loadedClasses(contender));
        }
    }

    private void coldStart(Contender contender) throws IOException {
        long start = System.nanoTime();
        try (ChildJvm process = programs.contender(contender, List.of(), coldStartOf(contender))) {
            String version = process.readLine();
            long wall = System.nanoTime() - start;
            results.add(contender, Metric.COLD_WALL, wall);
            results.add(contender, Metric.COLD_CPU, process.cpuNanos());
            results.add(contender, Metric.MEMORY, process.peakBytes());
            if (!version.equals(contender.vendor().version)) {
                results.invalidate(contender, "its first result was " + version);
            }
        }
    }

    private long loadedClasses(Contender contender) throws IOException {
        Path list = programs.target().resolve(contender.key() + ".classes");
        List<String> options = List.of("-Xlog:class+load:file=" + list);
        try (ChildJvm process = programs.contender(contender, options, coldStartOf(contender))) {
            process.readLine();
        }
        try (var lines = Files.lines(list)) {
            return lines.filter(line -> line.contains(" source: ")).count();
        }
    }

    private List<String> coldStartOf(Contender contender) {
        return List.of(ColdStartProgram.class.getName(), contender.type(), endpoint, SOME_ID);
    }

    /** Measures all contenders under load. Starts and warms up all of them, then measures each in every round. */
    void measureLoad() throws IOException {
        Map<Contender, ChildJvm> workers = new LinkedHashMap<>();
        try {
            for (Contender contender : Contender.ALL) {
                System.err.println("warming up " + contender.key());
                ChildJvm worker = programs.worker(contender, endpoint);
                workers.put(contender, worker);
                for (Plan.Stage stage : plan.warmUp()) {
                    load(contender, worker, stage);
                }
            }
            for (int round = 0; round < plan.rounds(); round++) {
                System.err.println("load, round " + (round + 1) + " of " + plan.rounds());
                for (Plan.Stage stage : plan.load()) {
                    for (Contender contender : rotated(Contender.ALL, round)) {
                        ChildJvm worker = Objects.requireNonNull(workers.get(contender));
                        record(contender, stage.callers(), load(contender, worker, stage));
                    }
                }
            }
        } finally {
            workers.values().forEach(ChildJvm::close);
        }
    }

    private LoadResult load(Contender contender, ChildJvm worker, Plan.Stage stage) throws IOException {
        long before = requests(server);
        LoadResult load = LoadResult.parse(worker.send(stage.callers() + " " + stage.millis()));
        long requests = requests(server) - before;
        if (load.failures() > 0 || load.calls() == 0) {
            results.invalidate(
                    contender,
                    load.failures() + " of " + load.calls() + " calls failed with " + stage.callers() + " callers");
        } else if (requests != load.calls()) {
            results.invalidate(
                    contender,
                    "the server received " + requests + " requests for " + load.calls() + " calls with "
                            + stage.callers() + " callers");
        }
        return load;
    }

    private void record(Contender contender, int callers, LoadResult load) {
        results.add(contender, Metric.calls(callers), load.callsPerSecond());
        if (callers == 1) {
            results.add(contender, Metric.P50, load.p50Nanos());
            results.add(contender, Metric.P99, load.p99Nanos());
        }
        if (callers == 8) {
            results.add(contender, Metric.CPU, load.perCall(load.cpuNanos()));
            results.add(contender, Metric.BYTES, load.perCall(load.bytes()));
        }
    }

    /** Returns the number of requests that a {@link Server} has handled so far. */
    static long requests(ChildJvm server) throws IOException {
        return Long.parseLong(server.send(""));
    }

    private static List<Contender> rotated(List<Contender> contenders, int round) {
        List<Contender> rotated = new ArrayList<>(contenders);
        Collections.rotate(rotated, -round * 3);
        return rotated;
    }

    @Override
    public void close() {
        server.close();
    }
}
