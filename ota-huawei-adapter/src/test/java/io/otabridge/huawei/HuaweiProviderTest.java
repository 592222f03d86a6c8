package io.otabridge.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.credentials.AccessKeyProvider;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.huawei.config.HuaweiCredentials;
import io.otabridge.huawei.config.HuaweiSettings;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
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
class HuaweiProviderTest {

    private static final Map<String, String> KEYS = Map.of("access-key", "AKTEST", "secret-key", "SecretTest");

    private static final Map<String, String> USER =
            Map.of("user-name", "reader", "password", "Pass-Word-1", "account-name", "company");

    @TempDir
    private Path home;

    @Test
    void is_found_by_the_service_loader() {
        assertThat(ServiceLoader.load(BackendProvider.class)).hasAtLeastOneElementOfType(HuaweiProvider.class);
    }

    @Test
    void builds_the_shared_endpoint_from_the_region() {
        Backend backend = open(Map.of("region", "cn-north-4", "project-id", "0a", "credentials", KEYS))
                .get();

        assertThat(backend.endpoint()).isEqualTo("https://iotda.cn-north-4.myhuaweicloud.com");
        assertThat(backend.authentication()).isEqualTo("AK/SK, plain signature");
        assertThat(backend.name()).isEqualTo("prod");
        assertThat(backend.vendor().name()).isEqualTo("huawei");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a1.st1.iotda-app.cn-north-4.myhuaweicloud.com, auto, 'AK/SK, key derived for cn-north-4'",
        "https://a1.st1.iotda-app.ap-southeast-1.myhuaweicloud.com, auto, 'AK/SK, key derived for ap-southeast-1'",
        "https://a1.st1.iotda-app.cn-north-4.myhuaweicloud.com, plain, 'AK/SK, plain signature'",
        "https://iotda.cn-north-4.myhuaweicloud.com, auto, 'AK/SK, plain signature'",
        "https://iot.example.com, auto, 'AK/SK, plain signature'"
    })
    void chooses_the_signature_from_the_endpoint(String endpoint, String signature, String expected) {
        Backend backend = open(Map.of(
                        "endpoint", endpoint, "signature", signature, "project-id", "0a", "credentials", KEYS))
                .get();

        assertThat(backend.authentication()).isEqualTo(expected);
    }

    @Test
    void derives_the_key_for_the_configured_region_on_a_custom_domain() {
        Backend backend = open(Map.of(
                        "endpoint",
                        "https://iot.example.com",
                        "region",
                        "cn-south-1",
                        "signature",
                        "derived",
                        "project-id",
                        "0a",
                        "credentials",
                        KEYS))
                .get();

        assertThat(backend.authentication()).isEqualTo("AK/SK, key derived for cn-south-1");
    }

    @Test
    void needs_a_region_to_derive_a_key() {
        assertThat(errors(Map.of(
                        "endpoint",
                        "https://iot.example.com",
                        "signature",
                        "derived",
                        "project-id",
                        "0a",
                        "credentials",
                        KEYS)))
                .singleElement()
                .satisfies(error -> assertThat(error.key()).isEqualTo("backends.prod.region"));
    }

    @Test
    void reports_all_configuration_errors_at_once() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("region", "CN NORTH");
        settings.put("project-id", "not-hex!");
        settings.put("app-id", "a b");
        settings.put("instance-id", "ü");
        settings.put("signature", "rsa");
        settings.put("timeout", "soon");
        settings.put("max-response-bytes", "-1");
        settings.put("regoin", "cn-north-4");
        settings.put("credentials", Map.of("access-key", "AK", "secret", "s3cr3t"));

        List<ConfigError> errors = errors(settings);

        assertThat(errors.map(ConfigError::key))
                .containsExactlyInAnyOrder(
                        "backends.prod.region",
                        "backends.prod.project-id",
                        "backends.prod.app-id",
                        "backends.prod.instance-id",
                        "backends.prod.signature",
                        "backends.prod.timeout",
                        "backends.prod.max-response-bytes",
                        "backends.prod.regoin",
                        "backends.prod.credentials",
                        "backends.prod.credentials.secret-key");
        assertThat(errors.mkString()).doesNotContain("s3cr3t").contains("\"CN NORTH\"");
    }

    @ParameterizedTest
    @CsvSource({
        "http://iotda.cn-north-4.myhuaweicloud.com, must start with https://",
        "http://127.0.0.1.example.com, must start with https://",
        "http://10.0.0.1, must start with https://",
        "http://127.999.1.1, must start with https://",
        "https://user:pw@host, must not hold a user or password",
        "https://host/v5, must be scheme",
        "https://host/?a=b, must be scheme",
        "ftp://host, must be an address",
        "host, must be an address"
    })
    void rejects_unsafe_or_invalid_endpoints(String endpoint, String problem) {
        assertThat(errors(Map.of("endpoint", endpoint, "project-id", "0a", "credentials", KEYS)))
                .singleElement()
                .satisfies(error -> assertThat(error.problem()).startsWith(problem));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, false",
        "http://127.1.2.3, false",
        "http://localhost:1, false",
        "http://[::1]:8080, false",
        "http://10.0.0.1, true"
    })
    void allows_clear_text_on_loopback_or_if_configured(String endpoint, boolean allow) {
        assertThat(open(Map.of("endpoint", endpoint, "allow-cleartext", allow, "project-id", "0a", "credentials", KEYS))
                        .isRight())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bucket | A_b | must be 3 to 63 lower-case letters",
                "bucket | a..b | must be 3 to 63 lower-case letters",
                "bucket | -ab | must be 3 to 63 lower-case letters",
                "region | cn north | must be a region",
                "endpoint | http://obs.example | must start with https://",
                "endpoint | https://obs.example/path | must be scheme",
                "prefix | /ota | must be 1 to 256",
                "prefix | ota/ | must be 1 to 256",
                "prefix | ota/../x | must be 1 to 256",
                "prefix | 固件 | must be 1 to 256"
            })
    void rejects_invalid_settings_of_the_object_store(String key, String value, String problem) {
        Map<String, Object> obs = new HashMap<>(Map.of("bucket", "fw-bucket"));
        obs.put(key, value);

        assertThat(errors(Map.of("region", "cn-north-4", "project-id", "0a", "credentials", KEYS, "obs", obs)))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.key()).isEqualTo("backends.prod.obs." + key);
                    assertThat(error.problem()).contains(problem);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "https://iot.example, ''",
        "https://iot.example, https://obs.example",
        "https://x.iotda-app.cn-north-4.myhuaweicloud.com, https://obs.example"
    })
    void needs_the_region_of_the_bucket(String endpoint, String obsEndpoint) {
        Map<String, Object> obs = new HashMap<>(Map.of("bucket", "fw-bucket"));
        if (!obsEndpoint.isEmpty()) {
            obs.put("endpoint", obsEndpoint);
        }

        Map<String, Object> settings =
                Map.of("endpoint", endpoint, "project-id", "0a", "credentials", KEYS, "obs", obs);

        if (endpoint.contains("cn-north-4")) {
            assertThat(open(settings).isRight()).isTrue();
        } else {
            assertThat(errors(settings).map(ConfigError::key)).containsExactly("backends.prod.obs.region");
            obs.put("endpoint", "https://obs.cn-north-4.myhuaweicloud.com");
            assertThat(open(settings).isRight()).isTrue();
        }
    }

    @Test
    void builds_the_settings_of_the_object_store() {
        assertThat(HuaweiConfig.builder()
                        .obsBucket("fw-bucket")
                        .obsRegion("cn-north-4")
                        .obsEndpoint("https://obs.example")
                        .obsPrefix("devices")
                        .build()
                        .settings()
                        .get("obs"))
                .isEqualTo(Map.of(
                        "bucket",
                        "fw-bucket",
                        "region",
                        "cn-north-4",
                        "endpoint",
                        "https://obs.example",
                        "prefix",
                        "devices"));
    }

    @Test
    void reads_credentials_and_project_from_the_environment() {
        BackendContext context = context(Map.of(
                "HUAWEICLOUD_SDK_AK", "AKENV", "HUAWEICLOUD_SDK_SK", "SkEnv", "HUAWEICLOUD_SDK_PROJECT_ID", "0b"));

        assertThat(open(Map.of("region", "cn-north-4"), context).isRight()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"line\nbreak", "break-at-the-end\n", "two words", "schlüssel", "密钥", "nul\u0000"})
    void rejects_credentials_that_are_invalid_in_a_header(String bad) {
        for (String key : java.util.List.of("access-key", "secret-key", "security-token")) {
            Map<String, Object> credentials = new HashMap<>(KEYS);
            credentials.put(key, bad);
            assertThat(errors(Map.of("region", "cn-north-4", "project-id", "0a", "credentials", credentials)))
                    .singleElement()
                    .satisfies(
                            error -> assertThat(error.toString()).contains(key).doesNotContain(bad));
        }
        assertThat(errors(Map.of("region", "cn-north-4", "project-id", "0a", "credentials", Map.of("token", bad))))
                .hasSize(1);
        BackendContext context = context(Map.of("HUAWEICLOUD_SDK_AK", "AKENV", "HUAWEICLOUD_SDK_SK", bad));
        assertThat(open(Map.of("region", "cn-north-4", "project-id", "0a"), context)
                        .getLeft()
                        .mkString())
                .contains("credentials")
                .doesNotContain(bad);
    }

    @Test
    void states_the_limit_of_a_token_that_is_too_long() {
        String tooLong = "s3cr3t" + "x".repeat(32_763);

        assertThat(errors(Map.of("region", "cn-north-4", "project-id", "0a", "credentials", Map.of("token", tooLong)))
                        .map(ConfigError::problem))
                .containsExactly("must be 1 to 32768 printable ASCII characters without white space or line breaks;"
                        + " its value is not shown");
    }

    @Test
    void ignores_the_profile_file_if_the_environment_is_complete() throws IOException {
        Files.createDirectories(home.resolve(".huaweicloud").resolve("credentials"));
        BackendContext context = context(Map.of(
                "HUAWEICLOUD_SDK_AK", "AKENV", "HUAWEICLOUD_SDK_SK", "SkEnv", "HUAWEICLOUD_SDK_PROJECT_ID", "0b"));

        assertThat(open(Map.of("region", "cn-north-4"), context).isRight()).isTrue();
        assertThat(open(Map.of("region", "cn-north-4"), context(Map.of()))
                        .getLeft()
                        .mkString())
                .contains("cannot be read: not a regular file");
    }

    @Test
    void reports_an_invalid_project_in_the_environment() {
        BackendContext context = context(Map.of("HUAWEICLOUD_SDK_PROJECT_ID", "no-hex"));

        assertThat(open(Map.of("region", "cn-north-4", "credentials", KEYS), context)
                        .getLeft()
                        .mkString())
                .contains("project-id")
                .contains("hexadecimal digits")
                .doesNotContain("no-hex");
    }

    @Test
    void hides_a_password_in_an_address() {
        assertThat(errors(Map.of("endpoint", "https://user:pa ss@h", "project-id", "0a", "credentials", KEYS))
                        .mkString())
                .contains("endpoint")
                .doesNotContain("pa ss");
    }

    @Test
    void rejects_an_unusable_proxy_without_showing_it() {
        Map<String, String> environment =
                Map.of("https_proxy", "socks5://user:hunter2@proxy:1080", "no_proxy", "good.example");

        assertThat(open(
                                Map.of("endpoint", "https://iot.example", "project-id", "0a", "credentials", KEYS),
                                context(environment))
                        .getLeft()
                        .mkString())
                .contains(
                        "backends.prod.endpoint is to be reached through a proxy, but environment variable https_proxy must be")
                .doesNotContain("hunter2");
        assertThat(open(
                                Map.of("endpoint", "https://good.example", "project-id", "0a", "credentials", KEYS),
                                context(environment))
                        .isRight())
                .isTrue();
        assertThat(open(
                                Map.of("endpoint", "https://127.0.0.1", "project-id", "0a", "credentials", KEYS),
                                context(environment))
                        .isRight())
                .isTrue();
    }

    @Test
    void rejects_an_incomplete_key_in_the_environment() {
        BackendContext context = context(Map.of("HUAWEICLOUD_SDK_AK", "AKENV"));

        assertThat(open(Map.of("region", "cn-north-4", "project-id", "0a"), context)
                        .getLeft()
                        .mkString())
                .contains("only HUAWEICLOUD_SDK_AK is set")
                .doesNotContain("AKENV");
    }

    @ParameterizedTest
    @CsvSource({"basic", "basiccredentials"})
    void reads_credentials_and_project_from_the_profile_file(String section) throws IOException {
        Path file = Files.createDirectories(home.resolve(".huaweicloud")).resolve("credentials");
        Files.writeString(file, "# mine\n[" + section + "]\nak = AKFILE\nsk = SkFile\nproject_id = 0c\n");

        assertThat(open(Map.of("region", "cn-north-4"), context(Map.of())).isRight())
                .isTrue();
    }

    @Test
    void reads_the_profile_file_that_the_environment_names() throws IOException {
        Path file = home.resolve("elsewhere.ini");
        Files.writeString(file, "[basic]\nak=AKFILE\nsk=SkFile\n");
        BackendContext context = context(Map.of("HUAWEICLOUD_SDK_CREDENTIALS_FILE", file.toString()));

        assertThat(open(Map.of("region", "cn-north-4", "project-id", "0a"), context)
                        .isRight())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFF[basic]\r\nak=AKFILE\r\nsk=SkFile\r\nproject_id=0c\r\n",
                "[basic] # mine\nak = AKFILE # key\nsk = SkFile\t; secret\nproject_id = 0c ; project\n",
                "[ BASIC ]\nAK = AKFILE\nSK = SkFile\nProject_Id = 0c\n",
                "[basic]\nproject_id = 0c\n[basiccredentials]\nak = AKFILE\nsk = SkFile\n"
            })
    void reads_the_formats_of_other_editors(String text) throws IOException {
        Path file = Files.createDirectories(home.resolve(".huaweicloud")).resolve("credentials");
        Files.writeString(file, text);
        SettingsReader settings = SettingsReader.of("backends.prod", Map.of("region", "cn-north-4"));

        HuaweiSettings read = HuaweiSettings.read(settings, context(Map.of())).get();

        assertThat(read.projectId()).isEqualTo("0c");
        assertThat(read.credentials())
                .isEqualTo(new HuaweiCredentials.Key(new AccessKey("AKFILE", secretOf(read), Option.none())));
        assertThat(secretOf(read).reveal()).isEqualTo("SkFile");
    }

    @Test
    void does_not_mix_the_keys_of_two_sections() throws IOException {
        Path file = Files.createDirectories(home.resolve(".huaweicloud")).resolve("credentials");
        Files.writeString(file, "[basic]\nak = AKFILE\n[basiccredentials]\nak = AKOTHER\nsk = SkOther\n");

        assertThat(open(Map.of("region", "cn-north-4", "project-id", "0a"), context(Map.of()))
                        .getLeft()
                        .mkString())
                .contains(file + " (section [basic] has ak without sk)")
                .doesNotContain("AKFILE");
    }

    @Test
    void reports_colons_in_a_profile_file() throws IOException {
        Path file = Files.createDirectories(home.resolve(".huaweicloud")).resolve("credentials");
        Files.writeString(file, "[basic]\nak: AKFILE\nsk: SkFile=\n");

        assertThat(open(Map.of("region", "cn-north-4", "project-id", "0a"), context(Map.of()))
                        .getLeft()
                        .mkString())
                .contains("the file has lines with a colon", "only lines such as key = value")
                .doesNotContain("AKFILE", "SkFile");
    }

    @Test
    void names_a_profile_file_that_does_not_exist() {
        BackendContext context = context(Map.of("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "/nope/credentials"));
        String reason = "/nope/credentials named by HUAWEICLOUD_SDK_CREDENTIALS_FILE (does not exist)";

        assertThat(open(Map.of("region", "cn-north-4", "project-id", "0a"), context)
                        .getLeft()
                        .map(ConfigError::problem))
                .singleElement()
                .asString()
                .startsWith("are missing. Sources tried: environment variables HUAWEICLOUD_SDK_AK and")
                .contains(reason);
        assertThat(open(Map.of("region", "cn-north-4", "credentials", KEYS), context)
                        .getLeft()
                        .map(ConfigError::problem))
                .singleElement()
                .asString()
                .startsWith("is missing: it must be 1 to 32 hexadecimal digits")
                .contains("HUAWEICLOUD_SDK_PROJECT_ID (not set)", reason);
    }

    @Test
    void reports_all_sources_if_there_are_no_credentials() {
        assertThat(errors(Map.of("region", "cn-north-4", "project-id", "0a")).mkString())
                .contains("backends.prod.credentials")
                .contains("HUAWEICLOUD_SDK_AK")
                .contains("~/.huaweicloud/credentials");
    }

    @ParameterizedTest
    @CsvSource({"token", "access-key"})
    void requires_either_a_token_or_a_key(String alone) {
        Map<String, String> both = Map.of("token", "t", "access-key", "AK", "secret-key", "SK");
        assertThat(errors(Map.of("region", "cn-north-4", "project-id", "0a", "credentials", both)))
                .hasSize(1);
        Map<String, String> one = alone.equals("token") ? Map.of("token", "t") : KEYS;
        assertThat(open(Map.of("region", "cn-north-4", "project-id", "0a", "credentials", one))
                        .isRight())
                .isTrue();
    }

    @Test
    void uses_the_iam_of_the_region_by_default() {
        assertThat(withUser(Map.of()).get().authentication()).isEqualTo("IAM token by user and password, refreshed");
        Map<String, Object> own = Map.of("endpoint", "https://h", "project-id", "0a", "credentials", USER);

        assertThat(errors(own).mkString()).contains("credentials.iam-endpoint is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-name", "password", "account-name"})
    void requires_user_password_and_account_together(String missing) {
        Map<String, Object> credentials = new HashMap<>(USER);
        credentials.remove(missing);

        assertThat(errors(Map.of("region", "cn-north-4", "project-id", "0a", "credentials", credentials))
                        .map(ConfigError::key))
                .containsExactly("backends.prod.credentials." + missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://iam.example.com", "https://iam.example.com/v3", "ftp://h", "https://u:p@h"})
    void rejects_unsafe_iam_endpoints(String endpoint) {
        List<ConfigError> errors = withUser(Map.of("iam-endpoint", endpoint)).getLeft();

        assertThat(errors.map(ConfigError::key)).containsExactly("backends.prod.credentials.iam-endpoint");
        assertThat(errors.mkString()).doesNotContain("Pass-Word-1");
    }

    @ParameterizedTest
    @CsvSource({"access-key, AK", "token, t", "source, ecs"})
    void requires_one_kind_of_credentials(String key, String value) {
        Map<String, Object> more = new HashMap<>(Map.of(key, value));
        if (key.equals("access-key")) {
            more.put("secret-key", "SK");
        }

        assertThat(withUser(more).getLeft().mkString()).contains("cannot be combined with");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254",
                "http://127.0.0.1:8080",
                "http://localhost:80",
                "http://[::1]:80",
                "http://[fe80::1]",
                "https://169.254.0.23"
            })
    void accepts_loopback_and_link_local_metadata_endpoints(String endpoint) {
        assertThat(withSource(Map.of("source", "ecs", "metadata-endpoint", endpoint))
                        .get()
                        .authentication())
                .isEqualTo("temporary AK/SK of this ECS, refreshed, plain signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "https://example.com",
                "http://10.0.0.1",
                "http://100.100.100.200",
                "http://169.254.169.254.example.com",
                "http://169.254.300.1",
                "http://1.169.254.1",
                "http://[fec0::1]",
                "http://fe80.example.com",
                "http://169.254.169.254/openstack",
                "http://u:p@169.254.169.254"
            })
    void rejects_other_metadata_endpoints(String endpoint) {
        assertThat(withSource(Map.of("source", "ecs", "metadata-endpoint", endpoint))
                        .getLeft()
                        .map(ConfigError::key))
                .containsExactly("backends.prod.credentials.metadata-endpoint");
    }

    @Test
    void accepts_a_metadata_endpoint_only_with_source_ecs() {
        Map<String, Object> credentials = new HashMap<>(KEYS);
        credentials.put("metadata-endpoint", "http://169.254.169.254");

        assertThat(withSource(credentials).getLeft().mkString()).contains("requires source: ecs");
    }

    @Test
    void gets_keys_from_the_application() {
        Map<String, Object> settings =
                Map.of("region", "cn-north-4", "project-id", "0a", "credentials", Map.of("source", "application"));
        BackendContext withKeys =
                context(Map.of()).withResource(AccessKeyProvider.class, backend -> Either.left("there is none"));

        assertThat(errors(settings).mkString()).contains("credentials.source").contains("AccessKeyProvider");
        assertThat(open(settings, withKeys).get().authentication())
                .isEqualTo("temporary AK/SK of the application, refreshed, plain signature");
    }

    private Either<List<ConfigError>, Backend> withUser(Map<String, ?> more) {
        Map<String, Object> credentials = new HashMap<>(USER);
        credentials.putAll(more);
        return withSource(credentials);
    }

    private Either<List<ConfigError>, Backend> withSource(Map<String, Object> credentials) {
        return open(Map.of("region", "cn-north-4", "project-id", "0a", "credentials", credentials));
    }

    private Either<List<ConfigError>, Backend> open(Map<String, Object> settings) {
        return open(settings, context(Map.of()));
    }

    private List<ConfigError> errors(Map<String, Object> settings) {
        return open(settings).getLeft();
    }

    private static Either<List<ConfigError>, Backend> open(Map<String, Object> settings, BackendContext context) {
        return new HuaweiProvider().open("prod", SettingsReader.of("backends.prod", settings), context);
    }

    private BackendContext context(Map<String, String> environment) {
        return BackendContext.system().withEnvironment(environment).withHome(home);
    }

    private static Secret secretOf(HuaweiSettings read) {
        return ((HuaweiCredentials.Key) read.credentials()).accessKey().secret();
    }
}
