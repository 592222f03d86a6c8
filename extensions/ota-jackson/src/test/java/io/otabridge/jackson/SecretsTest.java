package io.otabridge.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.app.OtaConfig;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.artifact.SignedLink;
import io.otabridge.domain.backend.BackendConfig;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.spi.ConfigNode;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsTest {

    private static final String SECRET = Examples.SECRET;

    static final class OwnConfig extends BackendConfig.Builder<OwnConfig> {
        OwnConfig() {
            super(Vendor.of("own"));
        }

        @Override
        protected OwnConfig self() {
            return this;
        }

        OwnConfig password(String value) {
            return set("password", value);
        }
    }

    static Stream<Object> results() {
        Firmware firmware = Examples.FIRMWARE;
        return Stream.of(
                firmware,
                FirmwareSummary.of(firmware),
                firmware.files(),
                firmware.files().head().location(),
                List.of(firmware),
                new PublishResult(Option.some(firmware), false, 1, List.empty()),
                Option.some(firmware),
                SignedLink.of("https://store.example/a?Signature=" + SECRET),
                Secret.of(SECRET),
                Map.of("secret", Secret.of(SECRET)));
    }

    static Stream<Object> configurations() {
        Map<String, Object> settings =
                Map.of("text", SECRET, "secret", Secret.of(SECRET), "section", Map.of("inner", Secret.of(SECRET)));
        return Stream.of(
                new OwnConfig().password(SECRET),
                BackendConfig.of(Vendor.of("own"), settings),
                ConfigNode.section("backends.own", settings),
                new ConfigNode.Text(SECRET, SECRET, Option.none()),
                OtaConfig.builder().backend("own", "own", settings),
                OtaConfig.builder().backend("own", "own", settings).build());
    }

    @ParameterizedTest
    @MethodSource({"results", "configurations"})
    void writes_no_secret_without_the_module(Object holder) {
        for (Jackson jackson : Jackson.values()) {
            assertThat(jackson.writeWithoutModule(holder)).doesNotContain(SECRET);
            assertThat(jackson.writeFieldsWithoutModule(holder)).doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @MethodSource("results")
    void writes_no_secret_with_the_module(Object holder) {
        for (Jackson jackson : Jackson.values()) {
            assertThat(jackson.write(holder)).doesNotContain(SECRET);
        }
    }

    /** A configuration has no JSON. Jackson 2 fails, and applications log the message. */
    @ParameterizedTest
    @MethodSource("configurations")
    void writes_no_secret_of_a_configuration_with_the_module(Object holder) {
        assertThatThrownBy(() -> Jackson.JACKSON_2.write(holder))
                .hasMessageContaining("No serializer found for class")
                .hasMessageNotContaining(SECRET);
        assertThat(Jackson.JACKSON_3.write(holder)).doesNotContain(SECRET);
    }
}
