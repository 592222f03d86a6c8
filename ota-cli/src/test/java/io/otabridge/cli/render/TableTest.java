package io.otabridge.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.cli.terminal.TerminalEscaper;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

    @Test
    void aligns_columns_by_display_width() {
        assertThat(Table.plain().row("名称", "温度计", "1").row("a", "b", "2").row("e\u0301e\u0301e\u0301", "🌸", "3"))
                .hasToString("""
                        名称  温度计  1
                        a     b       2
                        e\u0301e\u0301e\u0301   🌸      3
                        """);
    }

    @Test
    void keeps_line_breaks_inside_their_column() {
        assertThat(Table.indented().row("description", "one\ntwo\r\n\nfour").row("x", "y"))
                .hasToString("  description  one\n               two\n\n               four\n  x            y\n");
    }

    @Test
    void leaves_no_space_at_the_end_of_a_line() {
        assertThat(Table.plain().row("a", "").row("bb", "c")).hasToString("a\nbb  c\n");
    }

    private static Table packages() {
        return Table.of(
                        Column.required("ID"),
                        Column.optionalText(1, "PRODUCT"),
                        Column.optional(2, "KIND"),
                        Column.optional(3, "SIZE"),
                        Column.text("NOTE"))
                .row(List.of(
                        Cell.of("0123456789"),
                        Cell.of("thermometer"),
                        Cell.of("delta from 1.0", "delta"),
                        Cell.of("-"),
                        Cell.of("fixes the display and more")));
    }

    @Test
    void shortens_cells_before_it_omits_or_wraps() {
        assertThat(packages().fit(77)).isEqualTo(packages().toString());
        assertThat(packages().fit(60)).isEqualTo("""
                ID          PRODUCT      KIND   NOTE
                0123456789  thermometer  delta  fixes the display and more
                """);
    }

    @Test
    void wraps_text_before_it_omits_a_column() {
        assertThat(packages().fit(50)).isEqualTo("""
                ID          PRODUCT      KIND   NOTE
                0123456789  thermometer  delta  fixes the display
                                                and more
                """);
    }

    @Test
    void names_omitted_columns_and_omits_as_few_as_possible() {
        assertThat(packages().fit(42)).isEqualTo("""
                ID          PRODUCT      NOTE
                0123456789  thermometer  fixes the display
                                         and more

                Not shown, because the terminal is too
                narrow: KIND
                """);
    }

    @Test
    void omits_a_column_with_the_same_value_in_all_rows_first() {
        Table table = Table.of(Column.required("ID"), Column.optional(4, "SIZE"), Column.optional(3, "CREATED"))
                .row("0123456789", "12 MiB", "2026-01-01")
                .row("1234567890", "13 MiB", "2026-01-01");

        assertThat(table.fit(20)).startsWith("ID          SIZE\n").endsWith(" CREATED\n");
    }

    @Test
    void names_an_omitted_column_by_its_short_heading() {
        Table table = Table.of(Column.required("ID"), Column.optional(1, "VERIFICATION", "VERIFIED"))
                .row("0123456789", "yes");

        assertThat(table.fit(14)).contains("VERIFIED").doesNotContain("VERIFICATION");
    }

    @Test
    void writes_a_line_for_each_column_if_no_table_fits() {
        assertThat(packages().row("a", "b", "c", "d", "e").fit(18)).isEqualTo("""
                ID       0123456789
                PRODUCT  thermometer
                KIND     delta from 1.0
                SIZE     -
                NOTE     fixes the
                         display and more

                ID       a
                PRODUCT  b
                KIND     c
                SIZE     d
                NOTE     e
                """);
    }

    @Test
    void writes_a_long_word_whole() {
        String link = "https://store.example/" + "a".repeat(60);

        assertThat(Table.plain()
                        .row("link", link)
                        .row("text", "some words to wrap at spaces")
                        .fit(30))
                .isEqualTo("""
                link  %s
                text  some words to wrap at
                      spaces
                """.formatted(link));
    }

    @Test
    void measures_each_cell_once() {
        AtomicInteger measured = new AtomicInteger();
        Table table = new Table(
                "",
                text -> {
                    measured.incrementAndGet();
                    return text.length();
                },
                List.of());
        for (int row = 0; row < 5_000; row++) {
            table.row("id " + row, "温度计", "1.0." + row);
        }

        assertThat(table.toString().lines()).hasSize(5_000);
        assertThat(measured).hasValue(15_000);
    }

    @Test
    void measures_each_word_once_however_many_columns_are_omitted() {
        AtomicInteger measured = new AtomicInteger();
        Table table = new Table(
                "",
                text -> {
                    measured.incrementAndGet();
                    return text.length();
                },
                List.of(
                        Column.text("A"),
                        Column.optional(1, "B"),
                        Column.optional(2, "C"),
                        Column.optional(3, "D"),
                        Column.optional(4, "E")));
        for (int row = 1; row < 100; row++) {
            table.row("one two three", "bbbbbbbbbb", "cccccccccc", "dddddddddd", "eeeeeeeeee");
        }

        assertThat(table.fit(13)).startsWith("A\n").endsWith("\nB, C, D, E\n");
        // The lines of five columns, and the words of the first.
        assertThat(measured).hasValue(5 * 100 + 1 + 3 * 99);
    }

    @ParameterizedTest
    @CsvSource({
        "'\u001b[2J', '\\u001b[2J'",
        "'\u009b31m', '\\u009b31m'",
        "'a\u0000b', 'a\\u0000b'",
        "'a\tb', 'a\\tb'",
        "'\u007f', '\\u007f'",
        "'\u202egnp.exe', '\\u202egnp.exe'",
        "'\u2066x\u2069', '\\u2066x\\u2069'",
        "'\u200bx\ufeff', '\\u200bx\\ufeff'",
        "'a\u2028b', 'a\\u2028b'",
        "'\ud800', '\\ud800'",
        "'👩‍👩‍👧', '👩‍👩‍👧'",
        "'é温', 'é温'",
    })
    void shows_what_a_terminal_would_obey_or_hide(String text, String shown) {
        assertThat(TerminalEscaper.of(text)).isEqualTo(shown);
        assertThat(Table.plain().row("k", text)).hasToString("k  " + shown + "\n");
    }

    @Test
    void shows_code_points_past_the_basic_plane_with_eight_digits() {
        assertThat(TerminalEscaper.of(Character.toString(0xE0041))).isEqualTo("\\U000e0041");
    }
}
