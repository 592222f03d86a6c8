package io.otabridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.benchmarks.Contender.Role;
import io.otabridge.benchmarks.Contender.Vendor;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ReportTest {

    private static final Contender FLOOR = Contender.the(Vendor.ALIYUN, Role.FLOOR);
    private static final Contender OURS = Contender.the(Vendor.ALIYUN, Role.OURS);
    private static final List<Contender> SDKS = Contender.of(Vendor.ALIYUN, Role.SDK);

    private static final Map<String, Part> PARTS = Part.parse(List.of(
            "\"Benchmark\",\"Mode\",\"Threads\",\"Samples\",\"Score\",\"Score Error (99.9%)\",\"Unit\"",
            "\"io.otabridge.http.GovernanceBenchmark.turn\",\"avgt\",1,4,250.400000,NaN,\"ns/op\"",
            "\"io.otabridge.http.GovernanceBenchmark.turn:gc.alloc.rate.norm\",\"avgt\",1,4,48.000001,NaN,\"B/op\"",
            "\"io.otabridge.http.GovernanceBenchmark.coalesce\",\"avgt\",1,4,600,NaN,\"ns/op\"",
            "\"io.otabridge.http.GovernanceBenchmark.coalesce:gc.alloc.rate.norm\",\"avgt\",1,4,300,NaN,\"B/op\""));

    private final Results results = new Results();

    @Test
    void compares_within_rounds_and_not_across_them() {
        measure(FLOOR, Metric.CPU, 100_000, 900_000, 300_000);
        measure(OURS, Metric.CPU, 110_000, 990_000, 330_000);

        assertThat(results.ratio(OURS, FLOOR, Metric.CPU)).hasValue(1.1);
        assertThat(report()).contains("| CPU per call, 8 callers | at most 1.15 × bare | not measured | 1.10, met |");
    }

    @Test
    void compares_with_the_sdk_that_is_best_at_that() {
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
    void takes_no_figure_of_a_contender_whose_calls_failed() {
        measure(OURS, Metric.BYTES, 3000);
        measure(SDKS.get(0), Metric.BYTES, 10);
        results.name(SDKS.get(0), "7.47.0");
        results.invalidate(SDKS.get(0), "5 of 5 calls failed with 8 callers");

        assertThat(report())
                .contains("| at most 0.35 × best SDK | not measured | not measured |")
                .contains("- Alibaba Cloud: classic SDK 7.47.0: 5 of 5 calls failed with 8 callers");
    }

    @Test
    void judges_the_hot_path_only_when_all_of_it_is_measured() {
        assertThat(report())
                .contains("| a turn of the quota governor | 250 | 48 |")
                .contains("| a hit in the cache | – | – |")
                .contains("| governor, single flight and cache hit, bytes | at most 200 B | not measured |");
    }

    @Test
    void says_when_the_machine_was_busy() {
        assertThat(new Report(results, PARTS, machine(0.3), Plan.QUICK).text()).contains("**The machine was busy");
        assertThat(report()).doesNotContain("busy");
    }

    @Test
    void draws_a_bar_for_each_figure_and_no_script() throws Exception {
        measure(OURS, Metric.BYTES, 30_000);
        measure(SDKS.get(0), Metric.BYTES, 60_000);
        results.name(SDKS.get(0), "7 & <8>");

        Element svg = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(new Chart(results).text().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();

        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(svg.getTextContent()).contains("classic SDK 7 & <8>", "30.0", "60.0", "less is better");
    }

    @Test
    void ends_an_axis_at_a_number_that_divides() {
        assertThat(List.of(0.0, 0.7, 6.0, 61.0, 900.0))
                .map(Svg::roundAbove)
                .containsExactly(1.0, 0.8, 6.0, 80.0, 1000.0);
    }

    @Test
    void replaces_what_stands_between_the_marks_alone() {
        String page = "before\n" + MarkedPart.BEGIN + "\nold\n" + MarkedPart.END + "\nafter\n";

        assertThat(MarkedPart.replace(page, "new"))
                .isEqualTo("before\n" + MarkedPart.BEGIN + "\nnew\n" + MarkedPart.END + "\nafter\n");
        assertThatIllegalArgumentException().isThrownBy(() -> MarkedPart.replace("before\nafter\n", "new"));
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
