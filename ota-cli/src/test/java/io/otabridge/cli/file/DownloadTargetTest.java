package io.otabridge.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.List;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTargetTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "温", "\uD840\uDC00", "é"})
    void the_longest_name_and_the_suffixes_of_an_unfinished_download_fit_into_255_bytes(String character) {
        String part = character.repeat(256);

        String name = DownloadTarget.fileName(List.of(part, part, part, "file20"));

        assertThat((name + ".ota-part.state").getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
        assertThat(name).matches("(" + character + "{16,}-){3}file20\\.bin");
    }

    @Test
    void short_names_are_not_cut() {
        assertThat(DownloadTarget.fileName(List.of("thermometer", "主控", "3.3.0")))
                .isEqualTo("thermometer-主控-3.3.0.bin");
    }
}
