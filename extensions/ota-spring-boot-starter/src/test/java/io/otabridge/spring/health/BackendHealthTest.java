package io.otabridge.spring.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.OtaBridge;
import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.vavr.collection.List;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackendHealthTest {

    private static final Duration TTL = Duration.ofSeconds(60);

    private final AtomicInteger diagnoses = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private volatile Diagnosis diagnosis = Diagnosis.skipped();
    private volatile Runnable beforeDiagnosis = () -> {};

    private final BackendHealth health =
            new BackendHealth(OtaBridge.over(new Diagnosed()), "prod", TTL, Duration.ofSeconds(5), nanos::get);

    private final class Diagnosed extends Backend.Forwarding {

        Diagnosed() {
            super(InMemoryBackend.named("prod"));
        }

        @Override
        public Backend within(Duration deadline) {
            return this;
        }

        @Override
        public Diagnosis diagnose() {
            diagnoses.incrementAndGet();
            beforeDiagnosis.run();
            return diagnosis;
        }
    }

    @Test
    void a_failed_check_is_down_with_its_description_and_advice() {
        diagnosis = new Diagnosis(List.of(
                Finding.ok(Check.DNS, "The host resolves"),
                Finding.failed(Check.CONNECTION, "Refused", "Open the port")));

        assertThat(health.check().state()).isEqualTo(BackendHealth.State.DOWN);
        assertThat(health.check().details())
                .containsEntry("vendor", "memory")
                .containsEntry("connection", "failed: Refused. Open the port")
                .doesNotContainKey("dns");
    }

    @Test
    void a_warning_is_up_with_its_advice() {
        diagnosis = new Diagnosis(List.of(Finding.warning(Check.CLOCK, "Two minutes behind", "Set the clock")));

        assertThat(health.check().state()).isEqualTo(BackendHealth.State.UP);
        assertThat(health.check().details()).containsEntry("clock", "warning: Two minutes behind. Set the clock");
    }

    @Test
    void an_adapter_without_diagnosis_is_unknown() {
        assertThat(health.check().state()).isEqualTo(BackendHealth.State.UNKNOWN);
    }

    @Test
    void a_result_is_used_until_it_expires() {
        health.check();
        nanos.set(TTL.toNanos() - 1);
        health.check();
        assertThat(diagnoses).hasValue(1);

        nanos.set(TTL.toNanos());
        health.check();
        assertThat(diagnoses).hasValue(2);
    }

    @Test
    void callers_get_the_last_result_while_another_one_refreshes_it() throws InterruptedException {
        BackendHealth.Result first = health.check();
        nanos.set(TTL.toNanos());
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        beforeDiagnosis = () -> {
            started.countDown();
            awaitQuietly(end);
        };
        Thread refreshing = new Thread(health::check);
        refreshing.start();
        started.await();

        assertThat(health.check()).isSameAs(first);

        end.countDown();
        refreshing.join();
        assertThat(diagnoses).hasValue(2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
