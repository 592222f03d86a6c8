package io.otabridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.benchmarks.Contender.Role;
import io.otabridge.benchmarks.Contender.Vendor;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Contender BASELINE = Contender.the(Vendor.ALIYUN, Role.BASELINE);
    private static final Contender OURS = Contender.the(Vendor.ALIYUN, Role.OURS);
    private static final List<Contender> SDKS = Contender.of(Vendor.ALIYUN, Role.SDK);

    private static final Map<String, PartCost> PARTS = Map.of(
            "io.otabridge.benchmarks.OverheadBenchmark.permit", new PartCost(250.4, 48.000001),
            "io.otabridge.benchmarks.OverheadBenchmark.coalesce", new PartCost(600, 300));

    private final Results results = new Results();

    @Test
    void compares_within_each_round() {
        measure(BASELINE, Metric.CPU, 100_000, 900_000, 300_000);
        measure(OURS, Metric.CPU, 110_000, 990_000, 330_000);

        assertThat(results.ratio(OURS, BASELINE, Metric.CPU)).hasValue(1.1);
        assertThat(report()).contains("| CPU per call, 8 callers | at most 1.15 × bare | not measured | 1.10, met |");
    }

    @Test
    void compares_with_the_best_sdk_for_a_metric() {
        measure(OURS, Metric.CALLS_64, 1800);
        measure(SDKS.get(0), Metric.CALLS_64, 1000);
        measure(SDKS.get(1), Metric.CALLS_64, 300);
        measure(OURS, Metric.BYTES, 3000);
        measure(SDKS.get(0), Metric.BYTES, 12_000);
        measure(SDKS.get(1), Metric.BYTES, 10_000);

        assertThat(report())
                .contains("| at least 1.50 / 2.00 × best SDK | not measured | 1.80, **missed** |")
                .contains("| at most 0.35 × best SDK | not measured | 0.30, met |");
    }

    @Test
    void omits_contenders_with_failed_calls() {
        measure(OURS, Metric.BYTES, 3000);
        measure(SDKS.get(0), Metric.BYTES, 10);
        results.name(SDKS.get(0), "7.47.0");
        results.invalidate(SDKS.get(0), "5 of 5 calls failed with 8 callers");

        assertThat(report())
                .contains("| at most 0.35 × best SDK | not measured | not measured |")
                .contains("- Alibaba Cloud: classic SDK 7.47.0: 5 of 5 calls failed with 8 callers");
    }

    @Test
    void compares_the_overhead_only_if_all_of_it_is_measured() {
        assertThat(report())
                .contains("| rate limiting, permit available | 250 | 48 |")
                .contains("| cache hit | – | – |")
                .contains(
                        "| overhead of rate limiting, coalescing and cache hit, bytes | at most 200 B | not measured |");
    }

    @Test
    void reports_a_busy_machine() {
        assertThat(new Report(results, PARTS, machine(0.3), Plan.QUICK).text())
                .contains("**Other processes were using the machine");
        assertThat(report()).doesNotContain("Other processes");
    }

    @Test
    void replaces_only_the_generated_section() {
        String page = "before\n" + GeneratedSection.BEGIN + "\nold\n" + GeneratedSection.END + "\nafter\n";

        assertThat(GeneratedSection.replace(page, "new"))
                .isEqualTo("before\n" + GeneratedSection.BEGIN + "\nnew\n" + GeneratedSection.END + "\nafter\n");
        assertThatIllegalArgumentException().isThrownBy(() -> GeneratedSection.replace("before\nafter\n", "new"));
    }

    private void measure(Contender contender, Metric metric, double... rounds) {
        for (double round : rounds) {
            results.add(contender, metric, round);
        }
    }

    private String report() {
        return new Report(results, PARTS, machine(0.05), Plan.FULL).text();
    }

    private static Machine machine(double load) {
        return new Machine("Example CPU", 2, "VM 17", "Linux amd64", LocalDate.of(2026, 1, 2), load);
    }
}
