package io.otabridge.domain.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vavr.collection.List;
import io.vavr.control.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirmwareTest {

    @Test
    void states_nothing_that_was_not_said() {
        Firmware firmware =
                Firmware.builder(FirmwareId.of("f"), FirmwareVersion.of("1")).build();

        assertThat(firmware.name()).isEmpty();
        assertThat(firmware.product()).isEmpty();
        assertThat(firmware.target()).isEqualTo(new FirmwareTarget.NotStated());
        assertThat(firmware.kind()).isEqualTo(new UpdateKind.NotStated());
        assertThat(firmware.verification()).isEqualTo(new Verification.NotStated());
        assertThat(firmware.files()).isEmpty();
        assertThat(firmware.sourceVersions()).isEmpty();
        assertThat(firmware.created()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void refuses_a_percentage_that_is_none(int percent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Verification.Verifying(Option.some(percent)))
                .withMessageContaining(String.valueOf(percent));
    }

    @Test
    void refuses_a_negative_size() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FirmwareFile(Option.none(), Option.some(-5L), List.empty(), Option.none()))
                .withMessageContaining("-5");
    }

    @Test
    void refuses_a_blank_checksum() {
        assertThatIllegalArgumentException().isThrownBy(() -> Checksum.of(Checksum.MD5, " "));
    }

    @ParameterizedTest
    @CsvSource({"md5, MD5", "SHA256, SHA-256", "sha_256, SHA-256", "sha1, SHA-1", "Sha 512, SHA-512", "SM3, SM3"})
    void knows_an_algorithm_in_every_spelling(String sent, String known) {
        assertThat(Checksum.of(sent, "00").algorithm()).contains(known);
    }
}
