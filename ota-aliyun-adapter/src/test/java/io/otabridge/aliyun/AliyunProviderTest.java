package io.otabridge.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.aliyun.config.AliyunCredentialsChain;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings, sources of credentials, and what is rejected before any call. */
class AliyunProviderTest {

    private static final Map<String, String> KEYS = Map.of("access-key", "LTAITEST", "secret-key", "SecretTest");
    private static final Map<String, Object> REGION_ONLY = Map.of("region", "cn-shanghai");

    @TempDir
    private Path home;

    @Test
    void is_found_by_the_service_loader() {
        assertThat(ServiceLoader.load(BackendProvider.class)).hasAtLeastOneElementOfType(AliyunProvider.class);
    }

    @Test
    void builds_the_public_endpoint_from_the_region() {
        Backend backend = open(Map.of("region", "cn-shanghai", "credentials", KEYS), Map.of())
                .get();

        assertThat(backend.endpoint()).isEqualTo("https://iot.cn-shanghai.aliyuncs.com");
        assertThat(backend.authentication()).isEqualTo("AccessKey, ACS3-HMAC-SHA256");
    }

    @Test
    void uses_the_older_signature_if_configured() {
        Backend backend = open(Map.of("region", "cn-shanghai", "signature", "hmac-sha1", "credentials", KEYS), Map.of())
                .get();

        assertThat(backend.authentication()).isEqualTo("AccessKey, HMAC-SHA1");
    }

    @Test
    void reports_all_configuration_errors_at_once() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("endpoint", "http://iot.cn-shanghai.aliyuncs.com");
        settings.put("instance-id", "two words");
        settings.put("signature", "md5");
        settings.put("upload-host-suffix", "https://oss.aliyuncs.com");
        settings.put("allow-cleartext", "maybe");
        settings.put("project-id", "huawei's");
        settings.put("credentials", Map.of("secret-key", "s3cr3t"));

        List<ConfigError> errors = open(settings, Map.of()).getLeft();

