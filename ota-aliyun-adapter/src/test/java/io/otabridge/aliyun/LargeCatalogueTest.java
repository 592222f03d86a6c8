package io.otabridge.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.StreamFirmware;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** A catalogue that is far larger than the memory. It keeps every core busy, so no deadline of another test runs meanwhile. */
@Isolated
class LargeCatalogueTest {

    private static final int PACKAGES = 1_000_000;
    private static final ProductId PRODUCT = ProductId.of(AliyunSimulator.GENERATED_PRODUCT);

    private final AliyunSimulator simulator = AliyunSimulator.start();

    LargeCatalogueTest() {
        simulator.generateFirmware(PACKAGES);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    /** Pages of a hundred; the platform's own count tells which is the last. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void is_streamed_whole_by_a_process_with_little_memory() throws IOException, InterruptedException {
        StreamFirmware.expectAll(
                "aliyun",
                simulator.endpoint(),
                Map.entry("instance-id", simulator.instanceId()),
                simulator.accessKey(),
                simulator.secretKey(),
                PRODUCT,
                PACKAGES);

        assertThat(simulator.requestCount()).isEqualTo(PACKAGES / 100);
    }

    @Test
    void costs_only_the_pages_that_are_wanted() {
        try (Backend backend = backend()) {
            assertThat(backend.firmware().list(FirmwareFilter.all().product(PRODUCT)).stream()
                            .limit(1_000)
                            .count())
                    .isEqualTo(1_000);
        }

        assertThat(simulator.requestCount()).isEqualTo(10);
    }

    @Test
    void costs_two_calls_for_one_package() {
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
        Map<String, Object> settings = Map.of(
                "endpoint",
                simulator.endpoint().toString(),
                "instance-id",
                simulator.instanceId(),
                "credentials",
                Map.of("access-key", simulator.accessKey(), "secret-key", simulator.secretKey()));
        return new AliyunProvider()
                .open("legacy", SettingsReader.of("backends.legacy", settings), BackendContext.system())
                .get();
    }
}
