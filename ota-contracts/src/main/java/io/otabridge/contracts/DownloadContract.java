package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.DownloadResult.DigestCheck;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of {@link io.otabridge.domain.firmware.FirmwareQueryPort#download}. The test class of an adapter
 * implements this interface and its hooks, and inherits the tests. A download that the backend does not declare must be
 * unsupported; the hooks are not called then.
 */
public interface DownloadContract extends OperationContract {

    /** Adds a package with files, one for each name; a vendor may not report the name of an only file. */
    FirmwareId givenFirmwareWithFiles(Map<String, byte[]> files);

    /** Replaces the bytes of the package's only file in the object store. The package keeps its size and digests. */
    void givenOtherBytes(FirmwareId id, byte[] bytes);

    /**
     * Adds a package with a file whose size and digests the vendor does not report; none if this cannot occur with this
     * vendor.
     */
    Option<FirmwareId> givenFirmwareWithoutDigest(byte[] bytes);

    /**
     * Makes the object store close the connection of the next download after this number of bytes.
     *
     * @return false if it cannot be made to do so
     */
    boolean givenInterruptedDownload(int bytes);

    /** Returns an id that no package has, packages that are added later included. */
    FirmwareId givenNoFirmware();

    private boolean canDownload(Path folder) {
        return isSupported(
                Capability.DOWNLOAD_FIRMWARE, () -> download(FirmwareId.of("any"), Download.to(folder.resolve("any"))));
    }

    private Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
        return backend().firmware().download(id, download);
    }

    /** Returns 100,000 bytes, more than one buffer. */
    private static byte[] bytes(int first) {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i + i / 256);
        }
        return bytes;
    }

    private FirmwareId givenFile() {
        return givenFirmwareWithFiles(HashMap.of("app.bin", bytes(1)));
    }

    private static Checksum sha256(byte[] bytes) {
        return Artifact.of("app.bin", bytes).sha256();
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return List.ofAll(
                    files.map(file -> String.valueOf(file.getFileName())).toList());
        }
    }

    private void expectNothingWritten(Path folder, OtaFailure failure) throws IOException {
        expectOriginAndAdvice(failure);
        assertThat(filesIn(folder)).isEmpty();
    }

    @Test
    default void downloads_the_published_bytes(@TempDir Path folder) throws IOException {
        if (canDownload(folder)) {
            FirmwareId id = givenFile();
            Path target = folder.resolve("app.bin");

            DownloadResult result = download(id, Download.to(target)).get();

            assertThat(target).hasBinaryContent(bytes(1));
            assertThat(result.file()).isEqualTo(target);
            assertThat(result.size()).isEqualTo(100_000);
            assertThat(result.sha256()).isEqualTo(sha256(bytes(1)));
            assertThat(result.check()).isNotEqualTo(DigestCheck.NOT_VERIFIED);
            assertThat(result.resumedAt()).isZero();
            assertThat(filesIn(folder)).containsExactly("app.bin");
        }
    }

    @Test
    default void replaces_an_existing_file(@TempDir Path folder) throws IOException {
        if (canDownload(folder)) {
            Path target = Files.writeString(folder.resolve("app.bin"), "an older version");

            download(givenFile(), Download.to(target)).get();

            assertThat(target).hasBinaryContent(bytes(1));
        }
    }

    @Test
    default void reports_the_progress_of_a_download(@TempDir Path folder) {
        if (canDownload(folder)) {
            AtomicReference<String> last = new AtomicReference<>("");

            download(
                            givenFile(),
                            Download.to(folder.resolve("app.bin"))
                                    .listener((file, bytes, total) -> last.set(bytes + " of " + total)))
                    .get();

            assertThat(last).hasValue("100000 of 100000");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {99_999, 100_000, 100_001})
    default void keeps_nothing_of_a_file_with_a_wrong_digest(int length, @TempDir Path folder) throws IOException {
        if (canDownload(folder)) {
            FirmwareId id = givenFile();
            givenOtherBytes(id, Arrays.copyOf(bytes(2), length));

            OtaFailure failure =
                    download(id, Download.to(folder.resolve("app.bin"))).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.DigestMismatch.class);
            expectNothingWritten(folder, failure);
        }
    }

    @Test
    default void keeps_an_existing_file_if_the_download_fails(@TempDir Path folder) throws IOException {
        if (canDownload(folder)) {
            FirmwareId id = givenFile();
            givenOtherBytes(id, bytes(2));
            Path target = Files.writeString(folder.resolve("app.bin"), "an older version");

            assertThat(download(id, Download.to(target)).isLeft()).isTrue();

            assertThat(target).hasContent("an older version");
            assertThat(filesIn(folder)).containsExactly("app.bin");
        }
    }

    @Test
    default void continues_an_interrupted_download(@TempDir Path folder) throws IOException {
        if (canDownload(folder)) {
            FirmwareId id = givenFile();
            Download download = Download.to(folder.resolve("app.bin"));
            Assumptions.assumeTrue(givenInterruptedDownload(70_000), "a download cannot be interrupted");

            Either<OtaFailure, DownloadResult> first = download(id, download);
            if (first.isLeft()) {
                expectOriginAndAdvice(first.getLeft());
                assertThat(first.getLeft().isRetryable()).isTrue();
                assertThat(folder.resolve("app.bin")).doesNotExist();
            }
            DownloadResult result = first.orElse(() -> download(id, download)).get();

            assertThat(folder.resolve("app.bin")).hasBinaryContent(bytes(1));
            assertThat(result.sha256()).isEqualTo(sha256(bytes(1)));
            assertThat(result.resumedAt() > 0).as("resumed by a later call").isEqualTo(first.isLeft());
            assertThat(filesIn(folder)).containsExactly("app.bin");
        }
    }

    @Test
    default void does_not_continue_with_a_file_that_was_replaced(@TempDir Path folder) {
        if (canDownload(folder)) {
            FirmwareId id = givenFile();
            Download download = Download.to(folder.resolve("app.bin"));
            Assumptions.assumeTrue(givenInterruptedDownload(70_000), "a download cannot be interrupted");
            download(id, download);
            givenOtherBytes(id, bytes(2));

            Either<OtaFailure, DownloadResult> second = download(id, download);

            assertThat(second.getLeft()).isInstanceOf(OtaFailure.DigestMismatch.class);
        }
    }

    @Test
    default void verifies_the_expected_digest(@TempDir Path folder) throws IOException {
        if (canDownload(folder)) {
            FirmwareId id = givenFile();
            Download download = Download.to(folder.resolve("app.bin"));

            OtaFailure failure = download(id, download.expect(sha256(bytes(2)))).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.DigestMismatch.class);
            assertThat(failure.summary()).contains(sha256(bytes(2)).value());
            expectNothingWritten(folder, failure);
            assertThat(download(id, download.expect(sha256(bytes(1)))).get().check())
                    .isEqualTo(DigestCheck.VERIFIED);
        }
    }

    @Test
    default void requires_a_digest_only_on_request(@TempDir Path folder) throws IOException {
        if (canDownload(folder)) {
            Option<FirmwareId> id = givenFirmwareWithoutDigest(bytes(1));
            Assumptions.assumeTrue(id.isDefined(), "this vendor always reports a digest");
            Download download = Download.to(folder.resolve("app.bin"));

            OtaFailure failure = download(id.get(), download.requireDigest()).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            expectNothingWritten(folder, failure);
            assertThat(download(id.get(), download).get().check()).isEqualTo(DigestCheck.NOT_VERIFIED);
            assertThat(download(id.get(), download.requireDigest().expect(sha256(bytes(1))))
                            .get()
                            .check())
                    .isEqualTo(DigestCheck.VERIFIED);
        }
    }

    @Test
    default void downloads_with_a_required_digest(@TempDir Path folder) {
        if (canDownload(folder)) {
            Download download = Download.to(folder.resolve("app.bin")).requireDigest();

            assertThat(download(givenFile(), download).get().check()).isNotEqualTo(DigestCheck.NOT_VERIFIED);
        }
    }

    @Test
    default void rejects_a_file_that_is_larger_than_the_limit(@TempDir Path folder) throws IOException {
        if (canDownload(folder)) {
            Download download = Download.to(folder.resolve("app.bin"));
            List<FirmwareId> ids = List.of(givenFile()).appendAll(givenFirmwareWithoutDigest(bytes(3)));

            for (FirmwareId id : ids) {
                OtaFailure failure = download(id, download.maxBytes(99_999)).getLeft();

                assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
                assertThat(failure.summary()).contains("99999");
                expectNothingWritten(folder, failure);
            }
            assertThat(download(ids.head(), download.maxBytes(100_000)).isRight())
                    .isTrue();
        }
    }

    @Test
    default void rejects_a_target_that_cannot_be_written(@TempDir Path folder) throws IOException {
        if (canDownload(folder)) {
            FirmwareId id = givenFile();
            Path directory = Files.createDirectory(folder.resolve("directory"));
            Path pipe = pipe(folder.resolve("pipe"));

            for (Path target :
                    List.of(directory, pipe, folder.resolve("missing").resolve("app.bin"))) {
                OtaFailure failure = download(id, Download.to(target)).getLeft();

                assertThat(failure).as(target.toString()).isInstanceOf(OtaFailure.Rejected.class);
                assertThat(failure.summary()).contains(folder.toString());
                expectOriginAndAdvice(failure);
            }
            assertThat(filesIn(directory)).isEmpty();
            assertThat(Files.isRegularFile(pipe)).as("the pipe was replaced").isFalse();
        }
    }

    /** Creates a pipe, instead of a device such as {@code /dev/null}. */
    private static Path pipe(Path path) throws IOException {
        Process process = new ProcessBuilder("mkfifo", path.toString()).start();
        assertThat(process.onExit().join().exitValue()).isZero();
        return path;
    }

    @Test
    default void returns_not_found_for_a_missing_package_or_file(@TempDir Path folder) throws IOException {
        if (canDownload(folder)) {
            FirmwareId unknown = givenNoFirmware();
            Download download = Download.to(folder.resolve("app.bin"));
            OtaFailure ofPackage = download(unknown, download).getLeft();
            OtaFailure ofFile =
                    download(givenFile(), download.file("../other.bin")).getLeft();

            assertThat(ofPackage).isInstanceOf(OtaFailure.NotFound.class);
            assertThat(ofPackage.summary()).contains(unknown.value());
            expectNothingWritten(folder, ofPackage);
            assertThat(ofFile).isInstanceOf(OtaFailure.NotFound.class);
            assertThat(ofFile.summary()).contains("../other.bin");
            expectNothingWritten(folder, ofFile);
        }
    }

    @Test
    default void downloads_each_of_several_files(@TempDir Path folder) throws IOException {
        if (canDownload(folder) && backend().capabilities().has(Capability.SEVERAL_FILES)) {
            FirmwareId id = givenFirmwareWithFiles(HashMap.of("app.bin", bytes(1), "font.bin", bytes(2)));
            Download download = Download.to(folder.resolve("target.bin"));

            OtaFailure failure = download(id, download).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            assertThat(failure.advice()).contains("app.bin").contains("font.bin");
            expectNothingWritten(folder, failure);
            download(id, download.file("font.bin")).get();
            assertThat(folder.resolve("target.bin")).hasBinaryContent(bytes(2));
        }
    }
}
