package io.otabridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.otabridge.domain.firmware.FirmwareId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the cost of calls by counts, which do not depend on the speed of the machine. */
class CostTest {

    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final FirmwareId ID = FirmwareId.of("0123456789abcdef0123456789abcdef");
    private static final int CALLS = 250;
    private static final int BATCHES = 16;

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private static BenchmarkBridge loopback;

    @BeforeAll
    static void open() {
        loopback = BenchmarkBridge.with(Map.of());
    }

    @AfterAll
    static void close() {
        loopback.close();
    }

    /** The values are about 25.3 and 27.2 kB in this test, in which not all code is fully optimized by the JIT compiler. */
    @ParameterizedTest
    @CsvSource({"huawei, 27000", "aliyun, 29000"})
    void a_call_stays_within_its_allocation_limit(String backend, long max) {
        long min = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            call(backend, CALLS);
            min = Math.min(min, (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS);
        }

        assertThat(min).as("bytes for a call").isLessThan(max);
    }

    @ParameterizedTest
    @ValueSource(strings = {"huawei", "aliyun"})
    void a_call_sends_one_request(String backend) throws IOException {
        long before = loopback.requests();

        call(backend, CALLS);

        assertThat(loopback.requests() - before).isEqualTo(CALLS);
    }

    /** Allows a few threads, because the HTTP client starts maintenance threads. */
    @ParameterizedTest
    @ValueSource(strings = {"huawei", "aliyun"})
    void a_call_starts_no_thread(String backend) {
        call(backend, 1);
        long before = THREADS.getTotalStartedThreadCount();

        call(backend, CALLS);

        assertThat(THREADS.getTotalStartedThreadCount() - before).isLessThan(5);
    }

    @Test
    void both_adapters_stay_within_the_class_path_limit() throws IOException {
        ClassPath embedder = ClassPath.read(MODULE.resolve("target/embedder-classpath"));

        assertThat(embedder.jars()).hasSizeLessThanOrEqualTo(PerformanceTarget.MAX_JARS);
        assertThat(embedder.bytes()).isLessThanOrEqualTo((long) PerformanceTarget.MAX_MEBIBYTES << 20);
    }

    private static void call(String backend, int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(loopback.ota().backend(backend).firmware().find(ID).isRight())
                    .isTrue();
        }
    }
}
