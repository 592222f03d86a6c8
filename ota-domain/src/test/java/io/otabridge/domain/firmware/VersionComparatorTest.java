package io.otabridge.domain.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionComparatorTest {

    private static final VersionComparator SEMANTIC = VersionComparator.SEMANTIC;
    private static final int SMALL_STACK = 144 * 1024;

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
        "1.0, 1.0.1",
        "1.2.3.9, 1.2.3.10",
        "1.2.3, 99999999999999999999999.0",
        "1.0.9-20180101.1001, 1.0.10-20180101.1001",
        "1.0.0-9-g2414721, 1.0.0-14-gbe9d5c1",
        "1.0.0-rc9, 1.0.0-rc10",
        "2024.01.31, 2024.02.01",
    })
    void orders_semantic_versions(String older, String newer) {
        assertThat(compare(older, newer).get()).isNegative();
        assertThat(compare(newer, older).get()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "app-1.0.9-20190530.1700, app-1.0.10-20190601.0900",
        "app-1.0.10-20190530.1700, app-1.0.10-20190601.0900",
        "1.0.9(build7), 1.0.10(build1)",
        "1.0.0 (build 9), 1.0.0 (build 12)",
        "9, 10",
        "v9, v10",
        "2024-09-30, 2024-10-01",
        "20231231, 20240101",
        "nightly_9, nightly_010",
        "fw99999999999999999999998, fw99999999999999999999999",
    })
    void orders_other_versions_of_one_form_by_their_numbers(String older, String newer) {
        assertThat(compare(older, newer).get()).isNegative();
        assertThat(compare(newer, older).get()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.0, app-9.0.0-2024",
        "app-1.0.0, boot-1.0.1",
        "app-1.0.0, App-1.0.1",
        "app-1.0.0, app-1.0.0-rc1",
        "app-1.0.9, app-1.0.10.1",
        "1.0.0(12), 1.0.0 (build 13)",
        "1.0.0_a, 1.0.0_b",
        "1.0.0, 20240101",
        "1.0.0, 2024-01-01",
        "stable, beta",
        "stable, 1.0.0",
        "１.２.９, １.２.１０",
        "٣.١, 3.1",
        "1..2, 1.2",
        "v 1.0, v1.0",
    })
    void does_not_compare_versions_of_different_forms(String one, String other) {
        assertThat(compare(one, other)).isEmpty();
        assertThat(compare(other, one)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0.0",
        "v1.0.0, 1.0.0",
        "1.0.0+a, 1.0.0+b",
        "1.0-rc, 1.0.0-rc",
        "x, x",
        "01.2, 1.02",
        "1.0.0-rc01, 1.0.0-rc1",
        "fw007, fw7",
    })
    void equal_versions_compare_as_zero(String one, String other) {
        assertThat(compare(one, other)).contains(0);
    }

    @Test
    void sorts_any_versions_for_display() {
        List<FirmwareVersion> sorted = Stream.of(
                        "app-1.0.9",
                        "app-1.0.10",
                        "final",
                        "0.1",
                        "1.0.0-1",
                        "1.0.0-a",
                        "1.0",
                        "1.0.1-rc",
                        "1.1",
                        "2.0",
                        "10.0.0")
                .map(FirmwareVersion::of)
                .toList();
        for (int seed = 0; seed < 200; seed++) {
            List<FirmwareVersion> shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.sort(VersionComparator.FOR_LISTS);
            assertThat(shuffled).isEqualTo(sorted);
        }
    }

    @Test
    void accepts_a_total_order() {
        VersionComparator byText = VersionComparator.of(Comparator.comparing(FirmwareVersion::value));

        assertThat(byText.compare(FirmwareVersion.of("beta"), FirmwareVersion.of("stable"))
                        .get())
                .isNegative();
    }

    @Test
    void compares_the_longest_versions() {
        String dots = "1" + ".1".repeat(120) + "-" + "a.".repeat(4);
        assertThat(compare(dots, dots + "!")).isEmpty();
        String digits = "9".repeat(250);
        assertThat(compare("1." + digits, "1.8" + digits).get()).isNegative();
    }

    private static Option<Integer> compare(String one, String other) {
        return SEMANTIC.compare(FirmwareVersion.of(one), FirmwareVersion.of(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-a", "1.0-a", "1.1", "1.1+b"})
    void a_long_version_needs_little_stack(String pattern) throws InterruptedException {
        String version = pattern.substring(0, 1) + pattern.substring(1).repeat(255 / (pattern.length() - 1));
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread thread = new Thread(
                null, () -> compare(version, version.substring(0, version.length() - 2)), "small-stack", SMALL_STACK);
        thread.setUncaughtExceptionHandler((same, problem) -> thrown.add(problem));
        thread.start();
        thread.join();

        assertThat(thrown).isEmpty();
    }
}
