package io.otabridge.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextWrapperTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "one two three   | 8  | one two/three",
                "one two three   | 7  | one two/three",
                "one two three   | 3  | one/two/three",
                "a https://x.y/z | 5  | a/https://x.y/z",
                "两个温度计      | 4  | 两个/温度/计",
                "修复，了问题    | 4  | 修/复，/了问/题",
                "fix 温度计 now  | 6  | fix 温/度计/now",
                "unchanged       | 80 | unchanged",
            })
    void wraps_between_words(String text, int width, String lines) {
        assertThat(String.join("/", TextWrapper.wrap(text, width))).isEqualTo(lines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' one two'   | 4 | ' one/two'",
                "' four two'  | 4 | four/two",
                "'   温度计'  | 4 | 温度/计",
                "' lengthy a' | 3 | lengthy/a",
            })
    void leaves_out_blanks_at_the_beginning_that_have_no_room(String text, int width, String lines) {
        assertThat(String.join("/", TextWrapper.wrap(text, width))).isEqualTo(lines);
    }

    @Test
    void keeps_lines_apart() {
        assertThat(TextWrapper.wrapLines("one two\nthree", 4)).isEqualTo("one\ntwo\nthree");
        assertThat(TextWrapper.wrapLines("one two", Terminal.UNLIMITED)).isEqualTo("one two");
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "0, 80", "-3, 80", "wide, 80", ", 80", "9999999999, 80", "5, 20"})
    void reads_the_width_of_a_terminal(String text, int columns) {
        assertThat(Terminal.columns(text)).isEqualTo(columns);
    }
}
