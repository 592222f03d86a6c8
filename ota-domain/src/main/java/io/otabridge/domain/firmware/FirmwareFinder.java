package io.otabridge.domain.firmware;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.page.PageIterator;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Implements {@link FirmwareQueryPort#find(FirmwareCoordinates)} and {@link FirmwareQueryPort#newest} with lists, for
 * adapters whose vendor has no such calls. Holds one page in memory. Safe for use by multiple threads.
 */
public final class FirmwareFinder {

    private static final int MAX_LISTED_IDS = 5;

    private static final String CHECK_PRODUCT =
            "Check the product id (or map the name in products), and the spelling of";

    private final FirmwareQueryPort port;
    private final OperationContext origin;
    private final BiPredicate<ProductId, ProductId> isSame;

    /**
     * Creates a search on a backend with case-sensitive product ids.
     *
     * @param port the port whose lists are searched
     * @param origin the backend and its list operation
     */
    public FirmwareFinder(FirmwareQueryPort port, OperationContext origin) {
        this(port, origin, ProductId::equals);
    }

    /**
     * Creates a search.
     *
     * @param port the port whose lists are searched
     * @param origin the backend and its list operation
     * @param isSame returns whether two ids identify the same product
     */
    public FirmwareFinder(FirmwareQueryPort port, OperationContext origin, BiPredicate<ProductId, ProductId> isSame) {
        this.port = port;
        this.origin = origin;
        this.isSame = isSame;
    }

    /** Finds the only package with these coordinates: one pagination, and one call for the details. */
    public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
        FirmwareFilter filter = coordinates.toFilter();
        return Either.<OtaFailure, FirmwareSummary>sequenceRight(
                        List.ofAll(results(filter).limit(MAX_LISTED_IDS + 1L).toList()))
                .flatMap(found -> found.size() > 1
                        ? Either.left(ambiguous(filter, List.ofAll(found)))
                        : found.headOption().toEither(() -> absent(filter)))
                .flatMap(only ->
                        port.find(only.id()).flatMap(found -> filter.requireDetails(origin, only, found, isSame)));
    }

    /** Finds the newest matching package by reading the whole list. */
    public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
        Option<Newest> newest = Option.none();
        Iterator<Either<OtaFailure, FirmwareSummary>> packages = results(filter).iterator();
        while (packages.hasNext()) {
            Option<Newest> before = newest;
            Either<OtaFailure, Newest> after = packages.next()
                    .flatMap(next -> before.map(known -> newer(known, next, order))
                            .getOrElse(() -> Either.right(Newest.of(next))));
            if (after.isLeft()) {
                return Either.left(after.getLeft());
            }
            newest = Option.some(after.get());
        }
        return newest.toEither(() -> absent(filter)).flatMap(Newest::decided);
    }

    /** Finds the newest matching package in a list that the vendor sorts newest first: the first match. */
    public Either<OtaFailure, FirmwareSummary> first(FirmwareFilter filter) {
        return Option.ofOptional(results(filter).findFirst()).getOrElse(() -> Either.left(absent(filter)));
    }

    private Stream<Either<OtaFailure, FirmwareSummary>> results(FirmwareFilter filter) {
        return PageIterator.stream(port.list(filter));
    }

    private Either<OtaFailure, Newest> newer(Newest newest, FirmwareSummary other, FirmwareOrder order) {
        FirmwareSummary known = newest.firmware();
        if (order instanceof FirmwareOrder.ByVersion byVersion) {
            return byVersion
                    .versions()
                    .compare(known.version(), other.version())
                    .toEither(() -> incomparable(known, other))
                    .map(compared -> compared == 0
                            ? laterOfEqualVersions(newest, other)
                            : compared < 0 ? Newest.of(other) : newest);
        }
        return created(known)
                .flatMap(mine -> created(other).map(theirs -> mine.isBefore(theirs) ? Newest.of(other) : newest));
    }

    private Newest laterOfEqualVersions(Newest newest, FirmwareSummary other) {
        Option<Instant> mine = instant(newest.firmware());
        Option<Instant> theirs = instant(other);
        if (mine.isEmpty() || theirs.isEmpty() || mine.equals(theirs)) {
            return new Newest(newest.firmware(), Option.some(undated(newest.firmware(), other)));
        }
        return mine.get().isBefore(theirs.get()) ? new Newest(other, newest.undecided()) : newest;
    }

    /**
     * The newest package so far.
     *
     * @param undecided why another package may be newer; absent if none. A newer version clears it
     */
    private record Newest(FirmwareSummary firmware, Option<OtaFailure> undecided) {

        private static Newest of(FirmwareSummary firmware) {
            return new Newest(firmware, Option.none());
        }

        private Either<OtaFailure, FirmwareSummary> decided() {
            return undecided
                    .<Either<OtaFailure, FirmwareSummary>>map(Either::left)
                    .getOrElse(() -> Either.right(firmware));
        }
    }

    /** Returns the creation time. Without one, several packages cannot be ordered. */
    private Either<OtaFailure, Instant> created(FirmwareSummary firmware) {
        return instant(firmware)
                .toEither(() -> new OtaFailure.UnreadableResponse(FailureDetails.of(
                        origin,
                        firmware.created()
                                .map(time -> Message.of(
                                        "Backend {0} sent no readable creation time for firmware {1} ({2})",
                                        origin.backend(), firmware.id(), ConstraintViolation.quoted(time.text())))
                                .getOrElse(() -> Message.of(
                                        "Backend {0} sent no readable creation time for firmware {1}",
                                        origin.backend(), firmware.id())),
                        Message.of("Request the newest by version instead of by creation"))));
    }

    private static Option<Instant> instant(FirmwareSummary firmware) {
        return firmware.created().flatMap(VendorTimestamp::instant);
    }

    private OtaFailure absent(FirmwareFilter filter) {
        return new OtaFailure.NotFound(FailureDetails.of(
                origin,
                Message.of("Backend {0} has no {1}", origin.backend(), filter),
                Message.of(
                        filter.onlyVerified()
                                ? "Check whether an unverified package exists, and check the product id (or map the"
                                        + " name in products) and the module"
                                : filter.version().isDefined()
                                        ? CHECK_PRODUCT + " module and version, including upper and lower case"
                                        : CHECK_PRODUCT + " the module, including upper and lower case")));
    }

    private OtaFailure incomparable(FirmwareSummary one, FirmwareSummary other) {
        return new OtaFailure.Rejected(
                FailureDetails.of(
                        origin,
                        Message.of(
                                "The versions {0} and {1} of backend {2} cannot be compared",
                                label(one), label(other), origin.backend()),
                        Message.of(
                                "Request the newest by creation, or restrict the search to packages whose versions have one form")));
    }

    private OtaFailure undated(FirmwareSummary one, FirmwareSummary other) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        "The versions {0} and {1} of backend {2} are equal, and it is unknown which package was created later",
                        label(one), label(other), origin.backend()),
                Message.of("Request one of them by its id")));
    }

    private static String label(FirmwareSummary firmware) {
        return ConstraintViolation.quoted(firmware.version().value()) + " (firmware " + firmware.id() + ")";
    }

    private OtaFailure ambiguous(FirmwareFilter filter, List<FirmwareSummary> found) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        found.size() > MAX_LISTED_IDS
                                ? "Backend {0} has more than one {1}: {2} and more"
                                : "Backend {0} has more than one {1}: {2}",
                        origin.backend(),
                        filter,
                        found.take(MAX_LISTED_IDS).map(FirmwareSummary::id).mkString(", ")),
                Message.of("Request one of them by its id")));
    }
}
