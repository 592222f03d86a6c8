package com.example.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.spring.test.OtaTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests the application without a web server, with backends in memory that have the names of the configured ones. */
@OtaTest
class FirmwareApplicationTest {

    @Autowired
    InMemoryBackend prod;

    @Autowired
    FirmwareApplication application;

    @Test
    void shows_a_package() {
        prod.add(Firmware.builder(FirmwareId.of("f-1"), FirmwareVersion.of("1.2.0")).build());

        assertThat(application.firmware("prod", FirmwareId.of("f-1")).get().version())
                .isEqualTo(FirmwareVersion.of("1.2.0"));
    }

    @Test
    void rejects_an_unknown_backend() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> application.firmware("stage", FirmwareId.of("f-1")));
    }
}
