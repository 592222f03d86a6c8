package io.otabridge.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What was measured, round by round. For one thread. */
final class Results {

    private final Map<Contender, Map<Metric, List<Double>>> measured = new LinkedHashMap<>();
    private final Map<Contender, String> faults = new LinkedHashMap<>();
    private final Map<Contender, String> versions = new LinkedHashMap<>();

    void add(Contender contender, Metric metric, double value) {
        measured.computeIfAbsent(contender, unused -> new EnumMap<>(Metric.class))
                .computeIfAbsent(metric, unused -> new ArrayList<>())
                .add(value);
    }

    void add(Contender contender, Metric metric, long value) {
        add(contender, metric, (double) value);
    }

    /** Notes the version of a contender that is not ours. */
    void name(Contender contender, String version) {
        versions.put(contender, version);
    }

    /** What the contender is called in the report, with its version. */
    String words(Contender contender) {
        String version = versions.getOrDefault(contender, "");
        return version.isEmpty() ? contender.words() : contender.words() + " " + version;
    }

    /** Notes why a contender's figures say nothing; only the first reason is kept. */
    void invalidate(Contender contender, String reason) {
        faults.putIfAbsent(contender, reason);
    }

    /** Contenders whose figures say nothing, and why. */
    Map<Contender, String> faults() {
        return faults;
    }

    /** The median over all rounds; absent if it was not measured or says nothing. */
    OptionalDouble median(Contender contender, Metric metric) {
        return median(rounds(contender, metric));
    }

    /**
     * How many times the other's figure this contender's is: the median of the ratios within each round, as a machine
     * that is slow for a while is slow for both. Absent if one of them was not measured or says nothing.
     */
    OptionalDouble ratio(Contender contender, Contender other, Metric metric) {
        List<Double> ours = rounds(contender, metric);
        List<Double> theirs = rounds(other, metric);
        return median(IntStream.range(0, Math.min(ours.size(), theirs.size()))
                .mapToObj(round -> ours.get(round) / theirs.get(round))
                .toList());
    }

    /** How many times the figure of the best of the vendor's official SDKs this contender's is. */
    OptionalDouble ratioToBestSdk(Contender contender, Metric metric) {
        Comparator<Contender> byFigure =
                Comparator.comparingDouble(sdk -> median(sdk, metric).orElseThrow());
        return Contender.of(contender.vendor(), Contender.Role.SDK).stream()
                .filter(sdk -> median(sdk, metric).isPresent())
                .min(metric.isLessBetter ? byFigure : byFigure.reversed())
                .map(best -> ratio(contender, best, metric))
                .orElse(OptionalDouble.empty());
    }

    /** The figures of all rounds, a line each, for those who want to look closer. */
    String table() {
        StringBuilder lines = new StringBuilder("contender\tmetric\trounds\n");
        measured.forEach((contender, metrics) -> metrics.forEach((metric, rounds) -> {
            lines.append(contender.key()).append('\t').append(metric);
            rounds.forEach(value -> lines.append('\t').append(value));
            lines.append('\n');
        }));
        return lines.toString();
    }

    private List<Double> rounds(Contender contender, Metric metric) {
        return faults.containsKey(contender)
                ? List.of()
                : measured.getOrDefault(contender, Map.of()).getOrDefault(metric, List.of());
    }

    private static OptionalDouble median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        return size == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2);
    }
}
