package io.otabridge.domain.firmware;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.ContentComparison;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.PageIterator;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Iterator;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The steps of a publication that are the same for all vendors: looks whether the package exists, creates it, and
 * compares what the vendor stored. No vendor has an idempotency token, so a lost response is answered by another look,
 * and two publications at the same time may create two packages on a vendor that accepts them.
 * Safe for use by multiple threads.
 */
public final class FirmwarePublisher {

    /** The steps that depend on the vendor. */
    public interface VendorSteps {

        /**
         * Adds the digests of stored files that the vendor does not report, if the object store has them.
         *
         * @return the package with all digests that are known; the failure if the object store cannot be read
         */
        default Either<OtaFailure, Firmware> withStoredDigests(Firmware existing) {
            return Either.right(existing);
        }

        /**
         * Makes sure that the file of an existing package is still stored, and uploads it again if it is not.
         *
         * @return the number of bytes that were uploaded; the failure if the file is missing and cannot be uploaded to
         *     where the package expects it
         */
        default Either<OtaFailure, Long> ensureStored(Firmware existing) {
            return Either.right(0L);
        }

        /**
         * Uploads the files and creates the package. If the package is certainly not created, it removes what it
         * uploaded, or names it in the failure. It keeps an object that another package may use, and every object after
         * {@link OtaFailure.OutcomeUnknown}.
         */
        Either<OtaFailure, Created> create();
    }

    /**
     * A package that was created.
     *
     * @param id its id
     * @param bytesSent the number of bytes that were uploaded
     */
    public record Created(FirmwareId id, long bytesSent) {}

    private final FirmwareQueryPort firmware;
    private final OperationContext origin;
    private final BiPredicate<ProductId, ProductId> isSameProduct;
    private final boolean hasDuplicates;
    private final boolean hasUpdates;
    private final Option<ModuleQueryPort> modules;

    /**
     * Creates a publisher for a vendor that has one package of each identity, and whose packages cannot be updated.
     *
     * @param firmware finds existing packages
     * @param origin the backend and its create operation, for failures
     * @param isSameProduct returns whether two product ids are the same on this backend
     */
    public FirmwarePublisher(
            FirmwareQueryPort firmware, OperationContext origin, BiPredicate<ProductId, ProductId> isSameProduct) {
        this(firmware, origin, isSameProduct, false, false, Option.none());
    }

    private FirmwarePublisher(
            FirmwareQueryPort firmware,
            OperationContext origin,
            BiPredicate<ProductId, ProductId> isSameProduct,
            boolean hasDuplicates,
            boolean hasUpdates,
            Option<ModuleQueryPort> modules) {
        this.firmware = firmware;
        this.origin = origin;
        this.isSameProduct = isSameProduct;
        this.hasDuplicates = hasDuplicates;
        this.hasUpdates = hasUpdates;
        this.modules = modules;
    }

    /**
     * Returns a publisher for a vendor that accepts several packages of one identity. It lists them again after a
     * creation, and warns about the others.
     */
    public FirmwarePublisher withDuplicates() {
        return new FirmwarePublisher(firmware, origin, isSameProduct, true, hasUpdates, modules);
    }

    /** Returns a publisher for a vendor whose packages can be updated, which the warnings mention. */
    public FirmwarePublisher withUpdates() {
        return new FirmwarePublisher(firmware, origin, isSameProduct, hasDuplicates, true, modules);
    }

    /**
     * Returns a publisher that looks up the module of a new package before its file is uploaded, for a vendor that finds
     * modules by name.
     */
    public FirmwarePublisher withModules(ModuleQueryPort port) {
        return new FirmwarePublisher(firmware, origin, isSameProduct, hasDuplicates, hasUpdates, Option.some(port));
    }

    /**
     * Publishes a package.
     *
     * @param wanted the package, which meets the vendor's constraints
     * @param files its files, with size and digests as far as they are known
     * @param warnings what the vendor does not store
     * @param isDryRun whether to stop before the upload
     */
    public Either<OtaFailure, PublishResult> publish(
            NewFirmware wanted, List<FirmwareFile> files, List<String> warnings, boolean isDryRun, VendorSteps steps) {
        return existing(wanted, files, steps)
                .flatMap(found -> found.map(same -> (isDryRun
                                        ? Either.<OtaFailure, Long>right(0L)
                                        : steps.ensureStored(same.firmware()))
                                .map(sent -> existed(wanted, same, sent, warnings)))
                        .getOrElse(() -> checkModule(wanted)
                                .map(warnings::appendAll)
                                .flatMap(all -> isDryRun
                                        ? Either.right(new PublishResult(Option.none(), false, 0, all))
                                        : create(wanted, files, all, steps))));
    }

