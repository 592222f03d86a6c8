package io.otabridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.ConfigError;
import io.vavr.collection.List;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of a backend are checked on first use: an error there does not affect another backend. */
class BackendsInUseTest {

    private static final String UNSET =
            "line 8: backends.legacy.region refers to ${LEGACY_REGION}, which is not set in" + " the environment";
    private static final String PRODUCT =
            "line 16: products.thermometer.legacy refers to ${LEGACY_PRODUCT}, which is not set in the environment";
    private static final String REGION =
            "line 11: backends.lab.region must be 1 to 20 lower-case letters, digits and hyphens, but is \"The Lab\"";

    private final MemoryProvider.OpenedBackends backends = new MemoryProvider.OpenedBackends();
    private final BackendContext context = BackendContext.system()
            .withEnvironment(Map.of())
            .withResource(MemoryProvider.OpenedBackends.class, backends);

    @TempDir
    private Path directory;

    private OtaBridge ota;

    @BeforeEach
    void load() throws IOException {
        ota = OtaBridge.load(Files.writeString(directory.resolve("ota.yaml"), """
                default: prod
                backends:
                  prod:
                    vendor: memory
                    region: here
                  legacy:
                    vendor: memory
                    region: ${LEGACY_REGION}
                  lab:
                    vendor: memory
                    region: The Lab
                  spare:
                    vendor: memory
                    region: there
                products:
                  thermometer: { prod: 5ba24f, legacy: "${LEGACY_PRODUCT}", spare: a19mz }
                """), context);
    }

    @AfterEach
    void close() {
        ota.close();
    }

    @Test
    void a_backend_is_usable_if_a_variable_of_another_one_is_not_set() {
        assertThat(ota.backend().endpoint()).isEqualTo("here");
        assertThat(ota.products().resolve("thermometer", "prod")).isEqualTo(ProductId.of("5ba24f"));
        assertThat(ota.products().name("prod", ProductId.of("5ba24f"))).contains("thermometer");
        assertThat(backends.opened).containsExactly("prod");
    }

    @Test
    void first_use_reports_all_errors_of_this_backend_only() {
        assertThat(errors(() -> ota.backend("legacy"))).containsExactly(UNSET, PRODUCT);
        assertThat(errors(() -> ota.backend("lab"))).containsExactly(REGION);
        assertThat(errors(() -> ota.products().resolve("thermometer", "legacy")))
                .containsExactly(PRODUCT);
    }

    @Test
    void checkAll_reports_all_errors_at_once() {
        assertThat(errors(ota::checkAll)).containsExactly(UNSET, REGION, PRODUCT);
        assertThat(errors(ota::backends)).containsExactly(UNSET, REGION, PRODUCT);
        assertThat(ota.backend("spare").endpoint()).isEqualTo("there");
    }

    @Test
    void names_are_available_without_opening_a_backend() {
        assertThat(ota.backendNames()).isEqualTo(List.of("prod", "legacy", "lab", "spare"));
        assertThat(ota.defaultBackend()).isEqualTo("prod");
        assertThat(ota.products().backendsOf("thermometer")).isEqualTo(List.of("prod", "legacy", "spare"));
        assertThat(backends.opened).isEmpty();
    }

    @Test
    void an_inventory_checks_the_selected_backends() {
        assertThat(errors(() -> ota.inventory())).containsExactly(UNSET, REGION, PRODUCT);
        assertThat(errors(() -> ota.inventory(InventoryRequest.all().product("thermometer"))))
                .containsExactly(UNSET, PRODUCT);
        assertThat(ota.inventory(InventoryRequest.all().backends("prod", "spare"))
                        .isComplete())
                .isTrue();
    }

    @Test
    void a_comparison_checks_both_backends() {
        assertThat(errors(() -> ota.diff("lab", "legacy"))).containsExactly(UNSET, REGION, PRODUCT);
        assertThat(errors(() -> ota.diff("prod", "lab"))).containsExactly(REGION);
        assertThat(ota.diff("prod", "spare").isRight()).isTrue();
    }

    @Test
    void many_threads_open_a_backend_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Backend>> uses = List.fill(64, () -> () -> ota.backend("spare"));
            List<Backend> used = List.empty();
            for (Future<Backend> use : threads.invokeAll(uses.asJava())) {
                used = used.append(use.get());
            }
            assertThat(used.distinctBy(System::identityHashCode)).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(backends.opened).containsExactly("spare");
    }

    @Test
    void close_closes_open_backends_and_prevents_opening_others() {
        ota.backend("spare");
        ota.close();
        ota.close();

        assertThat(backends.closed).containsExactly("spare");
        assertThatIllegalStateException()
                .isThrownBy(() -> ota.backend("prod"))
                .withMessage("backend \"prod\" cannot be opened: the bridge is closed");
        assertThat(backends.opened).containsExactly("spare");
    }

    @Test
    void a_backend_with_an_invalid_product_is_closed() throws IOException {
        try (OtaBridge twice = OtaBridge.load(Files.writeString(directory.resolve("twice.yaml"), """
                backends:
                  prod: { vendor: memory, region: here }
                products:
                  a: { prod: x }
                  b: { prod: x }
                """), context)) {
            assertThat(errors(twice::backend))
                    .containsExactly("line 5: products.b.prod is the same product as products.a.prod");
        }
        assertThat(backends.opened).containsExactly("prod");
        assertThat(backends.closed).containsExactly("prod");
    }

    private static java.util.List<String> errors(ThrowingCallable use) {
        ConfigurationException invalid = catchThrowableOfType(ConfigurationException.class, use);
        assertThat(invalid).isNotNull();
        return invalid.errors().map(ConfigError::toString).asJava();
    }
}
