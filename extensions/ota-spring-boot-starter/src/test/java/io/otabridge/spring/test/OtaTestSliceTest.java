package io.otabridge.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.app.OtaBridge;
import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import java.util.List;
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
    InMemoryBackend prod;

    @Autowired
    InMemoryBackend legacy;

    @Autowired
    Backend defaultBackend;

    @Autowired
    @Qualifier("legacy") Backend qualified;

    @Autowired
    List<InMemoryBackend> all;

    @Autowired
    OtaBridge ota;

    @Autowired
    ApplicationContext context;

    @Test
    void backends_are_in_memory_and_the_first_is_the_default() {
        prod.add(Firmware.builder(FirmwareId.of("f-1"), FirmwareVersion.of("1.0"))
                .build());

        assertThat(ota.backend().firmware().find(FirmwareId.of("f-1")).isRight())
                .isTrue();
        assertThat(defaultBackend).isSameAs(prod);
        assertThat(ota.backendNames()).containsExactly("prod", "legacy");
    }

    @Test
    void the_name_of_a_field_or_parameter_is_the_name_of_the_backend(
            @Autowired InMemoryBackend legacy, @Autowired @Qualifier("legacy") InMemoryBackend other) {
        assertThat(prod.name()).isEqualTo("prod");
        assertThat(this.legacy.name()).isEqualTo("legacy");
        assertThat(qualified).isSameAs(this.legacy);
        assertThat(legacy).isSameAs(this.legacy);
        assertThat(other).isSameAs(this.legacy);
        assertThat(all).containsExactlyInAnyOrder(prod, this.legacy);
    }

    static class Unclear {

        @Autowired
        InMemoryBackend lagacy;
    }

    @Test
    void a_field_that_is_named_after_none_of_several_backends_is_an_error() {
        assertThatThrownBy(() -> context.getAutowireCapableBeanFactory().autowireBean(new Unclear()))
                .hasMessageContaining("there are several backends in memory: prod, legacy");
    }

    @Test
    void components_of_the_application_are_not_scanned() {
        assertThat(context.getBeanNamesForType(NotUnderTest.class)).isEmpty();
    }
}
