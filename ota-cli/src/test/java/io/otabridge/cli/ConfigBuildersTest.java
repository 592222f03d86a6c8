package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.otabridge.aliyun.AliyunConfig;
import io.otabridge.aliyun.AliyunProvider;
import io.otabridge.aliyun.TuyaConfig;
import io.otabridge.aliyun.TuyaProvider;
import io.otabridge.app.ConfigurationException;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.client.credentials.AccessKeyProvider;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendConfig;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.huawei.HuaweiConfig;
import io.otabridge.huawei.HuaweiProvider;
import io.vavr.control.Either;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the builders of the vendors are equivalent to the settings of a file, with the same checks. */
class ConfigBuildersTest {

    private static final HuaweiConfig.Builder HUAWEI = HuaweiConfig.builder()
            .endpoint("https://iotda.cn-north-4.myhuaweicloud.com")
            .region("cn-north-4")
            .projectId("0a")
            .appId("space")
            .instanceId("instance")
            .signature(HuaweiConfig.Signature.DERIVED)
            .timeout(Duration.ofMillis(1500))
            .retries(1)
            .circuitBreaker(false)
            .maxResponseBytes(1000)
            .allowCleartext(false)
            .account("company")
            .obsBucket("fw-bucket")
            .obsRegion("cn-north-4")
            .obsEndpoint("https://obs.example.com")
            .obsPrefix("ota")
            .pacing(true)
            .quotaTotal(400)
            .quotaLocalShare(0.5)
            .cacheFirmware(Duration.ofMinutes(5))
            .cacheModules(Duration.ofSeconds(90))
            .cacheStale(Duration.ofHours(1000))
            .cacheEntries(10)
            .temporaryKey("AKTEST", "SecretTest", "TokenTest");

    private static final AliyunConfig.Builder ALIYUN = AliyunConfig.builder()
            .endpoint("https://iot.cn-shanghai.aliyuncs.com")
            .region("cn-shanghai")
            .instanceId("iot-1")
            .signature(AliyunConfig.Signature.HMAC_SHA1)
            .uploadHostSuffix(".oss-cn-shanghai.aliyuncs.com")
            .timeout(Duration.ofSeconds(3))
            .retries(0)
            .circuitBreaker(true)
            .maxResponseBytes(1000)
            .allowCleartext(false)
            .account("company")
            .pacing(false)
            .quota("QueryOTAFirmware", 20)
            .quotaLocalShare(1)
            .accessKey("AKTEST", "SecretTest");

    private static final TuyaConfig.Builder TUYA = TuyaConfig.builder()
            .endpoint("https://si-1.tuyacloud.com:8686")
            .uploadHostSuffix("store.example.com")
            .timeout(Duration.ofSeconds(3))
            .retries(0)
            .circuitBreaker(true)
            .maxResponseBytes(1000)
            .allowCleartext(true)
            .accessKey("AKTEST", "SecretTest");

    private final BackendContext context = BackendContext.system()
            .withEnvironment(Map.of())
            .withResource(AccessKeyProvider.class, backend -> Either.left(null));

    @TempDir
    private Path directory;

    static Stream<Arguments> typed() {
        return Stream.of(
                Arguments.of(HUAWEI.build(), """
                        vendor: huawei
                            endpoint: https://iotda.cn-north-4.myhuaweicloud.com
                            region: cn-north-4
                            project-id: 0a
                            signature: derived
                            credentials: { access-key: AKTEST, secret-key: SecretTest, security-token: TokenTest }
                        """),
                Arguments.of(ALIYUN.build(), """
                        vendor: aliyun
                            region: cn-shanghai
                            signature: hmac-sha1
                            credentials: { access-key: AKTEST, secret-key: SecretTest }
                        """),
                Arguments.of(TUYA.build(), """
                        vendor: tuya
                            endpoint: https://si-1.tuyacloud.com:8686
                            credentials: { access-key: AKTEST, secret-key: SecretTest }
                        """),
                Arguments.of(
                        HuaweiConfig.builder()
                                .region("cn-north-4")
                                .projectId("0a")
                                .user("reader", "Pass-Word-1", "company")
                                .build(),
                        """
                        vendor: huawei
                            region: cn-north-4
                            project-id: 0a
                            credentials: { user-name: reader, password: Pass-Word-1, account-name: company }
                        """),
                Arguments.of(
                        AliyunConfig.builder()
                                .region("cn-shanghai")
                                .ecsKeys("reader")
                                .build(),
                        """
                        vendor: aliyun
                            region: cn-shanghai
                            credentials: { source: ecs, role: reader }
                        """));
    }