        assertThat(errors.map(ConfigError::key))
                .containsExactlyInAnyOrder(
                        "backends.legacy.endpoint",
                        "backends.legacy.instance-id",
                        "backends.legacy.signature",
                        "backends.legacy.upload-host-suffix",
                        "backends.legacy.allow-cleartext",
                        "backends.legacy",
                        "backends.legacy.credentials.access-key");
        assertThat(errors.mkString()).doesNotContain("s3cr3t");
    }

    @Test
    void prefers_the_environment_to_the_profiles() throws IOException {
        writeCliConfig("AK", "LTAICLI");
        Map<String, String> environment =
                Map.of("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIENV", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "EnvSecret");

        assertThat(open(REGION_ONLY, environment).isRight()).isTrue();
        assertThat(AliyunCredentialsChain.read(settings(REGION_ONLY), context(environment))
                        .get()
                        .id())
                .isEqualTo("LTAIENV");
    }

    @ParameterizedTest
    @CsvSource({"AK", "StsToken"})
    void reads_credentials_from_the_cli_profile(String mode) throws IOException {
        writeCliConfig(mode, "LTAICLI");

        var key = AliyunCredentialsChain.read(settings(REGION_ONLY), context(Map.of()))
                .get();

        assertThat(key.id()).isEqualTo("LTAICLI");
        assertThat(key.securityToken().isDefined()).isEqualTo(mode.equals("StsToken"));
    }

    @Test
    void reads_the_profile_that_the_environment_names() throws IOException {
        writeCliConfig("AK", "LTAICLI");

        var key = AliyunCredentialsChain.read(settings(REGION_ONLY), context(Map.of("ALIBABA_CLOUD_PROFILE", "second")))
                .get();

        assertThat(key.id()).isEqualTo("LTAISECOND");
    }

    @Test
    void reports_an_invalid_path_in_a_variable() {
        assertThat(open(REGION_ONLY, Map.of("ALIBABA_CLOUD_CREDENTIALS_FILE", "a\0b"))
                        .getLeft()
                        .mkString())
                .contains("the file named by ALIBABA_CLOUD_CREDENTIALS_FILE (not a valid path)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void skips_a_profile_without_a_key(String id) throws IOException {
        writeCliConfig("AK", id);
        writeSdkProfile("true");

        assertThat(AliyunCredentialsChain.read(settings(REGION_ONLY), context(Map.of()))
                        .get()
                        .id())
                .isEqualTo("LTAIINI");
    }

    @Test
    void skips_a_disabled_cli_profile() throws IOException {
        writeCliConfig("EcsRamRole", "LTAICLI");

        assertThat(open(REGION_ONLY, Map.of("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true"))
                        .getLeft()
                        .mkString())
                .doesNotContain("EcsRamRole");
    }

    @Test
    void reads_credentials_from_the_sdk_profile_file() throws IOException {
        writeSdkProfile("true");

        assertThat(AliyunCredentialsChain.read(settings(REGION_ONLY), context(Map.of()))
                        .get()
                        .id())
                .isEqualTo("LTAIINI");
    }

    @Test
    void skips_an_sdk_profile_that_is_not_enabled() throws IOException {
        writeSdkProfile("false");

        assertThat(open(REGION_ONLY, Map.of()).getLeft().mkString()).contains("credentials are missing");
    }

    @Test
    void reports_all_sources_if_there_are_no_credentials() {
        assertThat(open(REGION_ONLY, Map.of()).getLeft().mkString())
                .contains("ALIBABA_CLOUD_ACCESS_KEY_ID")
                .contains("~/.aliyun/config.json")
                .contains("~/.alibabacloud/credentials.ini");
    }

    private void writeCliConfig(String mode, String id) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve(".aliyun")).resolve("config.json"), """
                {"current": "first", "profiles": [
                  {"name": "first", "mode": "%s", "access_key_id": "%s", "access_key_secret": "s1", "sts_token": "%s"},
                  {"name": "second", "mode": "AK", "access_key_id": "LTAISECOND", "access_key_secret": "s2"}
                ]}
                """.formatted(
                        mode, id, mode.equals("StsToken") ? "token" : ""));
    }

    private void writeSdkProfile(String enabled) throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve(".alibabacloud")).resolve("credentials.ini"),
                "[default]\nenable = " + enabled
                        + "\ntype = access_key\naccess_key_id = LTAIINI\naccess_key_secret = IniSecret\n");
    }

    @Test
    void rejects_an_unusable_proxy_without_showing_it() {
        Map<String, String> environment =
                Map.of("https_proxy", "socks5://user:hunter2@proxy:1080", "no_proxy", "good.example");

        assertThat(open(
                                Map.of(
                                        "endpoint",
                                        "https://iot.example",
                                        "credentials",
                                        Map.of("access-key", "LTAI", "secret-key", "s")),
                                environment)
                        .getLeft()
                        .mkString())
                .contains(
                        "backends.legacy.endpoint is to be reached through a proxy, but environment variable https_proxy must be")
                .doesNotContain("hunter2");
        assertThat(open(
                                Map.of(
                                        "endpoint",
                                        "https://good.example",
                                        "credentials",
                                        Map.of("access-key", "LTAI", "secret-key", "s")),
                                environment)
                        .isRight())
                .isTrue();
        assertThat(open(
                                Map.of(
                                        "endpoint",
                                        "https://127.0.0.1",
                                        "credentials",
                                        Map.of("access-key", "LTAI", "secret-key", "s")),
                                environment)
                        .isRight())
                .isTrue();
    }

    private Either<List<ConfigError>, Backend> open(Map<String, Object> settings, Map<String, String> environment) {
        return new AliyunProvider().open("legacy", settings(settings), context(environment));
    }

    private static SettingsReader settings(Map<String, Object> settings) {
        return SettingsReader.of("backends.legacy", settings);
    }

    private BackendContext context(Map<String, String> environment) {
        return BackendContext.system().withEnvironment(environment).withHome(home);
    }
}
