package io.otabridge.app.copy;

import io.otabridge.app.copy.FirmwareMapping.Mapped;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.ContentComparison;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.module.NewModule;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Checks on the target whether a package can be created, without any file: looks for one with the same identity, and asks
 * the target for its own constraints with a dry run. Nothing is changed. Safe for use by multiple threads.
 */
public final class TargetCheck {

    /** The result of a check. */
    public sealed interface Verdict {

        /**
         * The package can be created.
         *
         * @param module the module to create before; absent if it exists or none is needed
         * @param mayExist whether a package with the same identity exists, whose content publishing compares
         */
        public record Creatable(Mapped mapped, Option<NewModule> module, boolean mayExist) implements Verdict {}

        /** The package exists on the target with the same content. */
        public record Existing(Firmware firmware, Mapped mapped) implements Verdict {}

        /** The package cannot be created; the reason is a sentence without a final period. */
        public record Refused(String reason) implements Verdict {}

        /** The package exists on the target with another content. */
        public record Conflict(String reason) implements Verdict {}
    }

    private final Backend to;
    private final ModuleCopy modules;

    public TargetCheck(Backend from, Backend to) {
        this.to = to;
        this.modules = new ModuleCopy(from, to);
    }

    /**
     * Checks a package.
     *
     * @param source the package on the source
     * @param candidates the ids of the packages on the target with the same coordinates
     * @return the verdict; the failure if the target could not be read
     */
    public Either<OtaFailure, Verdict> check(Firmware source, Mapped mapped, List<FirmwareId> candidates) {
        List<FirmwareFile> files = source.files();
        List<FirmwareFile> published = asPublished(files);
        boolean isContentUnknown = false;
        Option<String> conflict = Option.none();
        for (FirmwareId candidate : candidates) {
            Either<OtaFailure, Firmware> found = to.firmware().find(candidate);
            if (found.isLeft() && !(found.getLeft() instanceof OtaFailure.NotFound)) {
                return Either.left(found.getLeft());
            }
            if (found.isRight() && mapped.firmware().hasIdentityOf(found.get(), this::isSameProduct)) {
                ContentComparison content = compare(published, found.get().files());
                if (content.isSame()) {
                    return Either.right(new Verdict.Existing(found.get(), mapped));
                }
                isContentUnknown |= !content.isKnown();
                conflict = conflict.orElse(content.difference()
                        .map(difference -> "backend " + to.name() + " already has it as firmware " + candidate
                                + ", with another content (source and target): " + difference));
            }
        }
        if (conflict.isDefined() && !isContentUnknown) {
            return Either.right(new Verdict.Conflict(conflict.get()));
        }
        boolean mayExist = isContentUnknown;
        return modules.missing(mapped.firmware().coordinates(), source.product().map(Product::id))
                .flatMap(module -> module.fold(
                        reason -> Either.right(new Verdict.Refused(reason)),
                        // Publishing compares unknown content. A dry run without the bytes would report a conflict.
                        missing -> mayExist
                                ? Either.right(new Verdict.Creatable(mapped, missing, true))
                                : accepted(mapped, missing, placeholders(files))));
    }

    private boolean isSameProduct(ProductId one, ProductId other) {
        return to.canonical(one).equals(to.canonical(other));
    }

    /** Compares files of two backends. The name of an only file is the vendor's, so it does not count. */
    public static ContentComparison compare(List<FirmwareFile> mine, List<FirmwareFile> theirs) {
        return mine.size() == 1 && theirs.size() == 1
                ? ContentComparison.of(mine.map(TargetCheck::withoutName), theirs)
                : ContentComparison.of(mine, theirs);
    }

    private static FirmwareFile withoutName(FirmwareFile file) {
        return withName(file, Option.none());
    }

    /** Returns files of the source with the names that they have on a target. */
    public static List<FirmwareFile> asPublished(List<FirmwareFile> files) {
        return files.zipWithIndex(TargetCheck::withPublishedName);
    }

