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

/** What calls cost, counted, so that no speed of any machine comes into it. */
class CostTest {

    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final FirmwareId ID = FirmwareId.of("0123456789abcdef0123456789abcdef");
    private static final int CALLS = 250;
    private static final int BATCHES = 16;

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private static Loopback loopback;

    @BeforeAll
    static void open() {
        loopback = Loopback.with(Map.of());
    }

    @AfterAll
    static void close() {
        loopback.close();
    }

    /** It is 21.7 and 23.7 kB here, where not all code is compiled as well as it can be. */
    @ParameterizedTest
    @CsvSource({"huawei, 27000", "aliyun, 29000"})
    void a_call_allocates_no_more_than_it_may(String backend, long most) {
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            ask(backend, CALLS);
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS);
        }

        assertThat(least).as("bytes for a call").isLessThan(most);
    }

    @ParameterizedTest
    @ValueSource(strings = {"huawei", "aliyun"})
    void an_answer_takes_one_request(String backend) throws IOException {
        long before = loopback.answered();

        ask(backend, CALLS);

        assertThat(loopback.answered() - before).isEqualTo(CALLS);
    }

    /** The HTTP client has housekeepers of its own, which it starts now and then. */
    @ParameterizedTest
    @ValueSource(strings = {"huawei", "aliyun"})
    void a_call_takes_no_thread(String backend) {
        ask(backend, 1);
        long before = THREADS.getTotalStartedThreadCount();

        ask(backend, CALLS);

        assertThat(THREADS.getTotalStartedThreadCount() - before).isLessThan(5);
    }

    @Test
    void both_adapters_bring_no_more_jars_than_they_may() throws IOException {
        ClassPath embedder = ClassPath.read(MODULE.resolve("target/embedder-classpath"));

        assertThat(embedder.jars()).hasSizeLessThanOrEqualTo(Target.MOST_JARS);
        assertThat(embedder.bytes()).isLessThanOrEqualTo((long) Target.MOST_MEBIBYTES << 20);
    }

    private static void ask(String backend, int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(loopback.ota().backend(backend).firmware().find(ID).isRight())
                    .isTrue();
        }
    }
}
