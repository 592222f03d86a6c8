package io.otabridge.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The values values of all rounds. Not thread-safe. */
final class Results {

    private final Map<Contender, Map<Metric, List<Double>>> values = new LinkedHashMap<>();
    private final Map<Contender, String> invalid = new LinkedHashMap<>();
    private final Map<Contender, String> versions = new LinkedHashMap<>();

    void add(Contender contender, Metric metric, double value) {
        values.computeIfAbsent(contender, unused -> new EnumMap<>(Metric.class))
                .computeIfAbsent(metric, unused -> new ArrayList<>())
                .add(value);
    }

    void add(Contender contender, Metric metric, long value) {
        add(contender, metric, (double) value);
    }

    /** Sets the version of a contender. */
    void name(Contender contender, String version) {
        versions.put(contender, version);
    }

    /** Returns the label of a contender with its version. */
    String label(Contender contender) {
        String version = versions.getOrDefault(contender, "");
        return version.isEmpty() ? contender.label() : contender.label() + " " + version;
    }

    /** Marks the results of a contender as invalid. Only the first reason is stored. */
    void invalidate(Contender contender, String reason) {
        invalid.putIfAbsent(contender, reason);
    }

    /** Returns the contenders with invalid results and the reasons. */
    Map<Contender, String> invalid() {
        return invalid;
    }

    /** Returns the median over all rounds; empty if not values or invalid. */
    OptionalDouble median(Contender contender, Metric metric) {
        return median(rounds(contender, metric));
    }

    /**
     * Returns the ratio of two contenders: the median of the ratios within each round, so that temporary slowness of
     * the machine affects both. Empty if one of them was not values or is invalid.
     */
    OptionalDouble ratio(Contender contender, Contender other, Metric metric) {
        List<Double> ours = rounds(contender, metric);
        List<Double> theirs = rounds(other, metric);
        return median(IntStream.range(0, Math.min(ours.size(), theirs.size()))
                .mapToObj(round -> ours.get(round) / theirs.get(round))
                .toList());
    }

    /** Returns the ratio to the best official SDK of the vendor for this metric. */
    OptionalDouble ratioToBestSdk(Contender contender, Metric metric) {
        Comparator<Contender> byFigure =
                Comparator.comparingDouble(sdk -> median(sdk, metric).orElseThrow());
        return Contender.of(contender.vendor(), Contender.Role.SDK).stream()
                .filter(sdk -> median(sdk, metric).isPresent())
                .min(metric.isLessBetter ? byFigure : byFigure.reversed())
                .map(best -> ratio(contender, best, metric))
                .orElse(OptionalDouble.empty());
    }

    /** Returns the values of all rounds as tab-separated lines. */
    String table() {
        StringBuilder lines = new StringBuilder("contender\tmetric\trounds\n");
        values.forEach((contender, metrics) -> metrics.forEach((metric, rounds) -> {
            lines.append(contender.key()).append('\t').append(metric);
            rounds.forEach(value -> lines.append('\t').append(value));
            lines.append('\n');
        }));
        return lines.toString();
    }

    private List<Double> rounds(Contender contender, Metric metric) {
        return invalid.containsKey(contender)
                ? List.of()
                : values.getOrDefault(contender, Map.of()).getOrDefault(metric, List.of());
    }

    private static OptionalDouble median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        return size == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2);
    }
}
