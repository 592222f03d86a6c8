package io.otabridge.aliyun.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.otabridge.client.auth.AccessKey;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The source of the access key, and errors about sources without one. */
class AliyunCredentialsChainTest {

    private static final String SECRET = "q8Zr0TnX4vLd9KsW2bYc7MfH1gPj5Q";
    private static final String INI =
            "[default]\nenable = true\ntype = access_key\naccess_key_id = LTAIini\naccess_key_secret = " + SECRET
                    + "\n";

    @TempDir
    private Path home;

    private Path cli;
    private Path ini;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void directories() throws IOException {
        cli = Files.createDirectories(home.resolve(".aliyun")).resolve("config.json");
        ini = Files.createDirectories(home.resolve(".alibabacloud")).resolve("credentials.ini");
    }

    @Test
    void the_vendors_sample_file_with_its_comments_is_read() throws IOException {
        Files.writeString(ini, """
                [default]                          # default setting
                enable = true                      # enabled
                type = access_key                  # kind of credentials
                access_key_id = LTAIini            ; key
                access_key_secret = s#1;2\t# secret

                [client1]                          # another section
                type = ecs_ram_role                # kind of credentials
                role_name = EcsRamRoleTest         # role
                """);

        assertThat(key().id()).isEqualTo("LTAIini");
        assertThat(key().secret().reveal()).isEqualTo("s#1;2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFF[default]\r\nenable=true\r\ntype=access_key\r\naccess_key_id=LTAIini\r\naccess_key_secret=s\r\n",
                "[ Default ]\nENABLE = True\nType = Access_Key\nAccess_Key_Id = LTAIini\nACCESS_KEY_SECRET = s\n"
            })
    void formats_of_other_editors_are_read(String text) throws IOException {
        Files.writeString(ini, text);

        assertThat(key().id()).isEqualTo("LTAIini");
    }

    @Test
    void a_configuration_saved_as_utf_16_is_read() throws IOException {
        Files.writeString(cli, "\uFEFF" + profile("AK", "LTAIcli", ""), StandardCharsets.UTF_16LE);

        assertThat(key().id()).isEqualTo("LTAIcli");
    }

    @ParameterizedTest
    @CsvSource({"ak, false", "Ak, false", "'', true", "ststoken, true", "STSTOKEN, true"})
    void the_mode_is_read_in_any_case(String mode, boolean hasToken) throws IOException {
        Files.writeString(cli, profile(mode, "LTAIcli", "token"));

        assertThat(key().id()).isEqualTo("LTAIcli");
        assertThat(key().securityToken().isDefined()).isEqualTo(hasToken);
    }

