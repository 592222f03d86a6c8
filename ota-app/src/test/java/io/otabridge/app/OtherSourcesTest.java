package io.otabridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.ConfigNode;
import io.vavr.control.Option;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Configurations that do not come from a file or a builder. */
class OtherSourcesTest {

    private final BackendContext context = BackendContext.system().withEnvironment(Map.of("REGION", "here"));

    @Test
    void settings_have_the_checks_of_a_file() {
        OtaConfig config = OtaConfig.of(
                Map.of("backends", Map.of("prod", Map.of("vendor", "memory", "regoin", "here")), "defualt", "prod"));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> OtaBridge.of(config, context))
                .withMessageContaining("defualt is not a known setting (did you mean default?)")
                .withMessageContaining("backends.prod.region is missing")
                .withMessageContaining("backends.prod.regoin is not a known setting (did you mean region?)");
    }

    @Test
    void a_node_of_the_caller_keeps_its_problem() {
        ConfigNode unresolved = new ConfigNode.Other("refers to ${HW_AK}, which is not set", Option.none());
        OtaConfig config =
                OtaConfig.of(Map.of("backends", Map.of("prod", Map.of("vendor", "memory", "region", unresolved))));

        try (OtaBridge ota = OtaBridge.of(config, context)) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(ota::checkAll)
                    .withMessageContaining("backends.prod.region refers to ${HW_AK}, which is not set");
        }
    }

    @Test
    void a_value_of_another_type_is_not_allowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OtaConfig.of(Map.of("backends", java.util.List.of("prod"))))
                .withMessageContaining("must be a text, number, boolean or map");
    }

    @Test
    void a_text_that_is_not_yaml_has_an_error_with_its_line() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> OtaConfig.parse("backends:\n  prod: {", context))
                .withMessageContaining("line 2: the file is not valid YAML");
    }

    @Test
    void a_text_replaces_placeholders_like_a_file() {
        OtaConfig config = OtaConfig.parse("backends:\n  prod: { vendor: memory, region: \"${REGION}\" }\n", context);

        try (OtaBridge ota = OtaBridge.of(config, context)) {
            assertThat(ota.backend().endpoint()).isEqualTo("here");
        }
    }

    @Test
    void names_and_default_are_known_before_anything_is_opened() {
        OtaConfig two = OtaConfig.of(
                Map.of("default", "b", "backends", new java.util.TreeMap<>(Map.of("a", Map.of(), "b", Map.of()))));

        assertThat(two.backendNames()).containsExactly("a", "b");
        assertThat(two.defaultBackend()).containsExactly("b");
        assertThat(OtaConfig.of(Map.of("backends", Map.of("a", Map.of()))).defaultBackend())
                .containsExactly("a");
        assertThat(OtaConfig.of(Map.of()).backendNames()).isEmpty();
        assertThat(OtaConfig.of(Map.of()).defaultBackend()).isEmpty();
    }

    @Test
    void an_unknown_backend_is_named() {
        OtaConfig config =
                OtaConfig.of(Map.of("backends", Map.of("prod", Map.of("vendor", "memory", "region", "here"))));

        try (OtaBridge ota = OtaBridge.of(config, context)) {
            assertThatExceptionOfType(UnknownBackendException.class)
                    .isThrownBy(() -> ota.backend("stage"))
                    .satisfies(unknown -> assertThat(unknown.name()).isEqualTo("stage"))
                    .withMessage("unknown backend \"stage\"; known: prod");
        }
    }
}
