package io.otabridge.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.otabridge.client.chain.SkewCorrectedClock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.junit.jupiter.params.provider.MethodSource;

/** For any {@code Date} and {@code Retry-After}, the delay is not negative and the clock can be set. */
class HttpResponseFuzzTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-15T08:15:30Z"), ZoneOffset.UTC);

    static List<byte[]> seeds() {
        return Stream.of(
                        "120",
                        "0",
                        "999999999",
                        "Thu, 15 Jan 2026 08:16:30 GMT",
                        "15 Jan 2026 08:16:30 +0100",
                        "Wed, 31 Dec 9999 23:59:59 GMT",
                        "Sat, 1 Jan 0001 00:00:00 GMT",
                        "Thu, 15 Jan 2026 24:00:00 GMT",
                        "Thursday, 15-Jan-26 08:16:30 GMT")
                .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_header_gives_a_valid_delay_and_date(byte[] input) {
        String value = new String(input, StandardCharsets.UTF_8);
        HttpResponse response = new HttpResponse(429, headers(value), input);

        response.retryAfter(CLOCK)
                .forEach(delay -> assertThat(delay.isNegative()).isFalse());
        response.date().forEach(date -> {
            SkewCorrectedClock clock = new SkewCorrectedClock(CLOCK);
            clock.learn(date);
            assertThat(clock.instant()).isBetween(date.minusSeconds(60), date.plusSeconds(60));
        });
    }

    /** The HTTP client rejects control characters and accepts all others. */
    private static Headers headers(String value) {
        String valid = value.replaceAll("[\\x00-\\x1f\\x7f]", " ");
        return new Headers.Builder()
                .addUnsafeNonAscii("Retry-After", valid)
                .addUnsafeNonAscii("Date", valid)
                .build();
    }
}
