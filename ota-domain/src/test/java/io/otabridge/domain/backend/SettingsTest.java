package io.otabridge.domain.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.domain.TextRule;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final TextRule HEX = TextRule.matching("id", "[0-9a-f]+", "hexadecimal digits");

    @Test
    void gives_what_was_made_if_nothing_is_wrong() {
        Settings settings = Settings.of("b", Map.of("id", "0f", "on", true, "key", "s", "inner", Map.of("id", 7)));

        Option<String> id = settings.required("id", HEX);
        boolean on = settings.flag("on");
        Option<String> inner = settings.section("inner").text("id", HEX);
        Option<Secret> key = settings.secret("key");

        assertThat(settings.finish(() -> id.get() + on + inner.get() + key.get().reveal()))
                .containsExactly("0ftrue7s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:secret@h", "https:user:secret@h", "user:secret@h"})
    void shows_nothing_that_may_hold_a_password(String address) {
        Settings settings = Settings.of("b", Map.of("id", address));

        settings.text("id", HEX);

        assertThat(settings.finish(() -> "never").getLeft().head().toString())
                .doesNotContain("secret")
                .contains("not shown, as it may hold a password");
    }

    @Test
    void collects_every_fault_before_it_gives_up() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", "xyz");
        values.put("on", "perhaps");
        values.put("kind", "c");
        values.put("key", "");
        values.put("typo", "1");
        values.put("inner", Map.of("typo", "2"));
        values.put("flat", "3");
        values.put("deep", Map.of());
        Settings settings = Settings.of("b", values);

        settings.text("id", HEX);
        settings.required("absent", HEX);
        settings.flag("on");
        settings.choice("kind", "a", "b");
        settings.secret("key");
        settings.section("inner").text("id", HEX);
        settings.section("flat");
        settings.text("deep", HEX);

        List<String> faults = settings.finish(() -> "never").getLeft().map(SettingFault::toString);
        assertThat(faults)
                .containsExactly(
                        "b.id must be hexadecimal digits, but is \"xyz\"",
                        "b.absent is missing: it must be hexadecimal digits",
                        "b.on must be one of true, false, but is \"perhaps\"",
                        "b.kind must be one of a, b, but is \"c\"",
                        "b.key must be 1 to 32768 printable ASCII characters without white space or line breaks; its value"
                                + " is not shown",
                        "b.flat must be a section of settings, but is a single value",
                        "b.deep must be a single value, but is a section",
                        "b.typo is not a known setting; known here: id, absent, on, kind, key, inner, flat, deep",
                        "b.inner.typo is not a known setting; known here: id");
    }

    @Test
    void says_the_line_of_a_fault_where_it_is_known() {
        SettingNode.Section section =
                new SettingNode.Section(Map.of("id", new SettingNode.Text("x", "x", Option.some(7))), Option.some(3));
        Settings settings = Settings.of("b", section);
        settings.text("id", HEX);
        settings.required("absent", HEX);

        assertThat(settings.finish(() -> "never").getLeft().map(SettingFault::line))
                .containsExactly(Option.some(7), Option.some(3));
    }

    @Test
    void shows_what_was_written_and_never_what_it_stands_for() {
        SettingNode.Text text = new SettingNode.Text("${SECRET}", "the-secret", Option.none());
        Settings settings = Settings.of("b", new SettingNode.Section(Map.of("id", text), Option.none()));
        settings.text("id", HEX);

        String shown = settings.finish(() -> "never").getLeft().toString() + text;

        assertThat(shown).contains("${SECRET}").doesNotContain("the-secret");
    }

    @Test
    void hides_a_secret_when_it_is_printed() {
        assertThat(Secret.of("hidden").toString()).isEqualTo("***");
    }

    @Test
    void refuses_a_value_that_no_setting_can_be() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of("b", Map.of("id", java.util.List.of("a"))))
                .withMessageContaining("id");
    }

    @Test
    void offers_what_the_process_shares() {
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
