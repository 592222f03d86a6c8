package io.otabridge.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.OtaConfig;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendConfig;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.SignedLink;
import io.otabridge.domain.spi.ConfigNode;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Map;
import java.util.function.Function;
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

    static Stream<Object> holders() {
        Firmware firmware = Examples.FIRMWARE;
        Map<String, Object> settings =
                Map.of("text", SECRET, "secret", Secret.of(SECRET), "section", Map.of("inner", Secret.of(SECRET)));
        return Stream.of(
                firmware,
                FirmwareSummary.of(firmware),
                firmware.files(),
                firmware.files().head().location(),
                List.of(firmware),
                Option.some(firmware),
                SignedLink.of("https://store.example/a?Signature=" + SECRET),
                Secret.of(SECRET),
                Map.of("secret", Secret.of(SECRET)),
                new OwnConfig().password(SECRET),
                BackendConfig.of(Vendor.of("own"), settings),
                ConfigNode.section("backends.own", settings),
                new ConfigNode.Text(SECRET, SECRET, Option.none()),
                OtaConfig.builder().backend("own", "own", settings),
                OtaConfig.builder().backend("own", "own", settings).build());
    }

    @ParameterizedTest
    @MethodSource("holders")
    void writes_no_secret_without_the_module(Object holder) {
        for (Jackson jackson : Jackson.values()) {
            assertThat(textOf(jackson::writeWithoutModule, holder)).doesNotContain(SECRET);
            assertThat(textOf(jackson::writeFieldsWithoutModule, holder)).doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @MethodSource("holders")
    void writes_no_secret_with_the_module(Object holder) {
        for (Jackson jackson : Jackson.values()) {
            assertThat(textOf(jackson::write, holder)).doesNotContain(SECRET);
        }
    }

    /** Returns the JSON, or the message of the exception, which applications log. */
    private static String textOf(Function<Object, String> write, Object value) {
        try {
            return write.apply(value);
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
