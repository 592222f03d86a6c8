package io.otabridge.benchmarks;

import io.otabridge.benchmarks.Contender.Role;
import io.otabridge.benchmarks.Contender.Vendor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** Formats the results as Markdown. */
final class Report {

    private static final String ABSENT = "–";

    private static final List<Metric> WARM =
            List.of(Metric.BYTES, Metric.CPU, Metric.P50, Metric.P99, Metric.CALLS_1, Metric.CALLS_8, Metric.CALLS_64);

    private static final List<Metric> COLD =
            List.of(Metric.COLD_WALL, Metric.COLD_CPU, Metric.CLASSES, Metric.MEMORY, Metric.JARS, Metric.CLASS_PATH);

    private final Results results;
    private final Map<String, PartCost> parts;
    private final Machine machine;
    private final Plan plan;
    private final StringBuilder text = new StringBuilder();

    Report(Results results, Map<String, PartCost> parts, Machine machine, Plan plan) {
        this.results = results;
        this.parts = parts;
        this.machine = machine;
        this.plan = plan;
    }

    String text() {
        text.setLength(0);
        line(machine.describe() + ". Medians of " + plan.rounds() + " rounds and " + plan.coldStarts()
                + " cold starts.");
        if (machine.isBusy()) {
            line("");
            line("**Other processes were using the machine. Only bytes and jars are reliable.**");
        }
        targets();
        table("Warm process", Contender.ALL, WARM);
        table(
                "New process",
                Contender.ALL.stream()
                        .filter(contender -> contender.role() != Role.RATE_LIMITED)
                        .toList(),
                COLD);
        parts();
        invalid();
        return text.toString();
    }

    private void targets() {
        heading("Comparison with the targets");
        row("figure", "target", Vendor.HUAWEI.label, Vendor.ALIYUN.label);
        row("---", "---", "---", "---");
        for (PerformanceTarget target : PerformanceTarget.ALL) {
            row(target.metric().label, limits(target), compare(target, Vendor.HUAWEI), compare(target, Vendor.ALIYUN));
        }
        Contender ours = Contender.the(Vendor.HUAWEI, Role.OURS);
        commonRow(Metric.JARS.label, PerformanceTarget.MAX_JARS, "", 0, results.median(ours, Metric.JARS));
        commonRow(
                Metric.CLASS_PATH.label,
                PerformanceTarget.MAX_MEBIBYTES,
                " MiB",
                1,
                scaled(results.median(ours, Metric.CLASS_PATH), Metric.CLASS_PATH));
        List<PartCost> measured = PartCost.OVERHEAD.stream()
                .map(parts::get)
                .filter(Objects::nonNull)
                .toList();
        OptionalDouble nanos = measured.size() < PartCost.OVERHEAD.size()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        measured.stream().mapToDouble(PartCost::nanos).sum());
        OptionalDouble bytes = nanos.isEmpty()
                ? nanos
                : OptionalDouble.of(
                        measured.stream().mapToDouble(PartCost::bytes).sum());
        commonRow(
                "overhead of rate limiting, coalescing and cache hit, time",
                PerformanceTarget.MAX_NANOS,
                " ns",
                0,
                nanos);
        commonRow(
                "overhead of rate limiting, coalescing and cache hit, bytes",
                PerformanceTarget.MAX_BYTES,
                " B",
                0,
                bytes);
    }

    private static String limits(PerformanceTarget target) {
        String huawei = number(target.huawei(), 2);
        String aliyun = number(target.aliyun(), 2);
        return (target.metric().isLessBetter ? "at most " : "at least ")
                + (huawei.equals(aliyun) ? huawei : huawei + " / " + aliyun)
                + (target.isToBaseline() ? " × bare" : " × best SDK");
    }

    private String compare(PerformanceTarget target, Vendor vendor) {
        OptionalDouble ratio = target.ratio(results, vendor);
        return ratio.isEmpty()
                ? "not measured"
                : result(number(ratio.getAsDouble(), 2), target.isMet(ratio.getAsDouble(), vendor));
    }

    /** Writes a row whose value is the same for both vendors and must not exceed a limit. */
    private void commonRow(String label, int max, String unit, int decimals, OptionalDouble value) {
        String result = value.isEmpty()
                ? "not measured"
                : result(
                        number(value.getAsDouble(), decimals) + unit,
                        // Compares the rounded value, because JMH reports fractions of bytes.
                        value.getAsDouble() < max + 0.5 * Math.pow(10, -decimals));
        row(label, "at most " + max + unit, result, result);
    }

    private static String result(String figure, boolean isMet) {
        return figure + (isMet ? ", met" : ", **missed**");
    }

    private void table(String title, List<Contender> contenders, List<Metric> metrics) {
        heading(title);
        StringBuilder head = new StringBuilder("| |");
        StringBuilder rule = new StringBuilder("| --- |");
        for (Metric metric : metrics) {
            head.append(' ')
                    .append(metric.label)
                    .append(metric.unit.isEmpty() || metric.unit.equals("calls/s") ? "" : " (" + metric.unit + ")")
                    .append(" |");
            rule.append(" ---: |");
        }
        line(head.toString());
        line(rule.toString());
        for (Contender contender : contenders) {
            StringBuilder row =
                    new StringBuilder("| " + contender.vendor().label + ": " + results.label(contender) + " |");
            metrics.forEach(metric -> row.append(' ')
                    .append(format(results.median(contender, metric), metric))
                    .append(" |"));
            line(row.toString());
        }
    }

    private void parts() {
        heading("Parts of a call");
        row("part", "ns", "bytes");
        row("---", "---:", "---:");
        PartCost.LABELS.forEach((name, label) -> {
            PartCost part = parts.get(name);
            row(
                    label,
                    part == null ? ABSENT : number(part.nanos(), 0),
                    part == null ? ABSENT : number(part.bytes(), 0));
        });
    }

    private void invalid() {
        if (results.invalid().isEmpty()) {
            return;
        }
        heading("Invalid results");
        results.invalid()
                .forEach((contender, reason) ->
                        line("- " + contender.vendor().label + ": " + results.label(contender) + ": " + reason));
    }

    private static OptionalDouble scaled(OptionalDouble value, Metric metric) {
        return value.isEmpty() ? value : OptionalDouble.of(value.getAsDouble() / metric.scale);
    }

    /** Formats a value in the unit of its metric. */
    static String format(OptionalDouble value, Metric metric) {
        return value.isEmpty() ? ABSENT : number(value.getAsDouble() / metric.scale, metric.decimals);
    }

    private static String number(double value, int decimals) {
        String number = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return number.equals("-0") ? "0" : number;
    }

    private void heading(String title) {
        line("");
        line("### " + title);
        line("");
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
