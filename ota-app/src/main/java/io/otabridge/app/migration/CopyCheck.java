package io.otabridge.app.migration;

import io.otabridge.app.copy.LocalFailures;
import io.otabridge.app.copy.PackageFiles;
import io.otabridge.app.copy.Spool;
import io.otabridge.app.copy.TargetCheck;
import io.otabridge.app.migration.MigrationPlan.Planned;
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
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.util.function.ToLongFunction;

/** Reads a package back from the target, and compares it with what was copied. Safe for use by multiple threads. */
final class CopyCheck {

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
     * Compares a package that is on the target.
     *
     * @param copy the package, with its id on the target, and the files with the sizes and digests that it must have
     * @param outcome how it came to the target
     * @param maxBytes returns the maximum size of a file to download
     */
    Result check(Planned copy, Outcome outcome, ToLongFunction<FirmwareFile> maxBytes) {
        Either<OtaFailure, Firmware> found = to.firmware().find(copy.copy().get());
        if (found.isLeft()) {
            return Result.failed(copy, found.getLeft());
        }
        Firmware stored = found.get();
        ContentComparison reported = TargetCheck.compare(copy.files(), stored.files());
        if (reported.difference().isDefined()) {
            return Result.failed(copy, different(copy, reported.difference().get()));
        }
        Option<Verification> verification = Option.some(stored.verification());
        if (!isDeep) {
            return Result.of(copy.compared(Comparison.of(copy.files(), stored.files()), verification), outcome);
        }
        Either<OtaFailure, ContentComparison> bytes = bytes(copy, stored, maxBytes);
        if (bytes.isLeft()) {
            return Result.failed(copy, bytes.getLeft());
        }
        return bytes.get()
                .difference()
                .map(difference -> Result.failed(copy, different(copy, difference)))
                .getOrElse(() -> Result.of(
                        copy.compared(bytes.get().isSame() ? Comparison.BYTES : Comparison.NONE, verification),
                        outcome));
    }

    private Either<OtaFailure, ContentComparison> bytes(
            Planned copy, Firmware stored, ToLongFunction<FirmwareFile> maxBytes) {
        Either<OtaFailure, List<Artifact>> downloaded = targetFiles.download(
                copy.copy().get(), stored.files(), List.empty(), maxBytes, listener.transfer(copy.source(), false));
        try {
            spool.delete(to, copy.copy().get());
        } catch (IOException failed) {
            return Either.left(LocalFailures.of(to, Migration.OPERATION, failed));
        }
        return downloaded.map(files -> TargetCheck.compare(copy.files(), files.map(Artifact::toFile)));
    }

    private OtaFailure different(Planned copy, String difference) {
        return new OtaFailure.DigestMismatch(FailureDetails.of(
                Migration.origin(to),
                Message.of(
                        "Firmware {0} of backend {1} differs from the copied firmware {2} (copied and stored): {3}",
                        copy.copy().get(), to.name(), copy.source().id(), difference),
                Message.of("Delete the package, and repeat the migration")));
    }
}
