package io.otabridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.benchmarks.Figures.Column;
import io.otabridge.benchmarks.LineChart.Panel;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class FiguresTest {

    private final Figures figures = new Figures("callers", new Column("calls a second", 1), new Column("threads", 0));

    @Test
    void tells_the_median_of_the_rounds() {
        figures.add("a", 8, 30, 4);
        figures.add("a", 1, 10, 3);
        figures.add("a", 1, 90, 3);
        figures.add("a", 1, 20, Double.NaN);

        assertThat(figures.markdown()).isEqualTo("""
                        | | callers | calls a second | threads |
                        | --- | ---: | ---: | ---: |
                        | a | 1 | 20.0 | 3 |
                        | a | 8 | 30.0 | 4 |
                        """);
        assertThat(figures.value("b", 1, "threads")).isNaN();
    }

    @Test
    void takes_no_row_that_lacks_a_value() {
        assertThatIllegalArgumentException().isThrownBy(() -> figures.add("a", 1, 10));
    }

    @Test
    void draws_a_line_for_each_series_and_no_script() throws Exception {
        figures.add("a & b", 1, 10, 1);
        figures.add("a & b", 1_000_000, 100_000, 1);
        figures.add("c", 1, 20, Double.NaN);
        List<Panel> panels = List.of(
                new Panel("Calls", "callers", figures, "calls a second", true),
                new Panel("Threads", "callers", figures, "threads", false),
                new Panel("Nothing", "callers", new Figures("x"), "y", false));

        Element svg = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(new LineChart(panels).text().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();

        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(4);
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(4 + 5);
        assertThat(svg.getTextContent()).contains("a & b", "1M", "Calls").doesNotContain("Nothing", "NaN");
    }
}
