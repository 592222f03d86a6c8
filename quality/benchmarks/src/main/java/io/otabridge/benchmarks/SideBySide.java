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

/** Measures contenders in turns, so that whatever else the machine does hits all of them alike. For one thread. */
final class SideBySide implements AutoCloseable {

    private static final String SOME_ID = "0123456789abcdef0123456789abcdef";

    private final Programs programs;
    private final Plan plan;
    private final Results results;
    private final ChildJvm server;
    private final String endpoint;

    SideBySide(Programs programs, Plan plan, Results results) throws IOException {
        this.programs = programs;
        this.plan = plan;
        this.results = results;
        this.server = programs.server();
        this.endpoint = "http://127.0.0.1:" + server.hear();
    }

    /** Looks at what is on each class path, and names the contenders by the version that is there. */
    void weigh() throws IOException {
        for (Contender contender : Contender.ALL) {
            ClassPath classPath = programs.classPath(contender);
            results.add(contender, Metric.JARS, classPath.jars().size());
            results.add(contender, Metric.CLASS_PATH, classPath.bytes());
            contender.artifact().ifPresent(jar -> results.name(contender, classPath.version(jar)));
        }
    }

    /** Asks once in a fresh process, again and again, and once more with an eye on the classes. */
    void startCold() throws IOException {
        List<Contender> starting = Contender.ALL.stream()
                .filter(contender -> contender.role() != Contender.Role.PACED)
                .toList();
        for (int round = 0; round < plan.coldStarts(); round++) {
            System.err.println("fresh processes, " + (round + 1) + " of " + plan.coldStarts());
            for (Contender contender : rotated(starting, round)) {
                firstAnswer(contender);
            }
        }
        for (Contender contender : starting) {
            results.add(contender, Metric.CLASSES, loadedClasses(contender));
        }
    }

    private void firstAnswer(Contender contender) throws IOException {
        long start = System.nanoTime();
        try (ChildJvm process = programs.contender(contender, List.of(), firstAnswerOf(contender))) {
            String answer = process.hear();
            long wall = System.nanoTime() - start;
            results.add(contender, Metric.COLD_WALL, wall);
            results.add(contender, Metric.COLD_CPU, process.cpuNanos());
            results.add(contender, Metric.MEMORY, process.mostBytes());
            if (!answer.equals(contender.vendor().version)) {
                results.invalidate(contender, "its first answer was " + answer);
            }
        }
    }

    private long loadedClasses(Contender contender) throws IOException {
        Path list = programs.target().resolve(contender.key() + ".classes");
        List<String> options = List.of("-Xlog:class+load:file=" + list);
        try (ChildJvm process = programs.contender(contender, options, firstAnswerOf(contender))) {
            process.hear();
        }
        try (var lines = Files.lines(list)) {
            return lines.filter(line -> line.contains(" source: ")).count();
        }
    }

    private List<String> firstAnswerOf(Contender contender) {
        return List.of(FirstAnswer.class.getName(), contender.type(), endpoint, SOME_ID);
    }

    /** Puts load on every contender: all are started and warmed, and then have their turn in every round. */
    void load() throws IOException {
        Map<Contender, ChildJvm> workers = new LinkedHashMap<>();
        try {
            for (Contender contender : Contender.ALL) {
                System.err.println("warming " + contender.key());
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
                        note(contender, stage.callers(), load(contender, worker, stage));
                    }
                }
            }
        } finally {
            workers.values().forEach(ChildJvm::close);
        }
    }

    private Load load(Contender contender, ChildJvm worker, Plan.Stage stage) throws IOException {
        long before = answered(server);
        Load load = Load.parse(worker.ask(stage.callers() + " " + stage.millis()));
        long answered = answered(server) - before;
        if (load.failures() > 0 || load.calls() == 0) {
            results.invalidate(
                    contender,
                    load.failures() + " of " + load.calls() + " calls failed with " + stage.callers() + " callers");
        } else if (answered != load.calls()) {
            results.invalidate(
                    contender,
                    "the server answered " + answered + " requests for " + load.calls() + " calls with "
                            + stage.callers() + " callers");
        }
        return load;
    }

    private void note(Contender contender, int callers, Load load) {
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

    /** How many requests a {@link Server} has answered so far. */
    static long answered(ChildJvm server) throws IOException {
        return Long.parseLong(server.ask(""));
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
