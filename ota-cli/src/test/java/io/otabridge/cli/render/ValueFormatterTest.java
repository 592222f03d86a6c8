package io.otabridge.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.VendorTimestamp;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueFormatterTest {

    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void formats_local_time_and_utc() {
        assertThat(at("Asia/Shanghai").time(time("2023-02-11T12:12:12Z")))
                .isEqualTo("2023-02-11 20:12:12 +08:00 (2023-02-11T12:12:12Z)");
        assertThat(at("America/New_York").time(time("2023-07-01T00:00:00.123Z")))
                .isEqualTo("2023-06-30 20:00:00 -04:00 (2023-07-01T00:00:00.123Z)");
        assertThat(at("UTC").time(time("2023-07-01T00:00:00Z"))).isEqualTo("2023-07-01T00:00:00Z");
    }

    @Test
    void formats_utc_if_local_time_is_out_of_range() {
        assertThat(at("Asia/Shanghai").time(Option.some(new VendorTimestamp("?", Option.some(Instant.MAX)))))
                .isEqualTo("+1000000000-12-31T23:59:59.999999999Z");
    }

    @Test
    void shows_an_unreadable_time_as_sent() {
        assertThat(at("UTC").time(Option.some(VendorTimestamp.unreadable("31/12/1999"))))
                .isEqualTo("31/12/1999 (as sent by the vendor)");
        assertThat(at("UTC").time(Option.none())).isEqualTo("-");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, expired",
        "0, in 0 ms",
        "90, in 90 s",
        "7199, in 119 min",
        "10800, in 3 h",
        "172800, in 2 days",
    })
    void formats_the_remaining_time_of_a_link(long seconds, String distance) {
        assertThat(at("UTC").expiry(Option.some(NOW.plusSeconds(seconds)))).endsWith("Z, " + distance);
    }

    @Test
    void shows_an_unknown_expiry_as_not_stated() {
        assertThat(at("UTC").expiry(Option.none())).isEqualTo("not stated");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "1023, 1023 bytes",
        "1024, 1024 bytes (1.0 KiB)",
        "93230, 93230 bytes (91.0 KiB)",
        "3221225472, 3221225472 bytes (3.0 GiB)",
        "9223372036854775807, 9223372036854775807 bytes (8.0 EiB)",
    })
    void formats_sizes_in_bytes_and_in_units(long bytes, String words) {
        assertThat(ValueFormatter.size(Option.some(bytes))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"PT0.25S, 250 ms", "PT30S, 30 s", "PT5M, 5 min", "PT3H, 3 h", "P9D, 9 days"})
    void formats_durations_in_one_unit(Duration duration, String words) {
        assertThat(ValueFormatter.duration(duration)).isEqualTo(words);
    }

    private static Option<VendorTimestamp> time(String instant) {
        return Option.some(VendorTimestamp.of(instant, Instant.parse(instant)));
    }

    private static ValueFormatter at(String zone) {
        return new ValueFormatter(ZoneId.of(zone), Clock.fixed(NOW, ZoneOffset.UTC), 80);
    }
}
