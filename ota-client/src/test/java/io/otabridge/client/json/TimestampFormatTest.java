package io.otabridge.client.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampFormatTest {

    private static final TimestampFormat FORMAT = TimestampFormat.of("yyyy-MM-ddTHH:mm:ss.SSSZ");

    @Test
    void reads_every_part() {
        assertThat(FORMAT.parse("2024-02-29T23:59:58.007Z")).containsExactly(Instant.parse("2024-02-29T23:59:58.007Z"));
        assertThat(TimestampFormat.of("yyyyMMddTHHmmssZ").parse("20190303T084520Z"))
                .containsExactly(Instant.parse("2019-03-03T08:45:20Z"));
    }

    @Test
    void writes_what_it_reads() {
        assertThat(FORMAT.format(Instant.parse("2024-02-29T23:05:58.007Z"))).isEqualTo("2024-02-29T23:05:58.007Z");
        assertThat(TimestampFormat.of("yyyyMMddTHHmmssZ").format(Instant.parse("2019-03-03T08:45:20.999999999Z")))
                .isEqualTo("20190303T084520Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-02-29T23:59:58.007",
                "2024-02-29T23:59:58.007ZZ",
                "2024-02-29 23:59:58.007Z",
                "2024-02-29T23:59:58.00xZ",
                "2024-02-29T23:59:58.-07Z",
                "+024-02-29T23:59:58.007Z",
                "２024-02-29T23:59:58.007Z",
                "٢024-02-29T23:59:58.007Z"
            })
    void rejects_text_that_does_not_match_the_pattern(String text) {
        assertThat(FORMAT.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29T00:00:00.000Z",
                "2024-13-01T00:00:00.000Z",
                "2024-00-01T00:00:00.000Z",
                "2024-01-00T00:00:00.000Z",
                "2024-01-01T24:00:00.000Z",
                "2024-01-01T00:60:00.000Z",
                "2024-01-01T00:00:60.000Z"
            })
    void rejects_invalid_dates_and_times(String text) {
        assertThat(FORMAT.parse(text)).isEmpty();
    }
}
