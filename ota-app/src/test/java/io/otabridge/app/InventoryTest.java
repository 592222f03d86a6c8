package io.otabridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.List;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InventoryTest {

    private final InMemoryBackend prod = InMemoryBackend.named("prod")
            .add(TestFirmware.firmware("p1", "5ba24f", "MCU", "1.0").build())
            .add(TestFirmware.firmware("p2", "5ba24f", "MCU", "1.1")
                    .verification(Verification.verified())
                    .build())
            .add(TestFirmware.firmware("p3", "camera", "", "7").build());
    private final InMemoryBackend legacy = InMemoryBackend.named("legacy")
            .add(TestFirmware.firmware("l1", "a19mz", "MCU", "1.0").build());
    private final OtaBridge ota = OtaBridge.over(prod, legacy);

    @Test
    void lists_every_backend() {
        Inventory inventory = ota.inventory();

        assertThat(inventory.isComplete()).isTrue();
        assertThat(inventory.backends().map(BackendInventory::backend)).isEqualTo(List.of("prod", "legacy"));
        assertThat(inventory.backends().map(InventoryTest::ids))
                .isEqualTo(List.of(List.of("p1", "p2", "p3"), List.of("l1")));
    }

    @Test
    void queries_only_the_selected_backends() {
        assertThat(ota.inventory(InventoryRequest.all().backends("legacy"))
                        .backends()
                        .map(InventoryTest::ids))
                .isEqualTo(List.of(List.of("l1")));
    }

    @Test
    void lists_only_packages_that_match() {
        FirmwareFilter filter = FirmwareFilter.all().version(FirmwareVersion.of("1.0"));

        assertThat(ota.inventory(InventoryRequest.all().filter(filter))
                        .backends()
                        .map(InventoryTest::ids))
                .isEqualTo(List.of(List.of("p1"), List.of("l1")));
    }

    @Test
    void a_product_name_selects_the_backends_with_its_id() {
        OtaConfig config = OtaConfig.builder()
                .backend("prod", "memory", Map.of("region", "here"))
                .backend("legacy", "memory", Map.of("region", "there"))
                .backend("other", "memory", Map.of("region", "elsewhere"))
                .defaultBackend("prod")
                .product("thermometer", Map.of("prod", "5ba24f", "legacy", "a19mz"))
                .build();
        try (OtaBridge configured = OtaBridge.of(config, BackendContext.system().withEnvironment(Map.of()))) {
            InventoryRequest thermometers = InventoryRequest.all().product("thermometer");

            assertThat(configured.inventory(thermometers).backends().map(BackendInventory::backend))
                    .isEqualTo(List.of("prod", "legacy"));
            assertThat(configured.inventory(thermometers).skipped()).isEqualTo(List.of("other"));
            assertThat(configured.inventory().skipped()).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> configured.inventory(thermometers.backends("other")))
                    .withMessageContaining("has no id for backend \"other\"");
        }
    }

    @Test
    void states_whether_only_some_packages_were_requested() {
        InventoryRequest all = InventoryRequest.all();

        assertThat(ota.inventory().isFiltered()).isFalse();
        assertThat(ota.inventory(all.backends("prod")).isFiltered()).isFalse();
        assertThat(ota.inventory(all.product("p")).isFiltered()).isTrue();
        assertThat(ota.inventory(all.filter(FirmwareFilter.all().version(FirmwareVersion.of("1"))))
                        .isFiltered())
                .isTrue();
    }

    @Test
    void a_failed_backend_has_its_capabilities() {
        prod.failWith(origin -> new OtaFailure.AccessDenied(details(origin)));

        BackendInventory failed = ota.inventory().backends().head();

        assertThat(failed.failure()).isNotEmpty();
        assertThat(failed.capabilities())
                .hasToString(ota.backend("prod").capabilities().toString());
    }

    @Test
    void a_failed_backend_does_not_affect_the_others() {
        prod.failWith(origin -> new OtaFailure.AccessDenied(details(origin)));

        Inventory inventory = ota.inventory();

        assertThat(inventory.isComplete()).isFalse();
        BackendInventory failed = inventory.backends().head();
        assertThat(failed.backend()).isEqualTo("prod");
        assertThat(failed.failure().get()).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failed.firmware()).isEmpty();
        assertThat(ids(inventory.backends().last())).isEqualTo(List.of("l1"));
    }

    @Test
    void keeps_packages_listed_before_a_failed_page() {
        AtomicInteger calls = new AtomicInteger();
        InventoryRequest query = InventoryRequest.all().backends("prod").progress((backend, count) -> {
            if (calls.incrementAndGet() == 2) {
                prod.failWith(origin -> new OtaFailure.Unavailable(details(origin)));
            }
        });

        BackendInventory cut = ota.inventory(query).backends().head();

        assertThat(ids(cut)).isEqualTo(List.of("p1", "p2"));
        assertThat(cut.failure().get()).isInstanceOf(OtaFailure.Unavailable.class);
    }

    @Test
    void does_not_wait_for_a_backend_beyond_its_deadline() {
        CountDownLatch never = new CountDownLatch(1);
        prod.failWith(origin -> hangs(origin, never));

        Inventory inventory = ota.inventory(InventoryRequest.all().deadline(Duration.ofMillis(500)));
        never.countDown();

        OtaFailure failure = inventory.backends().head().failure().get();
        assertThat(failure).isInstanceOf(OtaFailure.DeadlineExceeded.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.summary()).isEqualTo("Backend prod did not finish within 500 ms");
        assertThat(ids(inventory.backends().last())).isEqualTo(List.of("l1"));
    }

    @Test
    void a_slow_backend_does_not_delay_the_others() {
        CountDownLatch never = new CountDownLatch(1);
        prod.failWith(origin -> hangs(origin, never));

        Inventory inventory = ota.inventory(InventoryRequest.all().parallel(1).deadline(Duration.ofMillis(500)));

        // The slow backend is still blocked.
        assertThat(never.getCount()).isEqualTo(1);
        assertThat(inventory.backends().head().failure().isDefined()).isTrue();
        assertThat(ids(inventory.backends().last())).isEqualTo(List.of("l1"));
        never.countDown();
    }

    @Test
    void queries_backends_concurrently() {
        // Each call waits for the other one.
        CyclicBarrier both = new CyclicBarrier(2);
        for (InMemoryBackend backend : List.of(prod, legacy)) {
            backend.failWith(origin -> meets(origin, both));
        }

        assertThat(ota.inventory()
                        .backends()
                        .map(backend -> backend.failure().get().summary()))
                .isEqualTo(List.of("met", "met"));
    }

    @Test
    void limits_the_number_of_concurrent_queries() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger maxRunning = new AtomicInteger();
        InMemoryBackend[] more =
                List.range(0, 20).map(i -> InMemoryBackend.named("b" + i)).toJavaArray(InMemoryBackend[]::new);
        for (InMemoryBackend backend : more) {
            backend.failWith(origin -> {
                maxRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                running.decrementAndGet();
                return new OtaFailure.Unavailable(details(origin));
            });
        }

        OtaBridge.over(prod, more).inventory(InventoryRequest.all().parallel(2));

        assertThat(maxRunning.get()).isBetween(1, 2);
    }

    @Test
    void reports_its_progress() {
        Map<String, Long> reported = new ConcurrentHashMap<>();

        ota.inventory(InventoryRequest.all().progress(reported::put));

        assertThat(reported).containsOnly(Map.entry("prod", 3L), Map.entry("legacy", 1L));
    }

    @Test
    void an_interrupt_ends_the_inventory() {
        CountDownLatch never = new CountDownLatch(1);
        prod.failWith(origin -> hangs(origin, never));

        Thread.currentThread().interrupt();
        Inventory inventory = ota.inventory();

        assertThat(Thread.interrupted()).isTrue();
        never.countDown();
        assertThat(inventory.backends().head().failure().get()).isInstanceOf(OtaFailure.Cancelled.class);
        assertThat(inventory.backends()).hasSize(2);
    }

    @Test
    void rethrows_an_exception_of_an_adapter() {
        prod.failWith(origin -> {
            throw new IllegalStateException("a bug");
        });

        assertThatThrownBy(ota::inventory)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");
    }

    /** An adapter may throw it undeclared, as Vavr and Kotlin do. */
    @Test
    void rethrows_an_undeclared_interrupted_exception_of_an_adapter() {
        prod.failWith(origin -> {
            throw InventoryTest.<RuntimeException>undeclared(new InterruptedException("a bug"));
        });

        assertThatThrownBy(() -> ota.inventory(InventoryRequest.all().deadline(Duration.ofSeconds(20))))
                .hasRootCauseMessage("a bug");
    }

    @SuppressWarnings("unchecked") // The cast is not checked at run time.
    private static <E extends Exception> E undeclared(Exception exception) throws E {
        throw (E) exception;
    }

    @Test
    void rethrows_an_error_of_an_adapter() {
        prod.failWith(origin -> {
            throw new NoClassDefFoundError("com/acme/Missing");
        });

        assertThatThrownBy(ota::inventory).isInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void accepts_any_deadline() {
        InventoryRequest unlimited = InventoryRequest.all().deadline(ChronoUnit.FOREVER.getDuration());

        assertThat(ota.inventory(unlimited).isComplete()).isTrue();
        assertThat(ota.diff("prod", "legacy", unlimited).isRight()).isTrue();
    }

    @Test
    void reports_no_progress_after_the_result() throws InterruptedException {
        CountDownLatch late = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        java.util.List<String> reported = new CopyOnWriteArrayList<>();
        prod.failWith(origin -> {
            hangs(origin, late);
            prod.recover();
            finished.countDown();
            return new OtaFailure.Unavailable(details(origin));
        });

        ota.inventory(InventoryRequest.all()
                .backends("prod")
                .deadline(Duration.ofMillis(500))
                .progress((backend, count) -> reported.add(backend)));
        late.countDown();

        assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(reported).isEmpty();
    }

    @Test
    void rejects_an_invalid_query() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ota.inventory(InventoryRequest.all().backends("stage")))
                .withMessage("unknown backend \"stage\"; known: prod, legacy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InventoryRequest.all().parallel(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InventoryRequest.all().deadline(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InventoryRequest.all()
                        .filter(FirmwareFilter.all().product(io.otabridge.domain.ProductId.of("camera"))))
                .withMessageContaining("camera");
    }

    private static List<String> ids(BackendInventory backend) {
        return backend.firmware().map(FirmwareSummary::id).map(Object::toString);
    }

    private static FailureDetails details(OperationContext origin) {
        return FailureDetails.of(origin, "It has failed", "Call recover()");
    }

    /** Blocks until the latch opens, even if interrupted. */
    static OtaFailure hangs(OperationContext origin, CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                open = latch.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException ignored) {
                // Simulates a call that ignores interrupts.
            }
        }
        return new OtaFailure.Unavailable(details(origin));
    }

    private static OtaFailure meets(OperationContext origin, CyclicBarrier others) {
        try {
            others.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException(alone);
        }
        return new OtaFailure.Unavailable(FailureDetails.of(origin, "met", "Call recover()"));
    }
}
