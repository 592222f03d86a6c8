package io.otabridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.collection.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtaBridgeTest {

    private final MemoryProvider.OpenedBackends backends = new MemoryProvider.OpenedBackends();
    private final BackendContext context = BackendContext.system()
            .withEnvironment(Map.of())
            .withResource(MemoryProvider.OpenedBackends.class, backends);

    private static final Map<String, ?> PLAIN = Map.of("region", "here");

    @Test
    void returns_a_backend_by_name() {
        try (OtaBridge ota = two()) {
            assertThat(ota.backend("legacy").name()).isEqualTo("legacy");
            assertThat(ota.backend("legacy").vendor().name()).isEqualTo("memory");
        }
    }

    @Test
    void canonical_uses_the_rule_of_the_backend() {
        OtaConfig config = OtaConfig.builder()
                .backend("prod", "memory", Map.of("region", "here", "ignores-case", true))
                .build();
        try (OtaBridge ota = OtaBridge.over(OtaBridge.of(config, context).backend())) {
            assertThat(ota.products().canonical("prod", ProductId.of("AB"))).isEqualTo(ProductId.of("ab"));
            assertThat(ota.products().canonical("other", ProductId.of("AB"))).isEqualTo(ProductId.of("AB"));
        }
    }

    @Test
    void returns_the_default_backend() {
        try (OtaBridge ota = two()) {
            assertThat(ota.backend()).isSameAs(ota.backend("legacy"));
            assertThat(ota.defaultBackend()).isEqualTo("legacy");
        }
    }

    @Test
    void the_only_backend_is_the_default() {
        OtaConfig config = OtaConfig.builder().backend("only", "memory", PLAIN).build();
        try (OtaBridge ota = OtaBridge.of(config, context)) {
            assertThat(ota.defaultBackend()).isEqualTo("only");
        }
    }

    @Test
    void lists_backends_in_the_order_of_the_configuration() {
        try (OtaBridge ota = two()) {
            assertThat(ota.backends().map(Backend::name)).isEqualTo(List.of("prod", "legacy"));
        }
    }

    @Test
    void queries_through_the_ports() {
        try (OtaBridge ota = two()) {
            assertThat(ota.backend("prod")
                            .firmware()
                            .find(FirmwareId.of("missing"))
                            .getLeft())
                    .isInstanceOf(OtaFailure.NotFound.class);
        }
    }

    @Test
    void passes_settings_of_every_type_to_the_adapter() {
        Map<String, ?> settings =
                Map.of("region", 17, "closes-badly", false, "credentials", Map.of("secret-key", "${not}-replaced"));
        OtaConfig config = OtaConfig.builder().backend("a", "memory", settings).build();
        try (OtaBridge ota = OtaBridge.of(config, context)) {
            assertThat(ota.backend().endpoint()).isEqualTo("17");
            assertThat(ota.backend().authentication()).isEqualTo("${not}-replaced");
        }
    }

    @Test
    void rejects_an_unknown_name_and_lists_the_known_ones() {
        try (OtaBridge ota = two()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ota.backend("Prod"))
                    .withMessage("unknown backend \"Prod\"; known: prod, legacy");
        }
    }

    @Test
    void closes_every_backend_once() {
        OtaBridge ota = two();
        ota.checkAll();
        ota.close();
        ota.close();
        assertThat(backends.closed).containsExactly("prod", "legacy");
    }

    @Test
    void closes_the_others_if_one_fails_to_close() {
        OtaConfig config = OtaConfig.builder()
                .backend("bad", "memory", Map.of("region", "here", "closes-badly", true))
                .backend("good", "memory", PLAIN)
                .defaultBackend("good")
                .build();
        OtaBridge ota = OtaBridge.of(config, context);
        ota.checkAll();
        assertThatIllegalStateException().isThrownBy(ota::close).withMessage("bad closes badly");
        assertThat(backends.closed).containsExactly("bad", "good");
    }

    @Test
    void closes_all_backends_if_the_structure_has_an_error() {
        OtaConfig config = OtaConfig.builder()
                .backend("good", "memory", PLAIN)
                .backend("bad", "memory", Map.of())
                .defaultBackend("missing")
                .build();
        assertThatThrownBy(() -> OtaBridge.of(config, context))
                .hasMessageContaining("default must be one of good, bad")
                .hasMessageContaining("backends.bad.region is missing");
        assertThat(backends.opened).containsExactly("good");
        assertThat(backends.closed).containsExactly("good");
    }

    @Test
    void rejects_a_configuration_without_backends() {
        assertThatThrownBy(() -> OtaBridge.of(OtaConfig.builder().build(), context))
                .hasMessage(
                        "The configuration has 1 error:\n"
                                + "  backends is empty or not a section: it must contain a section for each backend, with any name");
    }

    @Test
    void accepts_open_backends() {
        InMemoryBackend first = InMemoryBackend.named("first");
        try (OtaBridge ota = OtaBridge.over(first, InMemoryBackend.named("second"))) {
            assertThat(ota.backend()).isSameAs(first);
            assertThat(ota.backends()).hasSize(2);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OtaBridge.over(first, InMemoryBackend.named("first")))
                .withMessageContaining("first, first");
    }

    @Test
    void rejects_a_vendor_without_an_adapter() {
        OtaConfig config = OtaConfig.builder()
                .backend("prod", "acme", Map.of("any", "thing"))
                .build();
        assertThatThrownBy(() -> OtaBridge.of(config, context).backend())
                .hasMessageContaining("backends.prod.vendor must be one of memory, but is \"acme\"; to add a"
                        + " vendor, put its adapter's jar on the class path");
    }

    @Test
    void rejects_two_adapters_for_one_vendor() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new ProviderRegistry(List.of(new MemoryProvider(), new MemoryProvider())))
                .withMessageContaining("vendor \"memory\"")
                .withMessageContaining("io.otabridge.app.MemoryProvider");
    }

    @Test
    void rejects_settings_of_an_unsupported_type() {
        OtaConfig.Builder builder = OtaConfig.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.backend("prod", "memory", Map.of("c", Map.of("ak", java.util.List.of(1)))))
                .withMessageStartingWith("setting backends.prod.c.ak must be a text, number, boolean or map");
    }

    @Test
    void rejects_a_duplicate_backend_or_two_vendors() {
        OtaConfig.Builder builder = OtaConfig.builder().backend("prod", "memory", PLAIN);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.backend("prod", "memory", PLAIN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.backend("other", "memory", Map.of("vendor", "acme")));
    }

    @Test
    void toString_shows_no_setting() {
        OtaConfig config = OtaConfig.builder()
                .backend("prod", "memory", Map.of("credentials", Map.of("secret-key", "hush")))
                .build();
        assertThat(config).hasToString("OtaConfig[made in Java]");
    }

    private OtaBridge two() {
        OtaConfig config = OtaConfig.builder()
                .backend("prod", "memory", PLAIN)
                .backend("legacy", "memory", PLAIN)
                .defaultBackend("legacy")
                .build();
        return OtaBridge.of(config, context);
    }
}
