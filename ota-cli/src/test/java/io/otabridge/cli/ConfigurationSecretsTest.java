package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.ConfigurationException;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that errors never show a secret that is misplaced in a configuration. */
class ConfigurationSecretsTest {

    private static final String SECRET = "zQ7vTopSecret";
    private static final String ALIYUN = "backends:\n  b:\n    vendor: aliyun\n    endpoint: http://127.0.0.1:1\n";
    private static final String HUAWEI = "backends:\n  b:\n    vendor: huawei\n    endpoint: http://127.0.0.1:1\n"
            + "    project-id: 04ed32dc1b0025b52fe3c01a27c2b0a8\n";

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(scratch);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ access-key: LTAI5t, secret-key:zQ7vTopSecret }",
                "{ access-key: LTAI5t, secret-key: 8f3K,zQ7vTopSecret }",
                "{ access-key: LTAI5t, secret-key: 8f3K,zQ7v: TopSecret }",
                "{ access-key: LTAI5t, secret-key: 8f3K, secret-key: zQ7vTopSecret }",
                "{ zQ7vTopSecret: x }",
                "{ zQ7vTopSecret, zQ7vTopSecret }",
                "{ zQ7vTopSecret: { zQ7vTopSecret: x } }",
                "{ zQ7vTopSecret: ${NONE} }",
                "{ zQ7vTopSecret: &anchor x }",
                "{ access-key: LTAI5t, secret-key: '${zQ7vTopSecret}' }",
                "{ access-key: LTAI5t, secret-key: '${zQ7vTopSecret:-x}' }",
                "{ access-key: LTAI5t, secret-key: '8f3K${TOPSECRET}zQ7v' }",
                "{ access-key: LTAI5t, secret-key: zQ7vTopSecret, ? [zQ7vTopSecret] }",
                "{ source: zQ7vTopSecret }",
                "{ source: ecs, role: 'zQ7vTopSecret!' }",
                "{ source: ecs, role: role secret-key:zQ7vTopSecret }",
                "{ source: ecs, metadata-endpoint: 'http://zQ7vTopSecret x' }",
                "{ source: uri, uri: 'zQ7vTopSecret' }",
                "secret-key:zQ7vTopSecret",
                "[zQ7vTopSecret]",
                "[ {secret-key: zQ7vTopSecret ]",
                "{ secret-key: 'zQ7vTopSecret }",
                "{ secret-key: \"zQ7v\\TopSecret\" }",
                "{ secret-key: @zQ7vTopSecret }",
                "{ secret-key: %zQ7vTopSecret }",
                "{ secret-key: `zQ7vTopSecret` }",
                "{ secret-key: !zQ7vTopSecret x }",
                "{ secret-key: !zQ7v!TopSecret x }",
                "{ secret-key: *zQ7vTopSecret }",
                "{ secret-key: zQ7v: TopSecret }",
                "{ secret-key: 'zQ7v'TopSecret' }",
                "\n      secret-key: a: zQ7vTopSecret",
                "\n      secret-key:zQ7vTopSecret\n      access-key: LTAI5t",
                "\n      access-key: LTAI5t\n      secret-key:zQ7vTopSecret",
                "\n      access-key: LTAI5t\n        secret-key:zQ7vTopSecret",
                "\n      secret-key: |\n       zQ7vTopSecret\n      zQ7vTopSecret",
                "\n\tzQ7vTopSecret: x",
            })
    void hides_a_secret_below_credentials(String credentials) {
        refuse(ALIYUN + "    credentials: " + credentials + "\n");
        refuse(HUAWEI + "    credentials: " + credentials + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ user-name: u, account-name: a, iam-endpoint: 'https://127.0.0.1:9', password: Hunter2,zQ7vTopSecret! }",
                "{ user-name: u, account-name: a, iam-endpoint: 'https://u:zQ7vTopSecret@127.0.0.1:9', password: x }",
                "{ user-name: u, account-name: a, iam-endpoint: 'https://zQ7vTopSecret/?a=b', password: x }",
                "{ user-name: u password:zQ7vTopSecret, account-name: \"\\a\" }",
                "{ token:zQ7vTopSecret }",
                "{ token: 'zQ7v TopSecret' }",
                "{ token: zQ7v, TopSecret }",
            })
    void hides_a_password_or_token(String credentials) {
        refuse(HUAWEI + "    credentials: " + credentials + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret-key:zQ7vTopSecret: x",
                "zQ7vTopSecret: x",
                "zQ7vTopSecret:",
                "quota: { redis://:zQ7vTopSecret@host:6379: x }",
                "quota: { redis:redis://:zQ7vTopSecret@host }",
                "quota: { redis: redis://:zQ7v,TopSecret@host }",
                "quota: { redis: 'http://:zQ7vTopSecret@host' }",
                "quota: { local-share: zQ7vTopSecret }",
                "quota: { redis: { zQ7vTopSecret: x } }",
                "quota: zQ7vTopSecret",
                "cache: { firmware: 5m zQ7vTopSecret, TopSecret }",
                "proxy: { host: h, password:zQ7vTopSecret }",
                "proxy: http://u:zQ7vTopSecret@h",
                "region: cn-north-4 secret-key:zQ7vTopSecret",
                "region: cn-north-4\n      secret-key:zQ7vTopSecret",
                "region: zQ7vTopSecret",
                "retries: zQ7vTopSecret",
                "account: zQ7v TopSecret",
                "signature: zQ7vTopSecret",
                "timeout: ${zQ7vTopSecret}",
            })
    void hides_a_secret_among_the_settings_of_a_backend(String setting) {
        refuse(ALIYUN + "    credentials: { access-key: LTAI5t, secret-key: x }\n    " + setting + "\n");
        refuse(HUAWEI + "    credentials: { access-key: LTAI5t, secret-key: x }\n    " + setting + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zQ7vTopSecret: x",
                "secret-key:zQ7vTopSecret: x",
                "zQ7vTopSecret: { zQ7vTopSecret }",
                "default: zQ7vTopSecret",
                "default: ${zQ7vTopSecret}",
                "products: { zQ7vTopSecret }",
                "products: { zQ7vTopSecret: x }",
                "products: { 'zQ7v:TopSecret': { b: 'x y' } }",
                "products: { lamp: { b: x, zQ7vTopSecret } }",
                "products: { lamp: { b: 'zQ7v TopSecret' } }",
                "products: { lamp: { b: '${zQ7vTopSecret}' } }",
                "products: zQ7vTopSecret",
            })
    void hides_a_secret_at_the_top_of_the_file(String entry) {
        refuse(ALIYUN + "    credentials: { access-key: LTAI5t, secret-key: x }\n" + entry + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backends: { zQ7vTopSecret: { vendor: aliyun, region: X } }\n",
                "backends: { b: { vendor: memory }, zQ7vTopSecret }\n",
                "backends: { b: { vendor: memory }, zQ7vTopSecret: x }\n",
                "backends: { b: { vendor: zQ7vTopSecret } }\n",
                "backends: { b: { vendor: aliyun secret-key:zQ7vTopSecret } }\n",
                "backends: zQ7vTopSecret\n",
                "secret-key:zQ7vTopSecret\n",
                "[zQ7vTopSecret]\n",
                "zQ7vTopSecret: x\nzQ7vTopSecret: y\n",
            })
    void hides_a_secret_in_place_of_a_backend(String configuration) {
        refuse(configuration);
    }

    @Test
    void hides_a_piece_of_a_secret_without_capitals() {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                "backends: { b: { vendor: memory }, topsecret, default: topsecret }\n");

        assertThat(cli.run("backends")).isEqualTo(2);

        assertThat(cli.err()).contains("line 1: ").doesNotContain("topsecret");
    }

    @Test
    void hides_a_secret_in_a_configuration_made_in_java() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("region", SECRET);
        settings.put("secret-key:" + SECRET, "x");
        settings.put("credentials", Map.of("secret-key:" + SECRET, "x", SECRET, "x"));
        settings.put("quota", Map.of("redis://:" + SECRET + "@host", "x"));
        OtaConfig config = OtaConfig.builder()
                .backend(SECRET, "aliyun", settings)
                .backend("b", SECRET, Map.of())
                .product(SECRET + ":", Map.of(SECRET, "x"))
                .defaultBackend(SECRET + "x")
                .build();

        ConfigurationException refused = org.assertj.core.api.Assertions.catchThrowableOfType(
                ConfigurationException.class, () -> OtaBridge.of(config));

        assertThat(refused.errors()).hasSize(8);
        assertThat(refused + refused.getMessage() + refused.errors() + config).doesNotContain("TopSecret");
    }

    private void refuse(String configuration) {
        cli.write(cli.directory.resolve("ota.yaml"), configuration);

        assertThat(cli.run("backends", "--verbose")).as(configuration).isEqualTo(2);

        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .as(configuration)
                .containsPattern("line [0-9]+: ")
                .doesNotContain("zQ7v", "TopSecret", "TOPSECRET", "Hunter2", "LTAI5t");
    }
}
