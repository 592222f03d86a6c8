package io.otabridge.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class AcmeProviderTest {

    @Test
    void is_found_by_its_vendor_name() {
        assertThat(ServiceLoader.load(BackendProvider.class))
                .extracting(provider -> provider.vendor().name())
                .contains("acme");
    }

    @Test
    void opens_the_public_endpoint_of_a_region() {
        assertThat(open(Map.of("region", "eu-1", "token", "t0ken")).get().endpoint())
                .isEqualTo("https://eu-1.shelf.acme.example");
    }

    @Test
    void reports_all_configuration_errors_at_once() {
        assertThat(open(Map.of("endpoint", "http://shelf.acme.example", "shelf", 7))
                        .getLeft())
                .extracting(ConfigError::key)
                .containsExactlyInAnyOrder("prod.endpoint", "prod.token", "prod");
    }

    @Test
    void does_not_show_an_invalid_token() {
        assertThat(open(Map.of("region", "eu-1", "token", "two words")).getLeft())
                .singleElement()
                .satisfies(error -> assertThat(error.toString()).doesNotContain("two words"));
    }

    private static Either<List<ConfigError>, Backend> open(Map<String, ?> settings) {
        return new AcmeProvider().open("prod", SettingsReader.of("prod", settings), BackendContext.system());
    }
}
