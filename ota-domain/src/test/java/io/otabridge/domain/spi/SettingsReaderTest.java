package io.otabridge.domain.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    private static final StringConstraint HEX = StringConstraint.matching("id", "[0-9a-f]+", "hexadecimal digits");

    @Test
    void returns_the_created_value_without_errors() {
        SettingsReader settings =
                SettingsReader.of("b", Map.of("id", "0f", "on", true, "key", "s", "inner", Map.of("id", 7)));

        Option<String> id = settings.required("id", HEX);
        boolean on = settings.flag("on");
        Option<String> inner = settings.section("inner").text("id", HEX);
        Option<Secret> key = settings.secret("key");

        assertThat(settings.finish(() -> id.get() + on + inner.get() + key.get().reveal()))
                .containsExactly("0ftrue7s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:Hunter2@h",
                "https:user:Hunter2@h",
                "user:Hunter2@h",
                "cn-north-4 secret-key:Hunter2",
                "cn-north-4, Hunter2",
                "token=Hunter2",
                "Hunter2",
                "xHunterTwo",
                "8f3KzQ7vHunter2",
                "Hunter2-${REGION}",
                "x${Hunter2}",
                "Hunter two and many more words without any sign that could separate them"
            })
    void hides_a_value_that_may_be_a_secret(String value) {
        SettingsReader settings = SettingsReader.of("b", Map.of("id", value));

        settings.text("id", HEX);

        assertThat(settings.finish(() -> "never").getLeft().map(ConfigError::toString))
                .containsExactly("b.id must be hexadecimal digits; its value is not shown, because it may be a secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "xyz", "CN North", "cn-north-4", "-1", "1.5", "5 seconds", "10m", "${CN_REGION}", "x-${A}-y"
            })
    void quotes_a_value_of_plain_words(String value) {
        SettingsReader settings = SettingsReader.of("b", Map.of("id", value));

        settings.choice("id", "none");

        assertThat(settings.finish(() -> "never").getLeft().head())
                .hasToString("b.id must be one of none, but is \"" + value + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "regoin, region",
        "Region, region",
        "reigon, region",
        "region_, region",
        "rgion, region",
        "project_id, project-id",
        "projectId, project-id",
        "allow-clear-text, allow-cleartext"
    })
    void names_a_misspelled_key(String key, String meant) {
        SettingsReader settings = SettingsReader.of("b", Map.of(key, "x"));
        settings.text("region", HEX);
        settings.text("project-id", HEX);
        settings.flag("allow-cleartext");

        assertThat(settings.finish(() -> "never").getLeft().head())
                .hasToString("b." + key + " is not a known setting (did you mean " + meant
                        + "?); known here: region, project-id, allow-cleartext");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret-key:8f3K",
                "zQ7v",
                "redis://:zQ7v@host",
                "region:zQ7v",
                "zQ7",
                "region: zQ7v",
                "\u001b[2J"
            })
    void hides_a_key_that_may_be_part_of_a_secret(String key) {
        SettingsReader settings = SettingsReader.of("b", Map.of(key, "zQ7v", "inner", Map.of(key, "zQ7v")));
        settings.text("region", HEX);
        settings.section("inner").text("id", HEX);

        String hidden =
                " has an unknown setting (not shown, because it may be part of a secret); put values with a comma or"
                        + " a colon in quotes, and a space after the colon of a key; known here: ";
        assertThat(settings.finish(() -> "never").getLeft().map(ConfigError::toString))
                .containsExactly("b" + hidden + "region, inner", "b.inner" + hidden + "id");
        assertThat(ConfigNode.section("b", Map.of(key, "zQ7v")).toString()).doesNotContain("zQ7");
    }

    @Test
    void shows_no_key_and_no_value_below_credentials() {
        SettingsReader settings = SettingsReader.of(
                "b", Map.of("credentials", Map.of("user-name", "plain", "pasword", "x", "proxy", Map.of("hots", "x"))));
        SettingsReader credentials = settings.section("credentials");
        credentials.text("user-name", HEX);
        credentials.secret("password");
        credentials.section("proxy").text("host", HEX);

        List<String> errors = settings.finish(() -> "never").getLeft().map(ConfigError::toString);

        assertThat(errors).hasSize(3).noneMatch(error -> error.contains("plain") || error.contains("pasword"));
        assertThat(errors.last())
                .startsWith("b.credentials.proxy has an unknown setting")
                .doesNotContain("hots");
    }

    @Test
    void lists_no_more_than_twenty_known_names() {
        ConfigError error =
                ConfigError.unknownKey("", Option.none(), "x", List.range(0, 30).map(i -> "name" + i));

        assertThat(error.toString())
                .startsWith("the configuration has an unknown setting")
                .endsWith(", name18, name19 and 10 more");
    }

    @Test
    void collects_all_errors() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", "xyz");
        values.put("on", "perhaps");
        values.put("kind", "c");
        values.put("key", "");
        values.put("kinds", "1");
        values.put("inner", Map.of("on", "2"));
        values.put("flat", "3");
        values.put("deep", Map.of());
        SettingsReader settings = SettingsReader.of("b", values);

        settings.text("id", HEX);
        settings.required("absent", HEX);
        settings.flag("on");
        settings.choice("kind", "a", "b");
        settings.secret("key");
        settings.section("inner").text("one", HEX);
        settings.section("flat");
        settings.text("deep", HEX);

        List<String> errors = settings.finish(() -> "never").getLeft().map(ConfigError::toString);
        assertThat(errors)
                .containsExactly(
                        "b.id must be hexadecimal digits, but is \"xyz\"",
                        "b.absent is missing: it must be hexadecimal digits",
                        "b.on must be one of true, false, but is \"perhaps\"",
                        "b.kind must be one of a, b, but is \"c\"",
                        "b.key must be 1 to 32768 printable ASCII characters without white space or line breaks; its value"
                                + " is not shown",
                        "b.flat must be a section of settings, but is a single value",
                        "b.deep must be a single value, but is a section",
                        "b.kinds is not a known setting (did you mean kind?); known here: id, absent, on, kind, key, inner, flat, deep",
                        "b.inner.on is not a known setting (did you mean one?); known here: one");
    }

    @Test
    void reports_the_line_of_an_error() {
        ConfigNode.Section section =
                new ConfigNode.Section(Map.of("id", new ConfigNode.Text("x", "x", Option.some(7))), Option.some(3));
        SettingsReader settings = SettingsReader.of("b", section);
        settings.text("id", HEX);
        settings.required("absent", HEX);

        assertThat(settings.finish(() -> "never").getLeft().map(ConfigError::line))
                .containsExactly(Option.some(7), Option.some(3));
    }

    @Test
    void quotes_a_placeholder_and_never_its_value() {
        ConfigNode.Text text = new ConfigNode.Text("${SECRET}", "the-secret", Option.none());
        SettingsReader settings = SettingsReader.of("b", new ConfigNode.Section(Map.of("id", text), Option.none()));
        settings.text("id", HEX);

        String shown = settings.finish(() -> "never").getLeft().toString() + text;

        assertThat(shown).contains("${SECRET}").doesNotContain("the-secret");
    }

    @Test
    void toString_masks_a_secret() {
        assertThat(Secret.of("hidden").toString()).isEqualTo("***");
    }

    @Test
    void rejects_a_value_of_another_type() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingsReader.of("b", Map.of("id", java.util.List.of("a"))))
                .withMessageStartingWith("setting b.id must be a text, number, boolean or map, but is a ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret-key:zQ7v", "zQ7v"})
    void hides_a_key_when_it_rejects_a_value(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SettingsReader.of("b", Map.of(key, Map.of("credentials", Map.of("token", List.empty())))))
                .withMessage("setting b.?.credentials.? must be a text, number, boolean or map, but is a Nil");
    }

    @Test
    void context_returns_variables_and_shared_resources() {
        BackendContext context = BackendContext.system()
                .withEnvironment(Map.of("SET", "v", "BLANK", " "))
                .withResource(StringBuilder.class, new StringBuilder("shared"));

        assertThat(context.environment("SET")).contains("v");
        assertThat(context.environment("BLANK")).isEmpty();
        assertThat(context.environment("UNSET")).isEmpty();
        assertThat(context.resource(StringBuilder.class).get()).hasToString("shared");
        assertThat(context.resource(Integer.class)).isEmpty();
    }
}
