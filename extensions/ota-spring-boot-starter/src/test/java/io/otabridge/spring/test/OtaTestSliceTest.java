package io.otabridge.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.OtaBridge;
import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.stereotype.Component;

@OtaTest({"prod", "legacy"})
class OtaTestSliceTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @ComponentScan(excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
    static class Application {}

    @Component
    static class NotUnderTest {}

    @Autowired
    InMemoryBackend first;

    @Autowired
    @Qualifier("legacy") Backend legacy;

    @Autowired
    OtaBridge ota;

    @Autowired
    ApplicationContext context;

    @Test
    void backends_are_in_memory_and_the_first_is_the_default() {
        first.add(Firmware.builder(FirmwareId.of("f-1"), FirmwareVersion.of("1.0"))
                .build());

        assertThat(ota.backend().firmware().find(FirmwareId.of("f-1")).isRight())
                .isTrue();
        assertThat(legacy).isInstanceOf(InMemoryBackend.class);
        assertThat(ota.backendNames()).containsExactly("prod", "legacy");
    }

    @Test
    void components_of_the_application_are_not_scanned() {
        assertThat(context.getBeanNamesForType(NotUnderTest.class)).isEmpty();
    }
}
