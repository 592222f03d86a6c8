package io.otabridge.domain.firmware;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.InvalidValue;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTime;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.function.BiPredicate;

/**
 * Answers {@link FirmwareQueryPort#find(FirmwareCoordinates)} and {@link FirmwareQueryPort#newest} out of lists, for adapters
 * whose vendor has no call of its own for them. One page is in memory at a time. Safe for many threads.
 */
public final class FirmwareSearch {

    private static final int TOLD = 5;

    private final FirmwareQueryPort port;
    private final Origin origin;
    private final BiPredicate<ProductId, ProductId> isSame;

    /**
     * A search on a backend whose product ids differ by case.
     *
     * @param port whose lists are searched
     * @param origin the backend and its operation that lists
     */
    public FirmwareSearch(FirmwareQueryPort port, Origin origin) {
        this(port, origin, ProductId::equals);
    }

    /** @param isSame whether two ids are those of one product */
    public FirmwareSearch(FirmwareQueryPort port, Origin origin, BiPredicate<ProductId, ProductId> isSame) {
        this.port = port;
        this.origin = origin;
        this.isSame = isSame;
    }

    /** The only package with these coordinates: one walk over the list that they narrow, and one call for the rest. */
    public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
        FirmwareFilter filter = coordinates.toFilter();
        return Either.<OtaFailure, FirmwareSummary>sequenceRight(
                        List.ofAll(port.stream(filter).limit(TOLD + 1L).toList()))
                .flatMap(found -> found.size() > 1
                        ? Either.left(ambiguous(filter, List.ofAll(found)))
                        : found.headOption().toEither(() -> absent(filter)))
                .flatMap(only -> port.find(only.id()))
                .flatMap(found -> filter.requireDetails(origin, found, isSame));
    }

    /** The newest package that the filter means: one walk over the whole list that it narrows. */
    public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
        Option<FirmwareSummary> best = Option.none();
        Iterator<Either<OtaFailure, FirmwareSummary>> walk = port.stream(filter).iterator();
        while (walk.hasNext()) {
            Either<OtaFailure, FirmwareSummary> next = walk.next();
            if (next.isLeft()) {
                return next;
            }
            Option<FirmwareSummary> before = best;
            Either<OtaFailure, FirmwareSummary> newer =
                    before.map(known -> newer(known, next.get(), order)).getOrElse(next);
            if (newer.isLeft()) {
                return newer;
            }
            best = Option.some(newer.get());
        }
        return best.toEither(() -> absent(filter));
    }

    /** The newest package that the filter means, from a list that the vendor orders from newer to older: its first. */
    public Either<OtaFailure, FirmwareSummary> first(FirmwareFilter filter) {
        return Option.ofOptional(port.stream(filter).findFirst()).getOrElse(() -> Either.left(absent(filter)));
    }

    private Either<OtaFailure, FirmwareSummary> newer(
            FirmwareSummary known, FirmwareSummary other, FirmwareOrder order) {
        if (order instanceof FirmwareOrder.ByVersion byVersion) {
            int versions = byVersion.versions().compare(known.version(), other.version());
            int created = versions != 0
                    ? versions
                    : Comparator.<Instant>naturalOrder()
                            .compare(
                                    instant(known).getOrElse(Instant.MIN),
                                    instant(other).getOrElse(Instant.MIN));
            return Either.right(created < 0 ? other : known);
        }
        return created(known).flatMap(mine -> created(other).map(theirs -> mine.isBefore(theirs) ? other : known));
    }

    /** Of several packages, one without a time cannot be said to be older or newer. */
    private Either<OtaFailure, Instant> created(FirmwareSummary firmware) {
        return instant(firmware)
                .toEither(() -> new OtaFailure.UnreadableResponse(FailureDetails.of(
                        origin,
                        "Backend " + origin.backend() + " does not say in a known form when firmware " + firmware.id()
                                + " was created"
                                + firmware.created()
                                        .map(time -> " (" + InvalidValue.quoted(time.text()) + ")")
                                        .getOrElse(""),
                        "Ask for the newest by version instead of by creation")));
    }

    private static Option<Instant> instant(FirmwareSummary firmware) {
        return firmware.created().flatMap(VendorTime::instant);
    }

    private OtaFailure absent(FirmwareFilter filter) {
        return new OtaFailure.NotFound(
                FailureDetails.of(
                        origin,
                        "Backend " + origin.backend() + " has no " + filter,
                        filter.onlyVerified()
                                ? "See whether there is one that is not verified yet, and check the product id and the module"
                                : "Check the product id, and the spelling of module and version, upper and lower case included"));
    }

    private OtaFailure ambiguous(FirmwareFilter filter, List<FirmwareSummary> found) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                "Backend " + origin.backend() + " has more than one " + filter + ": "
                        + found.take(TOLD).map(FirmwareSummary::id).mkString(", ")
                        + (found.size() > TOLD ? " and more" : ""),
                "Ask for one of them by its id"));
    }
}
