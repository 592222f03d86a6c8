package io.otabridge.domain.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {

    @ParameterizedTest
    @CsvSource({
        "1.9.0, 1.10.0",
        "1.0.0-alpha, 1.0.0-alpha.1",
        "1.0.0-alpha.1, 1.0.0-alpha.beta",
        "1.0.0-alpha.beta, 1.0.0-beta",
        "1.0.0-beta, 1.0.0-beta.2",
        "1.0.0-beta.2, 1.0.0-beta.11",
        "1.0.0-beta.11, 1.0.0-rc.1",
        "1.0.0-rc.1, 1.0.0",
        "v1.2, V1.3",
        "1, 1.0.1",
        "1.2.3, 99999999999999999999999.0",
        "nightly, 0.0.1",
        "build 7, nightly",
        "1..2, 0",
    })
    void puts_the_older_first(String older, String newer) {
        assertThat(compare(older, newer)).isNegative();
        assertThat(compare(newer, older)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1.0.0", "v1.0.0, 1.0.0", "1.0.0+a, 1.0.0+b", "1.0-rc, 1.0.0-rc", "x, x", "01.2, 1.02"})
    void takes_the_same_for_the_same(String one, String other) {
        assertThat(compare(one, other)).isZero();
    }

    @Test
    void is_an_order() {
        List<FirmwareVersion> sorted =
                List.of("", "final", "0.1", "1.0.0-1", "1.0.0-a", "1.0", "1.0.1-rc", "1.1", "2", "10.0.0").stream()
                        .map(text -> FirmwareVersion.of(text.isEmpty() ? "-" : text))
                        .toList();
        for (int seed = 0; seed < 200; seed++) {
            List<FirmwareVersion> shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.sort(VersionOrder.SEMANTIC);
            assertThat(shuffled).isEqualTo(sorted);
        }
    }

    @Test
    void reads_hostile_versions_in_no_time() {
        String dots = "1" + ".1".repeat(120) + "-" + "a.".repeat(4);
        assertThat(compare(dots, dots + "!")).isNegative();
    }

    private static int compare(String one, String other) {
        return VersionOrder.SEMANTIC.compare(FirmwareVersion.of(one), FirmwareVersion.of(other));
    }
}
