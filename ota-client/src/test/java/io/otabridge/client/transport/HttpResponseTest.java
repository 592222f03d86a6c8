package io.otabridge.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-15T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({"199, false", "200, true", "204, true", "299, true", "300, false", "404, false"})
    void is_a_success_from_200_to_299(int status, boolean success) {
        HttpResponse response = new HttpResponse(status, Headers.of(), new byte[0]);

        assertThat(response.isSuccess()).isEqualTo(success);
        assertThat(response.status()).isEqualTo(status);
    }

    @Test
    void finds_a_header_in_any_case_and_without_blanks_around_it() {
        assertThat(response("X-Request-Id", " r1 ").header("x-request-id")).contains("r1");
    }

    @Test
    void a_blank_header_is_absent() {
        assertThat(response("X-Request-Id", "  ").header("X-Request-Id")).isEmpty();
        assertThat(response("X-Request-Id", "r1").header("X-Other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "7, PT7S",
        "999999999, PT999999999S",
        "'Thu, 15 Jan 2026 12:00:30 GMT', PT30S",
        "'Thu, 15 Jan 2026 12:00:00 GMT', PT0S",
        "'Thu, 15 Jan 2026 11:59:00 GMT', PT0S"
    })
    void reads_a_delay_in_seconds_or_until_a_date(String value, Duration delay) {
        assertThat(response("Retry-After", value).retryAfter(NOON)).contains(delay);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "1.5", "1234567890", "15 Jan 2026", "Thu, 45 Jan 2026 12:00:30 GMT"})
    void ignores_an_invalid_delay(String value) {
        assertThat(response("Retry-After", value).retryAfter(NOON)).isEmpty();
    }

    @Test
    void reads_a_valid_date() {
        assertThat(response("Date", "Thu, 15 Jan 2026 08:15:30 GMT").date())
                .contains(Instant.parse("2026-01-15T08:15:30Z"));
        assertThat(response("Date", "yesterday").date()).isEmpty();
        assertThat(response("Server", "api").date()).isEmpty();
    }

    @Test
    void returns_the_whole_body_and_its_beginning_as_text() {
        byte[] body = "é".repeat(40_000).getBytes(StandardCharsets.UTF_8);
        HttpResponse response = new HttpResponse(500, Headers.of(), body);

        assertThat(response.body()).isEqualTo(body);
        assertThat(response.beginning()).isEqualTo("é".repeat(32_000));
        assertThat(new HttpResponse(500, Headers.of(), new byte[] {'n', 'o'}).beginning())
                .isEqualTo("no");
    }

    private static HttpResponse response(String name, String value) {
        return new HttpResponse(
                503, new Headers.Builder().addUnsafeNonAscii(name, value).build(), new byte[0]);
    }
}
