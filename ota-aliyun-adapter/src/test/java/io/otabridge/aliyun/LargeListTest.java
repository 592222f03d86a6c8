package io.otabridge.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.StreamingHeapCheck;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Lists more packages than fit into memory. It uses all cores, so no test with a deadline runs at the same time. */
@Isolated
class LargeListTest {

    private static final int PACKAGES = 1_000_000;

    /**
     * More tasks than the platform lists, and than fit into the heap. A million devices are more than it lists, and the
     * tasks of slightly fewer take minutes: two requests for 50 devices.
     */
    private static final int TASKS = 120_000;

    private static final ProductId PRODUCT = ProductId.of(AliyunSimulator.GENERATED_PRODUCT);

    private final AliyunSimulator simulator = AliyunSimulator.start();

    LargeListTest() {
        simulator.generateFirmware(PACKAGES);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    /** Pages of a hundred. The platform's own page count tells which page is the last. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void is_listed_completely_with_a_small_heap() throws IOException, InterruptedException {
        StreamingHeapCheck.expectAll(
                "aliyun",
                simulator.endpoint(),
                Map.entry("instance-id", simulator.instanceId()),
                simulator.accessKey(),
                simulator.secretKey(),
                PRODUCT,
                PACKAGES);

        assertThat(simulator.requestCount()).isEqualTo(PACKAGES / 100);
    }

    /** The platform lists at most 100,000 tasks, so most of them are read device by device. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void all_tasks_of_a_job_are_listed_with_a_small_heap() throws IOException, InterruptedException {
        JobId job = JobId.of(simulator.generateJob(TASKS));

        StreamingHeapCheck.expectAllTasks(
                "aliyun",
                simulator.endpoint(),
                Map.entry("instance-id", simulator.instanceId()),
                simulator.accessKey(),
                simulator.secretKey(),
                job,
                TASKS);
    }

    @Test
    void reads_only_the_needed_pages() {
        try (Backend backend = backend()) {
            assertThat(backend.firmware().list(FirmwareFilter.all().product(PRODUCT)).stream()
                            .limit(1_000)
                            .count())
                    .isEqualTo(1_000);
        }

        assertThat(simulator.requestCount()).isEqualTo(10);
    }

    @Test
    void finds_one_package_with_two_calls() {
        FirmwareVersion last = FirmwareVersion.of("1.0." + (PACKAGES - 1));

        try (Backend backend = backend()) {
            assertThat(backend.firmware()
                            .find(FirmwareCoordinates.wholeDevice(PRODUCT, last))
                            .get()
                            .version())
                    .isEqualTo(last);
        }

        assertThat(simulator.requestCount()).isEqualTo(2);
    }

    private Backend backend() {
        Map<String, Object> settings = AliyunFixture.settings(simulator, new HashMap<>());
        return new AliyunProvider()
                .open("legacy", SettingsReader.of("backends.legacy", settings), BackendContext.system())
                .get();
    }
}
