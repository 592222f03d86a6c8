package io.otabridge.domain.firmware;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.ContentComparison;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.page.PageIterator;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Iterator;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * The steps of a publication that are the same for all vendors: looks whether the package exists, creates it, and
 * compares what the vendor stored. No vendor has an idempotency token, so a lost response is answered by another look.
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

    /**
     * Creates a publisher.
     *
     * @param firmware finds existing packages
     * @param origin the backend and its create operation, for failures
     * @param isSameProduct returns whether two product ids are the same on this backend
     */
    public FirmwarePublisher(
            FirmwareQueryPort firmware, OperationContext origin, BiPredicate<ProductId, ProductId> isSameProduct) {
        this.firmware = firmware;
        this.origin = origin;
        this.isSameProduct = isSameProduct;
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
                .flatMap(found -> found.map(
                                same -> Either.<OtaFailure, PublishResult>right(existed(wanted, same, warnings)))
                        .getOrElse(() -> isDryRun
                                ? Either.right(new PublishResult(Option.none(), false, 0, warnings))
                                : create(wanted, files, warnings, steps)));
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
                            warnings.appendAll(differences(wanted, stored)).appendAll(unconfirmed(files, stored))));
        }
        OtaFailure failure = created.getLeft();
        return mayExist(failure)
                ? lookedUpAgain(failure, existing(wanted, files, steps), same -> existed(wanted, same, warnings))
                : Either.left(failure);
    }

    private static PublishResult existed(NewFirmware wanted, Firmware same, List<String> warnings) {
        return new PublishResult(Option.some(same), true, 0, warnings.appendAll(differences(wanted, same)));
    }

    /**
     * Returns the package if it exists. If a package with another content exists, this explains a rejection by the
     * vendor; after an unknown outcome it is only additional advice.
     */
    private static Either<OtaFailure, PublishResult> lookedUpAgain(
            OtaFailure failure, Either<OtaFailure, Option<Firmware>> again, Function<Firmware, PublishResult> existed) {
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
    private Either<OtaFailure, Option<Firmware>> existing(
            NewFirmware wanted, List<FirmwareFile> files, VendorSteps steps) {
        Option<OtaFailure> conflict = Option.none();
        FirmwareFilter filter = wanted.coordinates().toFilter();
        Iterator<Either<OtaFailure, FirmwareSummary>> listed =
                PageIterator.stream(firmware.list(filter)).iterator();
        while (listed.hasNext()) {
            Either<OtaFailure, FirmwareSummary> entry = listed.next();
            if (entry.isLeft()) {
                return Either.left(entry.getLeft());
            }
            FirmwareSummary summary = entry.get();
            Either<OtaFailure, Firmware> found = firmware.find(summary.id())
                    .flatMap(details -> filter.requireDetails(origin, summary, details, isSameProduct));
            // A package that does not exist was deleted after the list.
            if (found.isLeft() && !(found.getLeft() instanceof OtaFailure.NotFound)) {
                return Either.left(found.getLeft());
            }
            if (found.isRight() && wanted.hasIdentityOf(found.get(), isSameProduct)) {
                Either<OtaFailure, ContentComparison> content = content(files, found.get(), steps);
                if (content.isLeft() || content.get().isSame()) {
                    return content.map(same -> Option.some(found.get()));
                }
                conflict = Option.some(conflict(wanted, found.get(), content.get()));
            }
        }
        return conflict.<Either<OtaFailure, Option<Firmware>>>map(Either::left).getOrElse(Either.right(Option.none()));
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
                        "Backend {0} already has {1} as firmware {2}, with another content: {3}",
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
    private static List<String> differences(NewFirmware wanted, Firmware stored) {
        return List.of(
                        difference("name", wanted.name(), stored.name().orElse(wanted.name())),
                        difference("description", wanted.description(), stored.description()),
                        difference(
                                "custom info",
                                wanted.customInfo(),
                                stored.customInfo().orElse(wanted.customInfo())))
                .flatMap(text -> text);
    }

    private static Option<String> difference(String label, Option<String> wanted, Option<String> stored) {
        return Option.when(
                wanted.isDefined() && !wanted.equals(stored),
                () -> "the " + label + " of the package differs from the requested one");
    }

    private static List<String> unconfirmed(List<FirmwareFile> files, Firmware stored) {
        return ContentComparison.of(files, stored.files()).isSame()
                ? List.empty()
                : List.of("the vendor does not report a digest of the file, so its content is not confirmed");
    }
}
