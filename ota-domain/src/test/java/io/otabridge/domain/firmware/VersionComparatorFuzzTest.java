package io.otabridge.domain.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any three versions, one per line, are ordered consistently. */
class VersionComparatorFuzzTest {

    static List<byte[]> seeds() {
        return Stream.of(
                        "V1.0\nV1.1\nV1.1.0",
                        "1.0.0-alpha\n1.0.0-alpha.1\n1.0.0-alpha.beta",
                        "1.0.0-rc.1+build.7\n1.0.0\n1.0.0+x",
                        "1.0-01\n1.0-1\n1.0-1.0",
                        "v2.0\n2.0.0.0\nnewest",
                        "app-1.0.9-2018\napp-1.0.10-2018\napp-1.0.10-2019",
                        "1." + "9".repeat(99) + "\n1.10\nv1.9",
                        "1-" + "a-".repeat(120) + "\n1-a\n1")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_three_versions_are_ordered_consistently(byte[] input) {
        List<FirmwareVersion> versions = new String(input, StandardCharsets.UTF_8)
                .lines()
                .flatMap(line -> FirmwareVersion.parse(line).toJavaStream())
                .limit(3)
                .toList();
        for (FirmwareVersion a : versions) {
            for (FirmwareVersion b : versions) {
                assertThat(order(a, b)).as("%s and %s", a, b).isEqualTo(-order(b, a));
                VersionComparator.SEMANTIC
                        .compare(a, b)
                        .forEach(order -> assertThat(order(a, b)).isEqualTo(Integer.signum(order)));
                for (FirmwareVersion c : versions) {
                    assertThat(order(a, b) <= 0 && order(b, c) <= 0 && order(a, c) > 0)
                            .as("%s, %s and %s form a cycle", a, b, c)
                            .isFalse();
                    assertThat(isComparable(a, b) && isComparable(b, c))
                            .as("%s, %s and %s are comparable in pairs only", a, b, c)
                            .isEqualTo(isComparable(a, b) && isComparable(b, c) && isComparable(a, c));
                }
            }
        }
    }

    private static boolean isComparable(FirmwareVersion left, FirmwareVersion right) {
        return VersionComparator.SEMANTIC.compare(left, right).isDefined();
    }

    private static int order(FirmwareVersion left, FirmwareVersion right) {
        return Integer.signum(VersionComparator.FOR_LISTS.compare(left, right));
    }
}