    /** A name that the source reports and that is not published is replaced. */
    private static FirmwareFile withPublishedName(FirmwareFile file, int index) {
        return withName(file, Option.some(PackageFiles.nameOf(file, index)));
    }

    private static FirmwareFile withName(FirmwareFile file, Option<String> name) {
        return new FirmwareFile(name, file.size(), file.checksums(), file.location());
    }

    private static List<Artifact> placeholders(List<FirmwareFile> files) {
        return files.zipWithIndex((file, index) -> Artifact.placeholder(
                PackageFiles.nameOf(file, index), Math.max(1, file.size().getOrElse(1L))));
    }

    /**
     * Texts that the target rejects are left out, because they do not reach a device. If it rejects the package without
     * texts too, they are not the reason.
     */
    private Either<OtaFailure, Verdict> accepted(Mapped mapped, Option<NewModule> module, List<Artifact> placeholders) {
        Either<OtaFailure, Verdict> first = dryRun(mapped, module, placeholders);
        if (!isRefused(first)) {
            return first;
        }
        Either<OtaFailure, Verdict> last = first;
        for (Mapped fewer : withFewerTexts(mapped, ((Verdict.Refused) first.get()).reason())) {
            last = dryRun(fewer, module, placeholders);
            if (!isRefused(last)) {
                return last;
            }
        }
        return last;
    }

    private static boolean isRefused(Either<OtaFailure, Verdict> result) {
        return result.isRight() && result.get() instanceof Verdict.Refused;
    }

    private static List<Mapped> withFewerTexts(Mapped mapped, String reason) {
        NewFirmware all = mapped.firmware();
        Option<Mapped> withoutDescription = Option.when(
                all.description().isDefined(),
                () -> mapped.withLoss(
                        copy(all, all.name(), Option.none()),
                        "its description is not accepted and is left out: " + reason));
        Option<Mapped> withoutName = Option.when(
                all.name().isDefined(),
                () -> mapped.withLoss(
                        copy(all, Option.none(), all.description()),
                        "its name is not accepted and is replaced: " + reason));
        Option<Mapped> withNeither = Option.when(
                withoutDescription.isDefined() && withoutName.isDefined(),
                () -> mapped.withLoss(
                        copy(all, Option.none(), Option.none()),
                        "its name and description are not accepted and are left out: " + reason));
        return List.of(withoutDescription, withoutName, withNeither).flatMap(one -> one);
    }

    private static NewFirmware copy(NewFirmware firmware, Option<String> name, Option<String> description) {
        return new NewFirmware(
                firmware.coordinates(),
                firmware.kind(),
                firmware.sourceVersions(),
                name,
                description,
                firmware.customInfo(),
                firmware.needsVerification());
    }

    /** @param module the module to create before. A dry run does not find it, which is no reason to refuse the package */
    private Either<OtaFailure, Verdict> dryRun(Mapped mapped, Option<NewModule> module, List<Artifact> placeholders) {
        return to.firmwareCommands()
                .dryRun()
                .publish(mapped.firmware(), placeholders, TransferListener.NONE)
                .fold(
                        failure -> failure instanceof OtaFailure.NotFound && module.isDefined()
                                ? Either.right(new Verdict.Creatable(mapped, module, false))
                                : isOfPackage(failure)
                                        ? Either.right(new Verdict.Refused(failure.summary()))
                                        : Either.left(failure),
                        result -> Either.right(new Verdict.Creatable(
                                new Mapped(
                                        mapped.firmware(),
                                        mapped.losses()
                                                .appendAll(result.warnings())
                                                .distinct()),
                                module,
                                false)));
    }

    /** Returns whether a failure concerns one package only, so that others may be accepted. */
    private static boolean isOfPackage(OtaFailure failure) {
        return failure instanceof OtaFailure.Rejected
                || failure instanceof OtaFailure.Unsupported
                || failure instanceof OtaFailure.NotFound;
    }
}