    /** Returns the failure if the module does not exist; a warning if the user may not look it up. */
    private Either<OtaFailure, Option<String>> checkModule(NewFirmware wanted) {
        if (modules.isEmpty() || !(wanted.coordinates().target() instanceof FirmwareTarget.Module target)) {
            return Either.right(Option.none());
        }
        ProductId product = wanted.coordinates().product();
        Either<OtaFailure, OtaModule> found = modules.get().find(ModuleRef.named(product, target.name()));
        if (found.isRight()) {
            return Either.right(Option.none());
        }
        if (found.getLeft() instanceof OtaFailure.AccessDenied) {
            return Either.right(Option.some(
                    "whether module " + target.name() + " exists is not known: the user may not look up modules"));
        }
        return Either.left(
                found.getLeft() instanceof OtaFailure.NotFound
                        ? new OtaFailure.NotFound(FailureDetails.of(
                                origin,
                                Message.of(
                                        "Module {0} of product {1} does not exist on backend {2}",
                                        target.name(), product, origin.backend()),
                                Message.of("Create the module first, or check its name and the product; nothing was"
                                        + " uploaded")))
                        : found.getLeft());
    }

    private Either<OtaFailure, PublishResult> create(
            NewFirmware wanted, List<FirmwareFile> files, List<String> warnings, VendorSteps steps) {
        Either<OtaFailure, Created> created = steps.create();
        if (created.isRight()) {
            return readBack(wanted, files, created.get())
                    .map(stored -> new PublishResult(
                            Option.some(stored),
                            false,
                            created.get().bytesSent(),
                            warnings.appendAll(differences(wanted, stored))
                                    .appendAll(unconfirmed(files, stored))
                                    .appendAll(concurrent(wanted, stored))));
        }
        OtaFailure failure = created.getLeft();
        return mayExist(failure)
                ? lookedUpAgain(failure, existing(wanted, files, steps), same -> existed(wanted, same, 0, warnings))
                : Either.left(failure);
    }

    /**
     * A package with the wanted identity and content.
     *
     * @param others the other packages with this identity
     */
    private record Existing(Firmware firmware, List<FirmwareId> others) {}

    private PublishResult existed(NewFirmware wanted, Existing same, long bytesSent, List<String> warnings) {
        return new PublishResult(
                Option.some(same.firmware()),
                true,
                bytesSent,
                warnings.appendAll(differences(wanted, same.firmware()))
                        .appendAll(Option.when(
                                same.others().nonEmpty(),
                                () -> "other packages have the same product, target, version and kind: firmware "
                                        + same.others().mkString(", ") + "; delete those that are not needed")));
    }

    /** The warnings about packages with the same identity that another caller created at the same time. */
    private List<String> concurrent(NewFirmware wanted, Firmware created) {
        List<String> others = List.empty();
        Iterator<Either<OtaFailure, Firmware>> found = hasDuplicates
                ? equal(wanted).iterator()
                : List.<Either<OtaFailure, Firmware>>empty().iterator();
        while (found.hasNext()) {
            Either<OtaFailure, Firmware> other = found.next();
            if (other.isLeft()) {
                return List.of("the packages could not be listed again, so a package that another publication created"
                        + " at the same time is not known");
            }
            if (!other.get().id().equals(created.id()) && !isNewer(other.get(), created)) {
                others = others.append("another publication created firmware "
                        + other.get().id()
                        + " with the same product, target, version and kind at the same time; delete one of the two");
            }
        }
        return others;
    }

    /** The publication of a newer package warns about the older one. */
    private static boolean isNewer(Firmware one, Firmware other) {
        return one.created()
                .flatMap(VendorTimestamp::instant)
                .exists(time ->
                        other.created().flatMap(VendorTimestamp::instant).exists(time::isAfter));
    }

    /**
     * Returns the package if it exists. If a package with another content exists, this explains a rejection by the
     * vendor; after an unknown outcome it is only additional advice.
     */
    private static Either<OtaFailure, PublishResult> lookedUpAgain(
            OtaFailure failure, Either<OtaFailure, Option<Existing>> again, Function<Existing, PublishResult> existed) {
        if (again.isRight()) {
            return again.get().map(existed).toEither(failure);
        }
        OtaFailure conflict = again.getLeft();
        if (!(conflict instanceof OtaFailure.Rejected)) {
            return Either.left(failure);
        }
        return Either.left(
                failure instanceof OtaFailure.Rejected
                        ? conflict
                        : failure.withDetails(failure.details()
                                .withMoreAdvice(conflict.details().summary())));
    }

    /** Another caller may have created the package first, or the response was lost. */
    private static boolean mayExist(OtaFailure failure) {
        return failure instanceof OtaFailure.OutcomeUnknown
                || failure instanceof OtaFailure.Unavailable
                || failure instanceof OtaFailure.UnreadableResponse
                || (failure instanceof OtaFailure.Rejected
                        && failure.vendorCode().isDefined());
    }

