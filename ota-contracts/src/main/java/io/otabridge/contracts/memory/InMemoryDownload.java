package io.otabridge.contracts.memory;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.DownloadResult.DigestCheck;
import io.otabridge.domain.artifact.FirmwareFile;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Writes a stored object to a file, which appears only if it is complete and correct. The bytes of an interrupted
 * download stay in a file beside it whose name has the object's digest, so that a later download of the same object
 * continues.
 */
final class InMemoryDownload {

    private final InMemoryStore store;
    private final OperationContext origin;
    private final FirmwareFile file;
    private final Download download;
    private final byte[] bytes;
    private final Checksum sha256;
    private final Path part;

    InMemoryDownload(InMemoryStore store, OperationContext origin, FirmwareFile file, Download download, byte[] bytes) {
        this.store = store;
        this.origin = origin;
        this.file = file;
        this.download = download;
        this.bytes = bytes;
        this.sha256 = ObjectStorage.digest(Checksum.SHA256, bytes);
        this.part = download.target()
                .resolveSibling("." + download.target().getFileName() + "."
                        + sha256.value().substring(0, 16) + ".part");
    }

    Either<OtaFailure, DownloadResult> run() {
        if (bytes.length > download.maxBytes()) {
            return Either.left(new OtaFailure.Rejected(FailureDetails.of(
                    origin,
                    Message.of("The file has {0} bytes, more than the limit of {1}", bytes.length, download.maxBytes()),
                    Message.of("Increase the limit if the size is correct"))));
        }
        try {
            if (Files.exists(download.target()) && !Files.isRegularFile(download.target())) {
                throw new IOException("it is not a regular file");
            }
            int start = (int) Math.min(Files.exists(part) ? Files.size(part) : 0, bytes.length);
            int end = Math.min(bytes.length, store.cutDownloadsAt.getAndSet(Integer.MAX_VALUE));
            Files.write(
                    part,
                    Arrays.copyOfRange(bytes, start, Math.max(start, end)),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            download.listener().transferred(name(), end, bytes.length);
            return end < bytes.length ? Either.left(interrupted()) : complete(start);
        } catch (IOException e) {
            return Either.left(new OtaFailure.Rejected(FailureDetails.of(
                    origin,
                    Message.of("The file {0} cannot be written: {1}", download.target(), e),
                    Message.of("Check the folder, its permissions and the free space"))));
        }
    }

    private Either<OtaFailure, DownloadResult> complete(int start) throws IOException {
        Option<String> difference = difference();
        if (difference.isDefined()) {
            Files.delete(part);
            return Either.left(new OtaFailure.DigestMismatch(FailureDetails.of(
                    origin,
                    Message.of(
                            "The file of backend {0} is not the expected one: {1}", origin.backend(), difference.get()),
                    Message.of("Do not use it. Compare it with the file that was published; nothing was kept"))));
        }
        Files.move(part, download.target(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return Either.right(new DownloadResult(download.target(), bytes.length, sha256, check(), start));
    }

    private Option<String> difference() {
        return file.size()
                .filter(size -> size != bytes.length)
                .map(size -> "it has " + bytes.length + " bytes instead of " + size)
                .orElse(() -> digests()
                        .filter(digest -> !isCorrect(digest))
                        .headOption()
                        .map(digest -> "its " + digest.algorithm().get() + " is not " + digest.value()));
    }

    private List<Checksum> digests() {
        return Download.verifiableDigests(file).appendAll(download.expected());
    }

    private boolean isCorrect(Checksum digest) {
        return ObjectStorage.digest(digest.algorithm().get(), bytes).value().equalsIgnoreCase(digest.value());
    }

    private DigestCheck check() {
        if (download.expected().isDefined() || digests().exists(digest -> digest.usesSameAlgorithmAs(sha256))) {
            return DigestCheck.VERIFIED;
        }
        return digests().isEmpty() ? DigestCheck.NOT_VERIFIED : DigestCheck.ACCIDENTAL_CHANGES_ONLY;
    }

    private OtaFailure interrupted() {
        return new OtaFailure.Unavailable(FailureDetails.of(
                        origin,
                        Message.of("The download from backend {0} was interrupted", origin.backend()),
                        Message.of("Download the file again; it continues where it ended"))
                .withRetry(Option.none()));
    }

    private String name() {
        return file.name().getOrElse(() -> String.valueOf(download.target().getFileName()));
    }
}
