package io.otabridge.app.copy;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToLongFunction;

/** Downloads the files of a package into a spool. Safe for use by multiple threads. */
public final class PackageFiles {

    private static final int MAX_NAME_LENGTH = 100;

    private final Backend backend;
    private final String operation;
    private final Spool spool;

    public PackageFiles(Backend backend, String operation, Spool spool) {
        this.backend = backend;
        this.operation = operation;
        this.spool = spool;
    }

    /**
     * Downloads all files of a package. A file that an earlier run has downloaded is used again if it has the digest that
     * the run recorded.
     *
     * @param files the files of the package as the backend reports them
     * @param recorded the files of an earlier run; empty if there is none
     * @param maxBytes returns the maximum size of a file
     */
    public Either<OtaFailure, List<Artifact>> download(
            FirmwareId id,
            List<FirmwareFile> files,
            List<FirmwareFile> recorded,
            ToLongFunction<FirmwareFile> maxBytes,
            TransferListener listener) {
        List<Artifact> artifacts = List.empty();
        Path directory;
        try {
            directory = spool.create(backend, id);
        } catch (IOException failed) {
            return Either.left(LocalFailures.of(backend, operation, failed));
        }
        for (int index = 0; index < files.size(); index++) {
            FirmwareFile file = files.get(index);
            Download download =
                    Download.to(directory.resolve(Integer.toString(index))).maxBytes(maxBytes.applyAsLong(file));
            Either<OtaFailure, Artifact> artifact = artifact(
                    id,
                    file,
                    nameOf(file, index),
                    files.size() > 1 && file.name().isDefined()
                            ? download.file(file.name().get()).listener(listener)
                            : download.listener(listener),
                    recorded.size() == files.size() ? sha256(recorded.get(index)) : Option.none());
            if (artifact.isLeft()) {
                return Either.left(artifact.getLeft());
            }
            artifacts = artifacts.append(artifact.get());
        }
        return Either.right(artifacts);
    }

    private Either<OtaFailure, Artifact> artifact(
            FirmwareId id, FirmwareFile file, String name, Download download, Option<Checksum> recorded) {
        try {
            Option<Artifact> kept = recorded.isDefined() && Files.isRegularFile(download.target())
                    ? Option.some(artifact(name, download.target()))
                            .filter(found -> isSame(found, recorded.get()) && !differs(found, file))
                    : Option.none();
            if (kept.isDefined()) {
                return Either.right(kept.get());
            }
            Either<OtaFailure, DownloadResult> downloaded = backend.firmware().download(id, download);
            if (downloaded.isLeft()) {
                return Either.left(downloaded.getLeft());
            }
            Artifact artifact = artifact(name, download.target());
            return isSame(artifact, downloaded.get().sha256()) ? Either.right(artifact) : Either.left(changed(id));
        } catch (IOException failed) {
            return Either.left(LocalFailures.of(backend, operation, failed));
        }
    }

    private static Artifact artifact(String name, Path path) throws IOException {
        return Artifact.of(name, Files.size(path), () -> Files.newInputStream(path));
    }

    private static boolean isSame(Artifact artifact, Checksum sha256) {
        return artifact.sha256().value().equalsIgnoreCase(sha256.value());
    }

    private static boolean differs(Artifact artifact, FirmwareFile file) {
        return TargetCheck.compare(List.of(artifact.toFile()), List.of(file))
                .difference()
                .isDefined();
    }

    private static Option<Checksum> sha256(FirmwareFile file) {
        return file.checksums().find(digest -> digest.algorithm().contains(Checksum.SHA256));
    }

    private OtaFailure changed(FirmwareId id) {
        return new OtaFailure.DigestMismatch(FailureDetails.of(
                new OperationContext(backend.name(), backend.vendor(), operation),
                Message.of("A downloaded file of firmware {0} changed on this machine before it was published", id),
                Message.of("Check the disk, and repeat the command")));
    }

    /**
     * Returns the name under which a file is published: the vendor's name, or that of the stored object; otherwise a fixed
     * name. It is never used as a path.
     */
    public static String nameOf(FirmwareFile file, int index) {
        return file.name()
                .orElse(() -> file.location().flatMap(PackageFiles::pathOf).map(PackageFiles::lastSegment))
                .filter(PackageFiles::isPlain)
                .getOrElse(() -> index == 0 ? "firmware.bin" : "firmware-" + (index + 1) + ".bin");
    }

    private static Option<String> pathOf(FileLocation location) {
        if (location instanceof FileLocation.DownloadLink link) {
            return Option.some(link.url().masked());
        }
        return ((FileLocation.ObjectStore) location).key();
    }

    private static String lastSegment(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean isPlain(String name) {
        return !name.isBlank()
                && name.length() <= MAX_NAME_LENGTH
                && !name.startsWith(".")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == '%' || Character.isISOControl(c));
    }
}
