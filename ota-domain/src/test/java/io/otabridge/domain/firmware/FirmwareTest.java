package io.otabridge.domain.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirmwareTest {

    @Test
    void components_are_absent_by_default() {
        Firmware firmware =
                Firmware.builder(FirmwareId.of("f"), FirmwareVersion.of("1")).build();

        assertThat(firmware.name()).isEmpty();
        assertThat(firmware.product()).isEmpty();
        assertThat(firmware.target()).isEqualTo(FirmwareTarget.notStated());
        assertThat(firmware.kind()).isEqualTo(UpdateKind.notStated());
        assertThat(firmware.verification()).isEqualTo(Verification.notStated());
        assertThat(firmware.files()).isEmpty();
        assertThat(firmware.sourceVersions()).isEmpty();
        assertThat(firmware.created()).isEmpty();
    }

    @Test
    void toBuilder_copies_all_components() {
        FirmwareFile file = FirmwareFile.builder()
                .name("boot.bin")
                .size(7)
                .checksum(Checksum.of(Checksum.MD5, "0a"))
                .checksum(Checksum.of("0b"))
                .location(FileLocation.DownloadLink.of("https://files.example/boot.bin"))
                .build();
        Firmware full = new Firmware(
                FirmwareId.of("f"),
                Option.some("name"),
                Option.some(Product.of(ProductId.of("p"), "Thermometer")),
                Option.some("space"),
                FirmwareTarget.module("MCU"),
                FirmwareVersion.of("2"),
                UpdateKind.delta(FirmwareVersion.of("1")),
                List.of(FirmwareVersion.of("1")),
                Verification.verifying(40),
                List.of(file),
                Option.some("custom"),
                Option.some("description"),
                Option.some(VendorTimestamp.of("2026-01-01T00:00:00Z", Instant.parse("2026-01-01T00:00:00Z"))),
                Option.some(VendorTimestamp.unreadable("yesterday")));

        assertThat(full.toBuilder().build()).isEqualTo(full);
        assertThat(full.toBuilder().version(FirmwareVersion.of("3")).build().version())
                .isEqualTo(FirmwareVersion.of("3"));
        assertThat(file)
                .isEqualTo(new FirmwareFile(
                        Option.some("boot.bin"),
                        Option.some(7L),
                        List.of(new Checksum(Option.some("MD5"), "0a"), new Checksum(Option.none(), "0b")),
                        Option.some(FileLocation.DownloadLink.of("https://files.example/boot.bin"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void rejects_an_invalid_percentage(int percent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Verification.verifying(percent))
                .withMessageContaining(String.valueOf(percent));
    }

    @Test
    void rejects_a_negative_size() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FirmwareFile(Option.none(), Option.some(-5L), List.empty(), Option.none()))
                .withMessageContaining("-5");
    }

    @Test
    void rejects_a_blank_checksum() {
        assertThatIllegalArgumentException().isThrownBy(() -> Checksum.of(Checksum.MD5, " "));
    }

    @ParameterizedTest
    @CsvSource({"md5, MD5", "SHA256, SHA-256", "sha_256, SHA-256", "sha1, SHA-1", "Sha 512, SHA-512", "SM3, SM3"})
    void normalizes_the_spelling_of_an_algorithm(String received, String normalized) {
        assertThat(Checksum.of(received, "00").algorithm()).contains(normalized);
    }
}
