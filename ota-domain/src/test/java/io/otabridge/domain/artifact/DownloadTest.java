package io.otabridge.domain.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {

    private static final OperationContext ORIGIN = new OperationContext("prod", Vendor.of("acme"), "Download");
    private static final Download DOWNLOAD = Download.to(Path.of("app.bin"));
    private static final Artifact ARTIFACT = Artifact.of("app.bin", new byte[] {1, 2, 3});
    private static final FirmwareFile FONT =
            Artifact.of("font.bin", new byte[] {4}).toFile();

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void has_a_positive_limit(long limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> DOWNLOAD.maxBytes(limit));
    }

    @ParameterizedTest
    @CsvSource({
        "SHA-256, 00000000000000000000000000000000",
        "SHA-256, 0000000000000000000000000000000000000000000000000000000000000000",
        "SHA-256, not hexadecimal",
        "SHA-1, 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
        "CRC, 12345678"
    })
    void expects_no_digest_that_it_cannot_compute(String algorithm, String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> DOWNLOAD.expect(Checksum.of(algorithm, value)));
    }

    @Test
    void expects_no_digest_of_an_unknown_algorithm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DOWNLOAD.expect(Checksum.of(ARTIFACT.sha256().value())));
    }

    @Test
    void copies_keep_the_other_components() {
        TransferListener listener = (file, bytes, total) -> {};

        assertThat(DOWNLOAD.file("app.bin")
                        .expect(ARTIFACT.md5())
                        .requireDigest()
                        .maxBytes(10)
                        .listener(listener))
                .isEqualTo(new Download(
                        Path.of("app.bin"), Option.some("app.bin"), Option.some(ARTIFACT.md5()), true, 10, listener));
        assertThat(DOWNLOAD.listener(listener)
                        .maxBytes(10)
                        .requireDigest()
                        .expect(ARTIFACT.md5())
                        .file("app.bin"))
                .isEqualTo(DOWNLOAD.file("app.bin")
                        .expect(ARTIFACT.md5())
                        .requireDigest()
                        .maxBytes(10)
                        .listener(listener));
    }

    @Test
    void selects_no_file_of_a_package_without_files() {
        OtaFailure failure = select(DOWNLOAD).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).isEqualTo("Firmware f1 of backend prod has no file");
    }

    @Test
    void does_not_guess_which_of_several_files_is_meant() {
        OtaFailure failure = select(DOWNLOAD, ARTIFACT.toFile(), FONT).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).isEqualTo("Firmware f1 of backend prod has 2 files");
        assertThat(failure.advice()).isEqualTo("Name one of them: \"app.bin\", \"font.bin\"");
    }

    @Test
    void returns_not_found_for_a_file_name_that_the_package_does_not_have() {
        OtaFailure named =
                select(DOWNLOAD.file("../x"), ARTIFACT.toFile(), FONT).getLeft();
        OtaFailure unnamed =
                select(DOWNLOAD.file("app.bin"), FirmwareFile.builder().build()).getLeft();

        assertThat(named).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(named.summary()).isEqualTo("Firmware f1 of backend prod has no file \"../x\"");
        assertThat(named.advice()).isEqualTo("Its files are \"app.bin\", \"font.bin\"");
        assertThat(unnamed).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(unnamed.advice()).isEqualTo("Its only file has no name; download it without a file name");
    }

    @Test
    void selects_the_only_file_or_the_named_one() {
        assertThat(select(DOWNLOAD, FONT).get()).isEqualTo(FONT);
        assertThat(select(DOWNLOAD.file("font.bin"), FONT).get()).isEqualTo(FONT);
        assertThat(select(DOWNLOAD.file("font.bin"), ARTIFACT.toFile(), FONT).get())
                .isEqualTo(FONT);
    }

    @Test
    void rejects_a_file_that_is_larger_than_the_limit() {
        OtaFailure failure = select(DOWNLOAD.maxBytes(2), ARTIFACT.toFile()).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).isEqualTo("The file has 3 bytes, more than the limit of 2");
        assertThat(select(DOWNLOAD.maxBytes(3), ARTIFACT.toFile()).isRight()).isTrue();
        assertThat(select(DOWNLOAD.maxBytes(1), FirmwareFile.builder().build()).isRight())
                .as("a size that the vendor does not report is checked while the bytes arrive")
                .isTrue();
    }

    @Test
    void a_required_digest_is_one_that_can_be_computed_or_is_expected() {
        Download required = DOWNLOAD.requireDigest();
        for (Checksum useless : List.of(
                Checksum.of("-"),
                Checksum.of(ARTIFACT.md5().value()),
                Checksum.of("MD5", "0".repeat(32)),
                Checksum.of("SM3", ARTIFACT.sha256().value()))) {
            FirmwareFile file = FirmwareFile.builder().checksum(useless).build();

            OtaFailure failure = select(required, file).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            assertThat(failure.summary()).isEqualTo("Backend prod reports no MD5 or SHA-256 digest of the file");
            assertThat(select(DOWNLOAD, file).isRight()).isTrue();
            assertThat(select(required.expect(ARTIFACT.sha256()), file).isRight())
                    .isTrue();
        }
        assertThat(select(required, FONT).isRight()).isTrue();
    }

    private static Either<OtaFailure, FirmwareFile> select(Download download, FirmwareFile... files) {
        return Firmware.builder(FirmwareId.of("f1"), FirmwareVersion.of("1.0"))
                .files(List.of(files))
                .build()
                .fileFor(download, ORIGIN);
    }

    @Test
    void a_result_is_readable_as_text() {
        Checksum sha256 = Checksum.of("sha256", "ab");

        assertThat(new DownloadResult(Path.of("app.bin"), 3, sha256, DownloadResult.DigestCheck.NOT_VERIFIED, 0))
                .hasToString("app.bin, 3 bytes, SHA-256 ab, not verified");
        assertThat(new DownloadResult(Path.of("app.bin"), 3, sha256, DownloadResult.DigestCheck.VERIFIED, 2))
                .hasToString("app.bin, 3 bytes, SHA-256 ab, verified, resumed after 2 bytes");
        assertThat(Checksum.of("ab")).hasToString("ab");
    }
}