    @ParameterizedTest
    @MethodSource("typed")
    void builders_are_equivalent_to_a_file(BackendConfig config, String file) throws IOException {
        try (OtaBridge typed = OtaBridge.of(of(config), context);
                OtaBridge read = OtaBridge.load(yaml(file), context)) {
            Backend expected = read.backend();
            assertThat(typed.backend().name()).isEqualTo(expected.name());
            assertThat(typed.backend().vendor()).isEqualTo(expected.vendor());
            assertThat(typed.backend().endpoint()).isEqualTo(expected.endpoint());
            assertThat(typed.backend().authentication()).isEqualTo(expected.authentication());
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(HuaweiConfig.builder().build(), "vendor: huawei"),
                Arguments.of(
                        HuaweiConfig.builder()
                                .region("CN North")
                                .projectId("xyz")
                                .accessKey("a b", "c")
                                .token("t")
                                .timeout(Duration.ZERO)
                                .retries(10)
                                .quotaTotal(0)
                                .cacheEntries(0)
                                .build(),
                        """
                        vendor: huawei
                            region: CN North
                            project-id: xyz
                            credentials: { access-key: a b, secret-key: c, token: t }
                            timeout: 0s
                            retries: 10
                            quota: { total: 0 }
                            cache: { entries: 0 }
                        """),
                Arguments.of(
                        AliyunConfig.builder().region("x y").quota("NoSuch", 1).build(), """
                        vendor: aliyun
                            region: x y
                            quota: { NoSuch: 1 }
                        """),
                Arguments.of(TuyaConfig.builder().build(), "vendor: tuya"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void builders_report_the_same_errors_as_a_file(BackendConfig config, String file) throws IOException {
        Path yaml = yaml(file);

        assertThat(errors(() -> OtaBridge.of(of(config), context)))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(errors(() -> OtaBridge.load(yaml, context)));
    }

    static Stream<Arguments> vendors() {
        return Stream.of(
                Arguments.of(
                        new HuaweiProvider(),
                        List.of(
                                HUAWEI.build(),
                                HuaweiConfig.builder()
                                        .jobsWithPackageIds()
                                        .token("t")
                                        .user("u", "p", "a")
                                        .iamEndpoint("https://iam.example")
                                        .ecsKeys()
                                        .metadataEndpoint("http://127.0.0.1")
                                        .applicationKeys()
                                        .quotaRedis("redis://h")
                                        .build())),
                Arguments.of(
                        new AliyunProvider(),
                        List.of(
                                ALIYUN.build(),
                                AliyunConfig.builder()
                                        .maxDevicesPerJob(1)
                                        .temporaryKey("a", "s", "t")
                                        .ecsKeys("r")
                                        .uriKeys("https://keys.example")
                                        .metadataEndpoint("http://127.0.0.1")
                                        .applicationKeys()
                                        .quotaRedis("redis://h")
                                        .build())),
                Arguments.of(new TuyaProvider(), List.of(TUYA.build())));
    }

    /** An unknown key in each section makes an adapter list all known keys. */
    @ParameterizedTest
    @MethodSource("vendors")
    void have_every_setting_that_the_adapter_reads(BackendProvider provider, List<BackendConfig> configs) {
        Set<String> known = provider.open(
                        "prod",
                        SettingsReader.of(
                                "backends.prod",
                                Map.of("@", "x", "credentials", Map.of("@", "x"), "quota", Map.of("@", "x"))),
                        context)
                .getLeft()
                .map(Object::toString)
                .filter(error -> error.contains("known here: "))
                .flatMap(error -> io.vavr.collection.List.of(
                        error.replaceFirst(".*known here: ", "").split(", ")))
                .toJavaStream()
                // Operations with a quota, and the number of others.
                .filter(key -> key.matches("[a-z-]+"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(known).contains("endpoint", "timeout", "access-key");
        assertThat(configs.stream()
                        .flatMap(config -> config.settings().entrySet().stream())
                        .flatMap(setting -> setting.getValue() instanceof Map<?, ?> section
                                ? Stream.concat(
                                        Stream.of(setting.getKey()),
                                        section.keySet().stream().map(String::valueOf))
                                : Stream.of(setting.getKey())))
                .containsAll(known);
    }

    @Test
    void show_no_secret() {
        assertThat(HUAWEI.build() + " " + HUAWEI.build().settings() + " "
                        + ALIYUN.build().settings())
                .contains("cn-north-4")
                .doesNotContain("SecretTest", "TokenTest", "AKTEST");
    }

    @Test
    void are_not_changed_by_their_builder() {
        TuyaConfig.Builder builder = TuyaConfig.builder().accessKey("AKTEST", "SecretTest");
        BackendConfig config = builder.build();

        builder.endpoint("https://h").cacheFirmware(Duration.ofSeconds(1)).accessKey("other", "other");

        assertThat(config.settings()).containsOnlyKeys("credentials");
        assertThat(config.settings().get("credentials").toString()).isEqualTo("{access-key=***, secret-key=***}");
    }

    private static OtaConfig of(BackendConfig config) {
        return OtaConfig.builder().backend("prod", config).build();
    }

    private Path yaml(String backend) throws IOException {
        return Files.writeString(directory.resolve("ota.yaml"), "backends:\n  prod:\n    " + backend + "\n");
    }

    private interface Opening {

        OtaBridge open();
    }

    /** Removes the line number, which a configuration in Java does not have. */
    private static List<String> errors(Opening opening) {
        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, () -> {
            try (OtaBridge ota = opening.open()) {
                ota.checkAll();
            }
        });
        return Arrays.asList(refused.errors()
                .map(error -> error.key() + " " + error.problem().replaceFirst(", but is .*|; its value is not.*", ""))
                .toJavaArray(String[]::new));
    }
}
