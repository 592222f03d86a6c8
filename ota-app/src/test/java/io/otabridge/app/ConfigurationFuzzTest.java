package io.otabridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.otabridge.domain.backend.BackendContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any configuration file is opened, or rejected with a {@link ConfigurationException} whose message is printable and
 * contains no environment variable.
 */
class ConfigurationFuzzTest {

    private static final String SECRET = "s3cret-value-of-a-variable";

    private final Path file;
    private final BackendContext context =
            BackendContext.system().withEnvironment(Map.of("SK", SECRET, "REGION", "cn-north-4"));

    ConfigurationFuzzTest() throws IOException {
        file = Files.createTempFile("ota", ".yaml");
        file.toFile().deleteOnExit();
    }

    static List<byte[]> seeds() {
        return Stream.of(
                        "b(TAB)ack? ds:but got { [a, [b, ${S" + "\t".repeat(101) + "K}{c: d}]\"[b, ${",
                        """
                        # Two accounts.
                        default: legacy
                        backends:
                          prod:
                            vendor: memory
                            region: ${REGION}   # a comment
                            credentials: { secret-key: "${SK}" }
                          legacy:
                            vendor: memory
                            region: 'cn-shanghai'
                            label: "华东"
                        products:
                          thermometer: { prod: 5ba24f5e, legacy: a19mzPZkL2x }
                        """,
                        """
                        backends:
                          a: {vendor: memory, region: "$${x", label: ${SK}}
                          a: &x
                            vendor: !!str ${SK}
                            region: |
                              ${SK}
                            label: >-
                              folded
                               ${SK}
                          b: *x
                        """,
                        "backends: [a, [b, {c: d}]]\n? [complex]\n: x\n---\n...\n",
                        "\uFEFFbackends:\r\n  a:\r\n\tvendor: x\r\n",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_file_is_opened_or_rejected_without_secrets(byte[] input) throws IOException {
        Files.write(file, input);
        try (OtaBridge bridge = OtaBridge.load(file, context)) {
            assertThat(bridge.backends()).isNotEmpty();
            assertThat(bridge.backend().name()).isEqualTo(bridge.defaultBackend());
        } catch (ConfigurationException invalid) {
            assertThat(invalid.errors()).isNotEmpty();
            assertThat(invalid.getMessage().lines()).allMatch(line -> line.length() < 500);
            assertThat(invalid.getMessage().replace("\n", ""))
                    .doesNotContain(SECRET)
                    .doesNotContainPattern("[\\p{Cc}\\p{Cs}]");
        }
    }
}