    @Test
    void a_profile_without_a_mode_has_a_key() throws IOException {
        Files.writeString(cli, """
                {"profiles": [{"name": "default", "access_key_id": "LTAIcli", "access_key_secret": "s"}]}""");

        assertThat(key().id()).isEqualTo("LTAIcli");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CloudSSO",
                "RamRoleArn",
                "EcsRamRole",
                "OIDC",
                "ChainableRamRoleArn",
                "External",
                "CredentialsURI",
                "Later"
            })
    void an_unsupported_mode_is_skipped(String mode) throws IOException {
        Files.writeString(cli, profile(mode, "", ""));
        assertThat(error()).contains("config.json (profile \"default\" has mode ", mode);

        Files.writeString(ini, INI);
        assertThat(key().id()).isEqualTo("LTAIini");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[]", "null", "{\"profiles\": {}}", "{\"profiles\": []}"})
    void a_broken_configuration_is_skipped(String content) throws IOException {
        Files.writeString(cli, content);
        assertThat(error()).contains(cli + " (");

        Files.writeString(ini, INI);
        assertThat(key().id()).isEqualTo("LTAIini");
    }

    @Test
    void an_error_names_every_source_with_its_reason() throws IOException {
        Files.writeString(cli, profile("CloudSSO", "", ""));

        assertThat(error())
                .startsWith("are missing. Sources tried: environment variables ALIBABA_CLOUD_ACCESS_KEY_ID and"
                        + " ALIBABA_CLOUD_ACCESS_KEY_SECRET (not set); ")
                .contains(cli + " (profile \"default\" has mode CloudSSO; only AK and StsToken are supported)")
                .contains(ini + " (does not exist)")
                .doesNotContain("source: ecs");
    }

    @Test
    void only_an_ecs_role_suggests_source_ecs() throws IOException {
        Files.writeString(cli, profile("EcsRamRole", "", ""));

        assertThat(error()).contains("mode EcsRamRole; for the role of this ECS set credentials: { source: ecs }");
    }

    @Test
    void a_named_profile_that_does_not_exist_is_named() throws IOException {
        environment.put("ALIBABA_CLOUD_PROFILE", "prod");
        Files.writeString(cli, profile("AK", "LTAIcli", ""));
        Files.writeString(ini, INI);

        assertThat(error())
                .contains(cli + " (no profile \"prod\" named by ALIBABA_CLOUD_PROFILE; existing: \"default\")")
                .contains(ini + " (no section \"prod\" named by ALIBABA_CLOUD_PROFILE; existing: \"default\")");

        Files.writeString(ini, INI.replace("default", "prod"));
        assertThat(key().id()).isEqualTo("LTAIini");
    }

    @Test
    void a_named_file_that_does_not_exist_is_named() {
        environment.put("ALIBABA_CLOUD_CREDENTIALS_FILE", "/nope/credentials.ini");

        assertThat(error()).contains("/nope/credentials.ini named by ALIBABA_CLOUD_CREDENTIALS_FILE (does not exist)");
    }

    @Test
    void a_named_file_may_begin_with_a_tilde() throws IOException {
        environment.put("ALIBABA_CLOUD_CREDENTIALS_FILE", "~/mine.ini");
        Files.writeString(home.resolve("mine.ini"), INI);

        assertThat(key().id()).isEqualTo("LTAIini");
    }

    @ParameterizedTest
    @CsvSource({
        "enable = true, enable = false, has no enable = true",
        "enable = true, '', has no enable = true",
        "enable = true, 'enable: true', 'has no enable = true; the file has lines with a colon'",
        "access_key_id = LTAIini, 'access_key_id: LTAI=', 'only lines such as key = value'",
        "type = access_key, type = oidc_role_arn, 'has type \"oidc_role_arn\"; only access_key'",
        "type = access_key, '', has no type",
        "access_key_id = LTAIini, '', has access_key_secret without access_key_id",
        "access_key_secret, other, has access_key_id without access_key_secret"
    })
    void a_section_without_a_usable_key_is_explained(String part, String replacement, String reason)
            throws IOException {
        Files.writeString(ini, INI.replace(part, replacement));

        assertThat(error()).contains(ini + " (section \"default\" ", reason).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "LTAIcli, '', has access_key_id without access_key_secret",
        "'', s, has access_key_secret without access_key_id",
        "' ', ' ', has no access_key_id and no access_key_secret"
    })
    void an_incomplete_key_in_a_profile_is_explained(String id, String secret, String reason) throws IOException {
        Files.writeString(cli, profile("AK", "ID", "").replace("ID", id).replace(SECRET, secret));

        assertThat(error()).contains("profile \"default\" " + reason);
    }

    @Test
    void a_token_mode_without_a_token_is_explained() throws IOException {
        Files.writeString(cli, profile("StsToken", "LTAIcli", ""));

        assertThat(error()).contains("profile \"default\" has no sts_token");
    }

    @Test
    void text_that_may_be_a_secret_is_not_repeated() throws IOException {
        environment.put("ALIBABA_CLOUD_PROFILE", SECRET);
        Files.writeString(cli, profile(SECRET, SECRET, SECRET));
        Files.writeString(ini, "[" + SECRET + "]\nenable = true\ntype = " + SECRET + "\n");
        assertThat(error()).contains("(name not shown)").doesNotContain(SECRET);

        Files.writeString(cli, profile("AK", "LTAIcli", "").replace("\"default\"", "\"" + SECRET + "\""));
        assertThat(key().id()).isEqualTo("LTAIcli");
    }

    @Test
    void a_file_that_others_can_write_is_skipped() throws IOException {
        assumeTrue(home.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Files.writeString(cli, profile("AK", "LTAIcli", ""));
        Files.setPosixFilePermissions(cli, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(error()).contains(cli + " (not trusted: " + cli + " can be written by every user");

        Files.writeString(ini, INI);
        assertThat(key().id()).isEqualTo("LTAIini");
    }

    @Test
    void an_incomplete_key_in_the_environment_is_an_error() throws IOException {
        Files.writeString(ini, INI);
        environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIenv");

        assertThat(error()).contains("only ALIBABA_CLOUD_ACCESS_KEY_ID is set").doesNotContain("LTAIenv");
    }

    private static String profile(String mode, String id, String token) {
        return """
                {"current": "default", "profiles": [null, {"name": "default", "mode": "%s", "access_key_id": "%s",
                 "access_key_secret": "%s", "sts_token": "%s", "region_id": "cn-shanghai"}]}""".formatted(mode, id, id.isEmpty() ? "" : SECRET, token);
    }

    private AccessKey key() {
        SettingsReader settings = settings();
        AccessKey key = AliyunCredentialsChain.read(settings, context()).get();
        assertThat(settings.hasError("credentials")).isFalse();
        return key;
    }

    private String error() {
        SettingsReader settings = settings();
        AliyunCredentialsChain.read(settings, context());
        List<ConfigError> errors = settings.finish(() -> "none").getLeft();
        assertThat(errors).hasSize(1);
        return errors.head().problem();
    }

    private static SettingsReader settings() {
        return SettingsReader.of("backends.b", Map.of());
    }

    private BackendContext context() {
        return BackendContext.system().withEnvironment(environment).withHome(home);
    }
}
