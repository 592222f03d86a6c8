package io.otabridge.app.migration;

import io.otabridge.app.copy.TargetCheck;
import io.otabridge.app.migration.MigrationPlan.Excluded;
import io.otabridge.app.migration.MigrationPlan.Planned;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.util.Locale;

/**
 * The result of a migration or of its verification. Immutable.
 *
 * @param from the name of the source
 * @param to the name of the target
 * @param results a result for each package of the plan, or for each created package of the journal; oldest first
 * @param excluded the packages that were not copied, each with the reason; empty for a verification
 */
public record MigrationReport(String from, String to, List<Result> results, List<Excluded> excluded) {

    /** What happened to a package. */
    public enum Outcome {
        /** It was created on the target in this run. */
        COPIED,
        /** It was on the target before this run, perhaps because an earlier run created it. */
        EXISTED,
        /** It failed. Other packages are not affected. */
        FAILED,
        /** The run ended before the package was finished: it was interrupted, or a failure affects the whole account. */
        NOT_STARTED
    }

    /** How the content of a package on the target was compared with that of the source. */
    public enum Comparison {
        /** All bytes were downloaded from the target, and their digest is the same. */
        BYTES,
        /** The SHA-256 that the target reports is the same. */
        SHA_256,
        /** The MD5 that the target reports is the same, which detects accidental changes only. */
        MD5,
        /** It was not compared: it failed, or the target reports no digest. A deep verification compares the bytes. */
        NONE;

        private static final int SHA_256_DIGITS = 64;

        /** Returns how the content of files is compared by digest; {@link #NONE} if nothing shows that it is the same. */
        static Comparison of(List<FirmwareFile> mine, List<FirmwareFile> theirs) {
            if (!TargetCheck.compare(mine, theirs).isSame()) {
                return NONE;
            }
            List<String> digests = mine.flatMap(FirmwareFile::checksums).map(Comparison::value);
            return theirs.forAll(file -> file.checksums()
                            .map(Comparison::value)
                            .exists(value -> value.length() >= SHA_256_DIGITS && digests.contains(value)))
                    ? SHA_256
                    : MD5;
        }

        private static String value(Checksum checksum) {
            return checksum.value().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The result for one package.
     *
     * @param source the package on the source
     * @param copy the id of the package on the target; absent if it was not created
     * @param outcome what happened
     * @param comparison how the content was compared
     * @param files the files with the sizes and digests of the copied bytes, or those that the source reports
     * @param verification the verification state on the target when the content was compared, which does not take over that
     *     of the source; absent if it was not read
     * @param failure the failure; present only for {@link Outcome#FAILED}
     * @param losses what the target does not store, or stores elsewhere, as sentences without a final period
     */
    public record Result(
            FirmwareSummary source,
            Option<FirmwareId> copy,
            Outcome outcome,
            Comparison comparison,
            List<FirmwareFile> files,
            Option<Verification> verification,
            Option<OtaFailure> failure,
            List<String> losses) {

        static Result of(Planned planned, Outcome outcome) {
            return new Result(
                    planned.source(),
                    planned.copy(),
                    outcome,
                    planned.comparison(),
                    planned.files(),
                    planned.verification(),
                    Option.none(),
                    planned.losses());
        }

        static Result failed(Planned planned, OtaFailure failure) {
            return new Result(
                    planned.source(),
                    planned.copy(),
                    Outcome.FAILED,
                    Comparison.NONE,
                    planned.files(),
                    Option.none(),
                    Option.some(failure),
                    planned.losses());
        }

        /** Returns whether the package is on the target, and its content was compared. */
        public boolean isVerified() {
            return comparison != Comparison.NONE && failure.isEmpty();
        }

        /** Returns whether the target requires a verification of the package before an upgrade job. */
        public boolean needsVerification() {
            return verification.exists(state -> !state.permitsRollout());
        }
    }

    /**
     * Returns the report of a run that has not ended.
     *
     * @param finished the results of the packages that are finished; those of the others are {@link Outcome#NOT_STARTED}, or
     *     {@link Outcome#EXISTED} if nothing is done with them
     */
    public static MigrationReport of(MigrationPlan plan, List<Result> finished) {
        Map<FirmwareId, Result> byId = finished.toMap(result -> result.source().id(), result -> result);
        return new MigrationReport(
                plan.from(),
                plan.to(),
                plan.packages()
                        .map(planned -> byId.get(planned.source().id())
                                .getOrElse(() -> Result.of(
                                        planned,
                                        planned.action() == MigrationPlan.Action.NONE
                                                ? Outcome.EXISTED
                                                : Outcome.NOT_STARTED))),
                plan.excluded());
    }

    /** Returns the results with this outcome. */
    public List<Result> results(Outcome outcome) {
        return results.filter(result -> result.outcome() == outcome);
    }

    /** Returns the packages that the target has with another content, oldest first. */
    public List<Excluded> conflicts() {
        return excluded.filter(one -> one.cause() == Excluded.Cause.CONFLICT);
    }

    /**
     * Returns whether every package of the plan is on the target, and its content was compared, and the target has none
     * with another content.
     */
    public boolean isComplete() {
        return results.forAll(Result::isVerified) && conflicts().isEmpty();
    }
}