    /** The package with the same identity and content; the failure if only one with another content exists. */
    private Either<OtaFailure, Option<Existing>> existing(
            NewFirmware wanted, List<FirmwareFile> files, VendorSteps steps) {
        Option<Firmware> same = Option.none();
        Option<OtaFailure> conflict = Option.none();
        List<FirmwareId> others = List.empty();
        Iterator<Either<OtaFailure, Firmware>> equal = equal(wanted).iterator();
        while ((same.isEmpty() || hasDuplicates) && equal.hasNext()) {
            Either<OtaFailure, Firmware> found = equal.next();
            if (found.isLeft() && same.isEmpty()) {
                return Either.left(found.getLeft());
            }
            if (found.isLeft()) {
                break;
            }
            if (same.isDefined()) {
                others = others.append(found.get().id());
                continue;
            }
            Either<OtaFailure, ContentComparison> content = content(files, found.get(), steps);
            if (content.isLeft()) {
                return Either.left(content.getLeft());
            }
            if (content.get().isSame()) {
                same = Option.some(found.get());
            } else {
                others = others.append(found.get().id());
                conflict = Option.some(conflict(wanted, found.get(), content.get()));
            }
        }
        List<FirmwareId> all = others;
        return same.isEmpty() && conflict.isDefined()
                ? Either.left(conflict.get())
                : Either.right(same.map(found -> new Existing(found, all)));
    }

    /** The packages with the wanted identity, in the vendor's order, with all details. */
    private Stream<Either<OtaFailure, Firmware>> equal(NewFirmware wanted) {
        FirmwareFilter filter = wanted.coordinates().toFilter();
        return PageIterator.stream(firmware.list(filter))
                .flatMap(listed -> listed.isLeft()
                        ? Stream.of(Either.<OtaFailure, Firmware>left(listed.getLeft()))
                        : details(filter, listed.get()).toJavaStream())
                .filter(found -> found.isLeft() || wanted.hasIdentityOf(found.get(), isSameProduct));
    }

    /** The details of a listed package; absent if it was deleted after the list. */
    private Option<Either<OtaFailure, Firmware>> details(FirmwareFilter filter, FirmwareSummary listed) {
        Either<OtaFailure, Firmware> found = firmware.find(listed.id())
                .flatMap(details -> filter.requireDetails(origin, listed, details, isSameProduct));
        return Option.some(found)
                .filter(result -> result.isRight() || !(result.getLeft() instanceof OtaFailure.NotFound));
    }

    private static Either<OtaFailure, ContentComparison> content(
            List<FirmwareFile> files, Firmware existing, VendorSteps steps) {
        ContentComparison reported = ContentComparison.of(files, existing.files());
        if (reported.isKnown()) {
            return Either.right(reported);
        }
        Either<OtaFailure, Firmware> stored = steps.withStoredDigests(existing);
        return stored.isLeft() && stored.getLeft() instanceof OtaFailure.NotFound
                ? Either.right(reported)
                : stored.map(known -> ContentComparison.of(files, known.files()));
    }

    private OtaFailure conflict(NewFirmware wanted, Firmware existing, ContentComparison content) {
        Message summary = content.difference()
                .map(difference -> Message.of(
                        "Backend {0} already has {1} as firmware {2}, with another content (given and stored): {3}",
                        origin.backend(), wanted, existing.id(), difference))
                .getOrElse(() -> Message.of(
                        "Backend {0} already has {1} as firmware {2}, and the digest of its file is unknown",
                        origin.backend(), wanted, existing.id()));
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                summary,
                Message.of("Publish under another version, or delete that package first; nothing was created")));
    }

    /** If the package cannot be read, a second publication compares it. */
    private Either<OtaFailure, Firmware> readBack(NewFirmware wanted, List<FirmwareFile> files, Created created) {
        return firmware.find(created.id())
                .mapLeft(failure -> failure.withDetails(failure.details()
                        .withMoreAdvice(Message.of(
                                "firmware {0} was created but could not be read back; publish it again to compare it",
                                created.id()))))
                .flatMap(stored -> {
                    Option<String> difference = wanted.differenceTo(stored, isSameProduct)
                            .orElse(() ->
                                    ContentComparison.of(files, stored.files()).difference());
                    return difference.isEmpty()
                            ? Either.right(stored)
                            : Either.left(changed(created.id(), difference.get()));
                });
    }

    private OtaFailure changed(FirmwareId id, String difference) {
        return new OtaFailure.DigestMismatch(FailureDetails.of(
                origin,
                Message.of(
                        "Backend {0} created firmware {1}, but stored something else than was sent: {2}",
                        origin.backend(), id, difference),
                Message.of("Delete the package, and do not start an upgrade job with it")));
    }

    /** The texts that the stored package does not have. Not every vendor reports name and custom info. */
    private List<String> differences(NewFirmware wanted, Firmware stored) {
        return List.of(
                        difference("name", wanted.name(), stored.name().orElse(wanted.name())),
                        difference("description", wanted.description(), stored.description()),
                        difference(
                                "custom info",
                                wanted.customInfo(),
                                stored.customInfo().orElse(wanted.customInfo())))
                .flatMap(text -> text);
    }

    private Option<String> difference(String label, Option<String> wanted, Option<String> stored) {
        return Option.when(
                wanted.isDefined() && !wanted.equals(stored),
                () -> "the " + label + " of the package differs from the requested one"
                        + (hasUpdates ? "; update the package to change it" : ""));
    }

    private static List<String> unconfirmed(List<FirmwareFile> files, Firmware stored) {
        return ContentComparison.of(files, stored.files()).isSame()
                ? List.empty()
                : List.of("the vendor does not report a digest of the file, so its content is not confirmed");
    }
}
