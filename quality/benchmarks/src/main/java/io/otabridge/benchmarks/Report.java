package io.otabridge.benchmarks;

import io.otabridge.benchmarks.Contender.Role;
import io.otabridge.benchmarks.Contender.Vendor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** The results as Markdown. */
final class Report {

    private static final String ABSENT = "–";

    private static final List<Metric> WARM =
            List.of(Metric.BYTES, Metric.CPU, Metric.P50, Metric.P99, Metric.CALLS_1, Metric.CALLS_8, Metric.CALLS_64);

    private static final List<Metric> COLD =
            List.of(Metric.COLD_WALL, Metric.COLD_CPU, Metric.CLASSES, Metric.MEMORY, Metric.JARS, Metric.CLASS_PATH);

    private final Results results;
    private final Map<String, Part> parts;
    private final Machine machine;
    private final Plan plan;
    private final StringBuilder text = new StringBuilder();

    Report(Results results, Map<String, Part> parts, Machine machine, Plan plan) {
        this.results = results;
        this.parts = parts;
        this.machine = machine;
        this.plan = plan;
    }

    String text() {
        text.setLength(0);
        line(machine.words() + ". Medians of " + plan.rounds() + " rounds and " + plan.coldStarts()
                + " fresh processes of each.");
        if (machine.isBusy()) {
            line("");
            line("**The machine was busy with something else: trust no figure but bytes and jars.**");
        }
        targets();
        table("A warm process", Contender.ALL, WARM);
        table(
                "A fresh process",
                Contender.ALL.stream()
                        .filter(contender -> contender.role() != Role.PACED)
                        .toList(),
                COLD);
        parts();
        faults();
        return text.toString();
    }

    private void targets() {
        heading("Against the targets");
        row("figure", "target", Vendor.HUAWEI.words, Vendor.ALIYUN.words);
        row("---", "---", "---", "---");
        for (Target target : Target.ALL) {
            row(target.metric().words, limits(target), judged(target, Vendor.HUAWEI), judged(target, Vendor.ALIYUN));
        }
        Contender ours = Contender.the(Vendor.HUAWEI, Role.OURS);
        both(Metric.JARS.words, Target.MOST_JARS, "", 0, results.median(ours, Metric.JARS));
        both(
                Metric.CLASS_PATH.words,
                Target.MOST_MEBIBYTES,
                " MiB",
                1,
                scaled(results.median(ours, Metric.CLASS_PATH), Metric.CLASS_PATH));
        List<Part> measured = Part.ON_EVERY_CALL.stream()
                .map(parts::get)
                .filter(Objects::nonNull)
                .toList();
        OptionalDouble nanos = measured.size() < Part.ON_EVERY_CALL.size()
                ? OptionalDouble.empty()
                : OptionalDouble.of(measured.stream().mapToDouble(Part::nanos).sum());
        OptionalDouble bytes = nanos.isEmpty()
                ? nanos
                : OptionalDouble.of(measured.stream().mapToDouble(Part::bytes).sum());
        both("governor, single flight and cache hit, time", Target.MOST_NANOS, " ns", 0, nanos);
        both("governor, single flight and cache hit, bytes", Target.MOST_BYTES, " B", 0, bytes);
    }

    private static String limits(Target target) {
        String huawei = number(target.huawei(), 2);
        String aliyun = number(target.aliyun(), 2);
        return (target.metric().isLessBetter ? "at most " : "at least ")
                + (huawei.equals(aliyun) ? huawei : huawei + " / " + aliyun)
                + (target.isToFloor() ? " × bare" : " × best SDK");
    }

    private String judged(Target target, Vendor vendor) {
        OptionalDouble ratio = target.ratio(results, vendor);
        return ratio.isEmpty()
                ? "not measured"
                : verdict(number(ratio.getAsDouble(), 2), target.isMet(ratio.getAsDouble(), vendor));
    }

    /** A row whose figure is the same for both vendors and must not exceed a limit. */
    private void both(String words, int most, String unit, int decimals, OptionalDouble value) {
        String judged = value.isEmpty()
                ? "not measured"
                : verdict(
                        number(value.getAsDouble(), decimals) + unit,
                        // As far as it is told: JMH counts parts of bytes.
                        value.getAsDouble() < most + 0.5 * Math.pow(10, -decimals));
        row(words, "at most " + most + unit, judged, judged);
    }

    private static String verdict(String figure, boolean isMet) {
        return figure + (isMet ? ", met" : ", **missed**");
    }

    private void table(String title, List<Contender> contenders, List<Metric> metrics) {
        heading(title);
        StringBuilder head = new StringBuilder("| |");
        StringBuilder rule = new StringBuilder("| --- |");
        for (Metric metric : metrics) {
            head.append(' ')
                    .append(metric.words)
                    .append(metric.unit.isEmpty() || metric.unit.equals("calls/s") ? "" : " (" + metric.unit + ")")
                    .append(" |");
            rule.append(" ---: |");
        }
        line(head.toString());
        line(rule.toString());
        for (Contender contender : contenders) {
            StringBuilder row =
                    new StringBuilder("| " + contender.vendor().words + ": " + results.words(contender) + " |");
            metrics.forEach(metric -> row.append(' ')
                    .append(shown(results.median(contender, metric), metric))
                    .append(" |"));
            line(row.toString());
        }
    }

    private void parts() {
        heading("Parts of a call");
        row("part", "ns", "bytes");
        row("---", "---:", "---:");
        Part.WORDS.forEach((name, words) -> {
            Part part = parts.get(name);
            row(
                    words,
                    part == null ? ABSENT : number(part.nanos(), 0),
                    part == null ? ABSENT : number(part.bytes(), 0));
        });
    }

    private void faults() {
        if (results.faults().isEmpty()) {
            return;
        }
        heading("What says nothing");
        results.faults()
                .forEach((contender, reason) ->
                        line("- " + contender.vendor().words + ": " + results.words(contender) + ": " + reason));
    }

    private static OptionalDouble scaled(OptionalDouble value, Metric metric) {
        return value.isEmpty() ? value : OptionalDouble.of(value.getAsDouble() / metric.scale);
    }

    /** A figure in the unit of its metric. */
    static String shown(OptionalDouble value, Metric metric) {
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
