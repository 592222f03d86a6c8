package io.otabridge.app.migration;

import io.otabridge.app.copy.LocalFailures;
import io.otabridge.app.copy.PackageFiles;
import io.otabridge.app.copy.Spool;
import io.otabridge.app.copy.TargetCheck;
import io.otabridge.app.migration.MigrationReport.Comparison;
import io.otabridge.app.migration.MigrationReport.Outcome;
import io.otabridge.app.migration.MigrationReport.Result;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.ContentComparison;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.util.function.ToLongFunction;

/** Reads a package back from the target, and compares it with what was copied. Safe for use by multiple threads. */
final class CopyCheck {

    /**
     * A package on the target.
     *
     * @param source the package on the source
     * @param id its id on the target
     * @param files the files with the sizes and digests that it must have
     * @param outcome how it came to the target
     * @param losses what the target does not store
     */
    record Copy(
            FirmwareSummary source, FirmwareId id, List<FirmwareFile> files, Outcome outcome, List<String> losses) {}

    private final Backend to;
    private final boolean isDeep;
    private final Spool spool;
    private final PackageFiles targetFiles;
    private final MigrationListener listener;

    CopyCheck(Backend to, boolean isDeep, Spool spool, MigrationListener listener) {
        this.to = to;
        this.isDeep = isDeep;
        this.spool = spool;
        this.targetFiles = new PackageFiles(to, Migration.OPERATION, spool);
        this.listener = listener;
    }

    /**
     * Compares a package.
     *
     * @param maxBytes returns the maximum size of a file to download
     */
    Result check(Copy copy, ToLongFunction<FirmwareFile> maxBytes) {
        Either<OtaFailure, Firmware> found = to.firmware().find(copy.id());
        if (found.isLeft()) {
            return failed(copy, found.getLeft());
        }
        Firmware stored = found.get();
        ContentComparison reported = TargetCheck.compare(copy.files(), stored.files());
        if (reported.difference().isDefined()) {
            return failed(copy, different(copy, reported.difference().get()));
        }
        if (!isDeep) {
            return result(copy, stored, reported.isSame() ? Comparison.DIGEST : Comparison.NONE);
        }
        Either<OtaFailure, ContentComparison> bytes = bytes(copy, stored, maxBytes);
        if (bytes.isLeft()) {
            return failed(copy, bytes.getLeft());
        }
        return bytes.get()
                .difference()
                .map(difference -> failed(copy, different(copy, difference)))
                .getOrElse(() -> result(copy, stored, bytes.get().isSame() ? Comparison.BYTES : Comparison.NONE));
    }

    private Either<OtaFailure, ContentComparison> bytes(
            Copy copy, Firmware stored, ToLongFunction<FirmwareFile> maxBytes) {
        Either<OtaFailure, List<Artifact>> downloaded = targetFiles.download(
                copy.id(), stored.files(), List.empty(), maxBytes, listener.transfer(copy.source(), false));
        try {
            spool.delete(to, copy.id());
        } catch (IOException failed) {
            return Either.left(LocalFailures.of(to, Migration.OPERATION, failed));
        }
        return downloaded.map(files -> TargetCheck.compare(copy.files(), files.map(Artifact::toFile)));
    }

    private static Result result(Copy copy, Firmware stored, Comparison comparison) {
        return new Result(
                copy.source(),
                Option.some(copy.id()),
                copy.outcome(),
                comparison,
                copy.files(),
                Option.some(stored.verification()),
                Option.none(),
                copy.losses());
    }

    private static Result failed(Copy copy, OtaFailure failure) {
        return new Result(
                copy.source(),
                Option.some(copy.id()),
                Outcome.FAILED,
                Comparison.NONE,
                copy.files(),
                Option.none(),
                Option.some(failure),
                copy.losses());
    }

    private OtaFailure different(Copy copy, String difference) {
        return new OtaFailure.DigestMismatch(FailureDetails.of(
                Migration.origin(to),
                Message.of(
                        "Firmware {0} of backend {1} differs from the copied firmware {2}: {3}",
                        copy.id(), to.name(), copy.source().id(), difference),
                Message.of("Delete the package, and repeat the migration")));
    }
}
