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

/** The settings of a backend are checked when it is used: an error there does not stop the use of another backend. */
class BackendsInUseTest {

    private static final String UNSET =
            "line 8: backends.legacy.region refers to ${LEGACY_REGION}, which is not set in" + " the environment";
    private static final String PRODUCT =
            "line 16: products.thermometer.legacy refers to ${LEGACY_PRODUCT}, which is not set in the environment";
    private static final String REGION =
            "line 11: backends.lab.region must be 1 to 20 lower-case letters, digits and hyphens, but is \"The Lab\"";

    private final MemoryProvider.Ledger ledger = new MemoryProvider.Ledger();
    private final BackendContext context =
            BackendContext.system().withEnvironment(Map.of()).withResource(MemoryProvider.Ledger.class, ledger);

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
    void a_backend_is_used_although_a_variable_of_another_one_is_not_set() {
        assertThat(ota.backend().endpoint()).isEqualTo("here");
        assertThat(ota.products().resolve("thermometer", "prod")).isEqualTo(ProductId.of("5ba24f"));
        assertThat(ota.products().name("prod", ProductId.of("5ba24f"))).contains("thermometer");
        assertThat(ledger.opened).containsExactly("prod");
    }

    @Test
    void using_a_backend_reports_every_error_of_it_and_of_no_other() {
        assertThat(errors(() -> ota.backend("legacy"))).containsExactly(UNSET, PRODUCT);
        assertThat(errors(() -> ota.backend("lab"))).containsExactly(REGION);
        assertThat(errors(() -> ota.products().resolve("thermometer", "legacy")))
                .containsExactly(PRODUCT);
    }

    @Test
    void the_check_of_all_reports_every_error_at_once() {
        assertThat(errors(ota::checkAll)).containsExactly(UNSET, REGION, PRODUCT);
        assertThat(errors(ota::backends)).containsExactly(UNSET, REGION, PRODUCT);
        assertThat(ota.backend("spare").endpoint()).isEqualTo("there");
    }

    @Test
    void names_are_known_without_opening_a_backend() {
        assertThat(ota.backendNames()).isEqualTo(List.of("prod", "legacy", "lab", "spare"));
        assertThat(ota.defaultBackend()).isEqualTo("prod");
        assertThat(ota.products().backendsOf("thermometer")).isEqualTo(List.of("prod", "legacy", "spare"));
        assertThat(ledger.opened).isEmpty();
    }

    @Test
    void an_inventory_checks_the_backends_it_lists() {
        assertThat(errors(() -> ota.inventory())).containsExactly(UNSET, REGION, PRODUCT);
        assertThat(errors(() -> ota.inventory(InventoryQuery.all().product("thermometer"))))
                .containsExactly(UNSET, PRODUCT);
        assertThat(ota.inventory(InventoryQuery.all().backends("prod", "spare")).isComplete())
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
        assertThat(ledger.opened).containsExactly("spare");
    }

    @Test
    void closing_closes_what_was_opened_and_lets_nothing_more_be_opened() {
        ota.backend("spare");
        ota.close();
        ota.close();

        assertThat(ledger.closed).containsExactly("spare");
        assertThatIllegalStateException()
                .isThrownBy(() -> ota.backend("prod"))
                .withMessage("backend \"prod\" cannot be opened: the bridge is closed");
        assertThat(ledger.opened).containsExactly("spare");
    }

    @Test
    void a_backend_whose_products_have_an_error_does_not_stay_open() throws IOException {
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
        assertThat(ledger.opened).containsExactly("prod");
        assertThat(ledger.closed).containsExactly("prod");
    }

    private static java.util.List<String> errors(ThrowingCallable use) {
        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, use);
        assertThat(refused).isNotNull();
        return refused.faults().map(ConfigError::toString).asJava();
    }
}
