package io.otabridge.client.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallFailuresTest {

    @ParameterizedTest
    @CsvSource({"PT10S, 10 s", "PT0.5S, 500 ms", "PT1.5S, 1500 ms", "PT0S, 0 ms"})
    void shows_whole_seconds_as_seconds(Duration duration, String text) {
        assertThat(CallFailures.duration(duration)).isEqualTo(text);
    }
}
