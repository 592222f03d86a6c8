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
 * Answers {@link FirmwareQueryPort#find(FirmwareCoordinates)} and {@link FirmwareQueryPort#newest} out of lists, for adapters
 * whose vendor has no call of its own for them. One page is in memory at a time. Safe for many threads.
 */
public final class FirmwareSearch {

    private static final int TOLD = 5;

    private final FirmwareQueryPort port;
    private final OperationContext origin;
    private final BiPredicate<ProductId, ProductId> isSame;

    /**
     * A search on a backend whose product ids differ by case.
     *
     * @param port whose lists are searched
     * @param origin the backend and its operation that lists
     */
    public FirmwareSearch(FirmwareQueryPort port, OperationContext origin) {
        this(port, origin, ProductId::equals);
    }

    /** @param isSame whether two ids are those of one product */
    public FirmwareSearch(FirmwareQueryPort port, OperationContext origin, BiPredicate<ProductId, ProductId> isSame) {
        this.port = port;
        this.origin = origin;
        this.isSame = isSame;
    }

    /** The only package with these coordinates: one walk over the list that they narrow, and one call for the rest. */
    public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
        FirmwareFilter filter = coordinates.toFilter();
        return Either.<OtaFailure, FirmwareSummary>sequenceRight(
                        List.ofAll(results(filter).limit(TOLD + 1L).toList()))
                .flatMap(found -> found.size() > 1
                        ? Either.left(ambiguous(filter, List.ofAll(found)))
                        : found.headOption().toEither(() -> absent(filter)))
                .flatMap(only ->
                        port.find(only.id()).flatMap(found -> filter.requireDetails(origin, only, found, isSame)));
    }

    /** The newest package that the filter means: reads the whole list that it narrows. */
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

    /** The newest package that the filter means, from a list that the vendor orders from newer to older: its first. */
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
     * @param undecided why another package may be the newest; absent if none may. A newer version settles it
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

    /** Of several packages, one without a time cannot be said to be older or newer. */
    private Either<OtaFailure, Instant> created(FirmwareSummary firmware) {
        return instant(firmware)
                .toEither(() -> new OtaFailure.UnreadableResponse(FailureDetails.of(
                        origin,
                        firmware.created()
                                .map(time -> Message.of(
                                        "Backend {0} does not say in a known form when firmware {1} was created ({2})",
                                        origin.backend(), firmware.id(), ConstraintViolation.quoted(time.text())))
                                .getOrElse(() -> Message.of(
                                        "Backend {0} does not say in a known form when firmware {1} was created",
                                        origin.backend(), firmware.id())),
                        Message.of("Ask for the newest by version instead of by creation"))));
    }

    private static Option<Instant> instant(FirmwareSummary firmware) {
        return firmware.created().flatMap(VendorTimestamp::instant);
    }

    private OtaFailure absent(FirmwareFilter filter) {
        return new OtaFailure.NotFound(
                FailureDetails.of(
                        origin,
                        Message.of("Backend {0} has no {1}", origin.backend(), filter),
                        Message.of(
                                filter.onlyVerified()
                                        ? "See whether there is one that is not verified yet, and check the product id and the module"
                                        : "Check the product id, and the spelling of module and version, upper and lower case included")));
    }

    private OtaFailure incomparable(FirmwareSummary one, FirmwareSummary other) {
        return new OtaFailure.Rejected(
                FailureDetails.of(
                        origin,
                        Message.of(
                                "The versions {0} and {1} of backend {2} cannot be compared",
                                words(one), words(other), origin.backend()),
                        Message.of(
                                "Ask for the newest by creation, or narrow the search to packages whose versions have one form")));
    }

    private OtaFailure undated(FirmwareSummary one, FirmwareSummary other) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        "The versions {0} and {1} of backend {2} are equal, and it is not known which package was created"
                                + " later",
                        words(one), words(other), origin.backend()),
                Message.of("Ask for one of them by its id")));
    }

    private static String words(FirmwareSummary firmware) {
        return ConstraintViolation.quoted(firmware.version().value()) + " (firmware " + firmware.id() + ")";
    }

    private OtaFailure ambiguous(FirmwareFilter filter, List<FirmwareSummary> found) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        found.size() > TOLD
                                ? "Backend {0} has more than one {1}: {2} and more"
                                : "Backend {0} has more than one {1}: {2}",
                        origin.backend(),
                        filter,
                        found.take(TOLD).map(FirmwareSummary::id).mkString(", ")),
                Message.of("Ask for one of them by its id")));
    }
}
