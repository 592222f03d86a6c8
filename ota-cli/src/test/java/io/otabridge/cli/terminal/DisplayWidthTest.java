package io.otabridge.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "MCU, 3",
        "a ~!, 4",
        "温度计, 6",
        "a温b, 4",
        "（全角）, 8",
        "ｱｲ, 2",
        "한국, 4",
        "🌸, 2",
        "👩‍👩‍👧‍👦, 2",
        "👍🏽, 2",
        "🇨🇳, 2",
        "🇨🇳🇩🇪, 4",
        "❤️, 2",
        "❤, 1",
        "…, 1",
        "𠀀, 2",
    })
    void counts_what_a_terminal_takes(String text, int columns) {
        assertThat(DisplayWidth.of(text)).isEqualTo(columns);
    }

    @Test
    void marks_and_joiners_have_no_width() {
        assertThat(DisplayWidth.of("e\u0301")).isEqualTo(1);
        assertThat(DisplayWidth.of("a\u200db")).isEqualTo(2);
        assertThat(DisplayWidth.of("\u1112\u1161\u11ab")).isEqualTo(2);
    }

    @Test
    void includes_both_ends_of_a_wide_range() {
        assertThat(DisplayWidth.of("\u4dff")).isEqualTo(1);
        assertThat(DisplayWidth.of("\u4e00")).isEqualTo(2);
        assertThat(DisplayWidth.of("\ua4cf")).isEqualTo(2);
        assertThat(DisplayWidth.of("\ua4d0")).isEqualTo(1);
        assertThat(DisplayWidth.of("\u10ff")).isEqualTo(1);
        assertThat(DisplayWidth.of("\u1100")).isEqualTo(2);
        assertThat(DisplayWidth.of(Character.toString(0x3FFFD))).isEqualTo(2);
        assertThat(DisplayWidth.of(Character.toString(0x3FFFE))).isEqualTo(1);
    }
}
