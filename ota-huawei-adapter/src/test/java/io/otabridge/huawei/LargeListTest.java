package io.otabridge.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.StreamingHeapCheck;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.huawei.HuaweiSimulator;
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
    private static final String PRODUCT = "p-large";

    private final HuaweiSimulator simulator = HuaweiSimulator.start();

    LargeListTest() {
        simulator.generatePackages(PRODUCT, PACKAGES);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    /** Pages of fifty, an empty page after the last full one, and one page for each of the other two types. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void is_listed_completely_with_a_small_heap() throws IOException, InterruptedException {
        StreamingHeapCheck.expectAll(
                "huawei",
                simulator.endpoint(),
                Map.entry("project-id", simulator.projectId()),
                simulator.accessKey(),
                simulator.secretKey(),
                ProductId.of(PRODUCT),
                PACKAGES);

        assertThat(simulator.requestCount()).isEqualTo(PACKAGES / 50 + 3);
    }

    /** Pages of fifty, and an empty page after the last full one. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void all_tasks_of_a_job_are_listed_with_a_small_heap() throws IOException, InterruptedException {
        JobId job = JobId.of(simulator.generateJob(simulator.packages().get(0).packageId(), PACKAGES));

        StreamingHeapCheck.expectAllTasks(
                "huawei",
                simulator.endpoint(),
                Map.entry("project-id", simulator.projectId()),
                simulator.accessKey(),
                simulator.secretKey(),
                job,
                PACKAGES);

        assertThat(simulator.requestCount()).isEqualTo(PACKAGES / 50 + 1);
    }

    @Test
    void reads_only_the_needed_pages() {
        try (Backend backend = backend()) {
            assertThat(backend.firmware().list(FirmwareFilter.all().product(ProductId.of(PRODUCT))).stream()
                            .limit(1_000)
                            .count())
                    .isEqualTo(1_000);
        }

        assertThat(simulator.requestCount()).isEqualTo(20);
    }

    @Test
    void finds_the_newest_package_with_one_call() {
        FirmwareFilter filter =
                FirmwareFilter.all().product(ProductId.of(PRODUCT)).target(FirmwareTarget.wholeDevice());

        try (Backend backend = backend()) {
            assertThat(backend.firmware()
                            .newest(filter, FirmwareOrder.byCreation())
                            .get()
                            .version()
                            .value())
                    .isEqualTo("0.0." + PACKAGES);
        }

        assertThat(simulator.requestCount()).isEqualTo(1);
    }

    private Backend backend() {
        Map<String, Object> settings = HuaweiFixture.settings(simulator, new HashMap<>());
        settings.put("pacing", "off");
        return new HuaweiProvider()
                .open("prod", SettingsReader.of("backends.prod", settings), BackendContext.system())
                .get();
    }
}
