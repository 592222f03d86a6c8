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
            .add(Shelf.firmware("p1", "5ba24f", "MCU", "1.0").build())
            .add(Shelf.firmware("p2", "5ba24f", "MCU", "1.1")
                    .verification(Verification.verified())
                    .build())
            .add(Shelf.firmware("p3", "camera", "", "7").build());
    private final InMemoryBackend legacy = InMemoryBackend.named("legacy")
            .add(Shelf.firmware("l1", "a19mz", "MCU", "1.0").build());
    private final OtaBridge ota = OtaBridge.over(prod, legacy);

    @Test
    void tells_what_every_backend_holds() {
        Inventory inventory = ota.inventory();

        assertThat(inventory.isComplete()).isTrue();
        assertThat(inventory.backends().map(BackendInventory::backend)).isEqualTo(List.of("prod", "legacy"));
        assertThat(inventory.backends().map(InventoryTest::ids))
                .isEqualTo(List.of(List.of("p1", "p2", "p3"), List.of("l1")));
    }

    @Test
    void asks_only_the_backends_that_are_chosen() {
        assertThat(ota.inventory(InventoryQuery.all().backends("legacy"))
                        .backends()
                        .map(InventoryTest::ids))
                .isEqualTo(List.of(List.of("l1")));
    }

    @Test
    void tells_only_of_what_the_filter_means() {
        FirmwareFilter filter = FirmwareFilter.all().version(FirmwareVersion.of("1.0"));

        assertThat(ota.inventory(InventoryQuery.all().filter(filter)).backends().map(InventoryTest::ids))
                .isEqualTo(List.of(List.of("p1"), List.of("l1")));
    }

    @Test
    void knows_a_product_by_its_name_on_every_backend_that_has_it() {
        OtaConfig config = OtaConfig.builder()
                .backend("prod", "memory", Map.of("region", "here"))
                .backend("legacy", "memory", Map.of("region", "there"))
                .backend("other", "memory", Map.of("region", "elsewhere"))
                .defaultBackend("prod")
                .product("thermometer", Map.of("prod", "5ba24f", "legacy", "a19mz"))
                .build();
        try (OtaBridge configured = OtaBridge.of(config, BackendContext.system().withEnvironment(Map.of()))) {
            InventoryQuery thermometers = InventoryQuery.all().product("thermometer");

            assertThat(configured.inventory(thermometers).backends().map(BackendInventory::backend))
                    .isEqualTo(List.of("prod", "legacy"));
            assertThat(configured.inventory(thermometers).leftOut()).isEqualTo(List.of("other"));
            assertThat(configured.inventory().leftOut()).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> configured.inventory(thermometers.backends("other")))
                    .withMessageContaining("has no id for backend \"other\"");
        }
    }

    @Test
    void names_a_backend_that_fails_and_keeps_the_rest() {
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
    void keeps_what_came_before_a_page_failed() {
        AtomicInteger calls = new AtomicInteger();
        InventoryQuery query = InventoryQuery.all().backends("prod").progress((backend, count) -> {
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

        Inventory inventory = ota.inventory(InventoryQuery.all().deadline(Duration.ofMillis(500)));
        never.countDown();

        OtaFailure failure = inventory.backends().head().failure().get();
        assertThat(failure).isInstanceOf(OtaFailure.DeadlineExceeded.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.summary()).isEqualTo("Backend prod took longer than the 500 ms that it was given");
        assertThat(ids(inventory.backends().last())).isEqualTo(List.of("l1"));
    }

    @Test
    void lets_a_slow_backend_keep_no_other_waiting() {
        CountDownLatch never = new CountDownLatch(1);
        prod.failWith(origin -> hangs(origin, never));

        Inventory inventory = ota.inventory(InventoryQuery.all().parallel(1).deadline(Duration.ofMillis(500)));

        // Nobody has let it go on yet.
        assertThat(never.getCount()).isEqualTo(1);
        assertThat(inventory.backends().head().failure().isDefined()).isTrue();
        assertThat(ids(inventory.backends().last())).isEqualTo(List.of("l1"));
        never.countDown();
    }

    @Test
    void asks_backends_at_the_same_time() {
        // Nobody gets further alone.
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
    void asks_no_more_at_the_same_time_than_it_may() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        InMemoryBackend[] more =
                List.range(0, 20).map(i -> InMemoryBackend.named("b" + i)).toJavaArray(InMemoryBackend[]::new);
        for (InMemoryBackend backend : more) {
            backend.failWith(origin -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                Thread.yield();
                now.decrementAndGet();
                return new OtaFailure.Unavailable(details(origin));
            });
        }

        OtaBridge.over(prod, more).inventory(InventoryQuery.all().parallel(2));

        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void tells_of_its_progress() {
        Map<String, Long> told = new ConcurrentHashMap<>();

        ota.inventory(InventoryQuery.all().progress(told::put));

        assertThat(told).containsOnly(Map.entry("prod", 3L), Map.entry("legacy", 1L));
    }

    @Test
    void ends_at_once_for_an_interrupted_thread() {
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
    void hides_no_mistake_of_an_adapter() {
        prod.failWith(origin -> {
            throw new IllegalStateException("a mistake");
        });

        assertThatThrownBy(ota::inventory)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a mistake");
    }

    @Test
    void throws_at_once_what_a_broken_adapter_throws() {
        prod.failWith(origin -> {
            throw new NoClassDefFoundError("com/acme/Missing");
        });

        assertThatThrownBy(ota::inventory).isInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void takes_any_time_there_is() {
        InventoryQuery forEver = InventoryQuery.all().deadline(ChronoUnit.FOREVER.getDuration());

        assertThat(ota.inventory(forEver).isComplete()).isTrue();
        assertThat(ota.diff("prod", "legacy", forEver).isRight()).isTrue();
    }

    @Test
    void tells_nothing_more_when_it_is_over() throws InterruptedException {
        CountDownLatch late = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        java.util.List<String> told = new CopyOnWriteArrayList<>();
        prod.failWith(origin -> {
            hangs(origin, late);
            prod.recover();
            over.countDown();
            return new OtaFailure.Unavailable(details(origin));
        });

        ota.inventory(InventoryQuery.all()
                .backends("prod")
                .deadline(Duration.ofMillis(500))
                .progress((backend, count) -> told.add(backend)));
        late.countDown();

        assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void refuses_a_query_that_cannot_be_meant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ota.inventory(InventoryQuery.all().backends("stage")))
                .withMessage("there is no backend \"stage\"; known: prod, legacy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InventoryQuery.all().parallel(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InventoryQuery.all().deadline(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InventoryQuery.all()
                        .filter(FirmwareFilter.all().product(io.otabridge.domain.ProductId.of("camera"))))
                .withMessageContaining("camera");
    }

    private static List<String> ids(BackendInventory backend) {
        return backend.firmware().map(FirmwareSummary::id).map(Object::toString);
    }

    private static FailureDetails details(OperationContext origin) {
        return FailureDetails.of(origin, "It is in trouble", "Call recover()");
    }

    /** Does not answer before the latch opens, whatever happens. */
    static OtaFailure hangs(OperationContext origin, CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                open = latch.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException ignored) {
                // A call that is not to be interrupted.
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
