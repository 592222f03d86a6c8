package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.otabridge.app.ConfigurationException;
import io.otabridge.app.OtaBridge;
import io.otabridge.domain.backend.Backend;
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
 * Any settings of the vendors open or throw a {@link ConfigurationException}, without showing a secret.
 */
class VendorSettingsFuzzTest {

    private static final String SECRET = "S3cret+Value/Of-A=Variable";

    private final Path file;
    private final BackendContext context = BackendContext.system()
            .withEnvironment(Map.of("SK", SECRET, "AK", "AKEXAMPLE0123456789"))
            .withHome(Path.of("no-such-home"));

    VendorSettingsFuzzTest() throws IOException {
        file = Files.createTempFile("ota", ".yaml");
        file.toFile().deleteOnExit();
    }

    static List<byte[]> seeds() {
        return Stream.of("""
                        backends:
                          prod:
                            vendor: huawei
                            region: cn-north-4
                            endpoint: https://1a2b.st1.iotda-app.cn-north-4.myhuaweicloud.com
                            project-id: 04ed32dc1b0025b52fe3c01a27c2b0a8
                            app-id: 61f7e74d036aca5be29e1ed4
                            instance-id: 1a7ffc5c-d89c-44dd-8265-b1653d951ce0
                            signature: auto
                            credentials: { access-key: "${AK}", secret-key: "${SK}" }
                            timeout: 10s
                            retries: 2
                            max-response-bytes: 8388608
                            quota: { QueryOTAFirmware: 20, total: 100, local-share: 0.25 }
                        """, """
                        backends:
                          legacy:
                            vendor: aliyun
                            region: cn-shanghai
                            instance-id: iot-cn-0pp1n8t
                            signature: hmac-sha1
                            account: shared
                            pacing: on
                            circuit-breaker: off
                            credentials: { access-key: "${AK}", secret-key: "${SK}", security-token: "${SK}" }
                            quota: { default: 10, QueryOTAFirmware: 500ms }
                        """, """
                        backends:
                          site:
                            vendor: tuya
                            endpoint: http://si-1a2b.tuyacloud.com:8686
                            allow-cleartext: true
                            credentials: { access-key: "${AK}", secret-key: "${SK}" }
                        """, """
                        backends:
                          token:
                            vendor: huawei
                            endpoint: https://user:${SK}@h
                            signature: derived
                            project-id: ${SK}
                            credentials: { token: "${SK}" }
                        """)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_settings_open_or_are_refused_without_secrets(byte[] input) throws IOException {
        Files.write(file, input);
        try (OtaBridge bridge = OtaBridge.load(file, context)) {
            for (Backend backend : bridge.backends()) {
                assertThat(backend.endpoint() + backend.authentication()).doesNotContain(SECRET);
            }
        } catch (ConfigurationException refused) {
            assertThat(refused.getMessage().replace("\n", ""))
                    .isNotBlank()
                    .doesNotContain(SECRET)
                    .doesNotContainPattern("[\\p{Cc}\\p{Cs}]");
        }
    }
}
