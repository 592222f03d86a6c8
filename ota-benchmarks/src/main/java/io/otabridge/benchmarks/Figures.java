package io.otabridge.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was measured of something that grows, series by series, round by round. For one thread. */
final class Figures {

    private final String size;
    private final List<Column> columns;
    private final Map<String, TreeMap<Double, List<double[]>>> measured = new LinkedHashMap<>();

    /** One thing that was measured, and to how many decimals it is told. */
    record Column(String words, int decimals) {}

    /** @param size what grows */
    Figures(String size, Column... columns) {
        this.size = size;
        this.columns = List.of(columns);
    }

    /** Notes a round: a value for each column, {@code NaN} where it was not measured. */
    void add(String series, double atSize, double... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values are no row of " + columns);
        }
        measured.computeIfAbsent(series, unused -> new TreeMap<>())
                .computeIfAbsent(atSize, unused -> new ArrayList<>())
                .add(values.clone());
    }

    boolean isEmpty() {
        return measured.isEmpty();
    }

    Collection<String> series() {
        return measured.keySet();
    }

    /** All sizes of any series. */
    SortedSet<Double> sizes() {
        SortedSet<Double> sizes = new TreeSet<>();
        measured.values().forEach(rows -> sizes.addAll(rows.keySet()));
        return sizes;
    }

    /** The median of the rounds; {@code NaN} if it was not measured. */
    double value(String series, double atSize, String column) {
        int number = columns.stream().map(Column::words).toList().indexOf(column);
        double[] sorted = measured.getOrDefault(series, new TreeMap<>()).getOrDefault(atSize, List.of()).stream()
                .mapToDouble(values -> values[number])
                .sorted()
                .toArray();
        int count = sorted.length;
        return count == 0 ? Double.NaN : (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }

    /** As a table. */
    String markdown() {
        StringBuilder text = new StringBuilder("| | " + size + " |");
        columns.forEach(column -> text.append(' ').append(column.words).append(" |"));
        text.append("\n| --- |").append(" ---: |".repeat(columns.size() + 1)).append('\n');
        measured.forEach((series, rows) -> rows.keySet().forEach(atSize -> {
            text.append("| ")
                    .append(series)
                    .append(" | ")
                    .append(Svg.number(atSize))
                    .append(" |");
            columns.forEach(column -> text.append(' ')
                    .append(shown(value(series, atSize, column.words), column.decimals))
                    .append(" |"));
            text.append('\n');
        }));
        return text.toString();
    }

    /** A number as people read it. */
    static String shown(double value, int decimals) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
