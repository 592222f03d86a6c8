package io.otabridge.domain.firmware;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.BiPredicate;

/**
 * Selects firmware packages of a list. Absent components do not restrict the list. The vendor filters by product and
 * version, and by target if it supports that; this library filters the rest. Immutable.
 *
 * @param product the vendor's id of the product
 * @param target {@link FirmwareTarget.WholeDevice}, {@link FirmwareTarget.Software} or a {@link FirmwareTarget.Module}
 * @param version the exact version
 * @param onlyVerified only packages whose {@link Verification#permitsRollout verification permits a rollout}; on a
 *     vendor without verification these are all packages
 */
public record FirmwareFilter(
        Option<ProductId> product,
        Option<FirmwareTarget> target,
        Option<FirmwareVersion> version,
        boolean onlyVerified) {

    /** @throws IllegalArgumentException if the target is not stated or unknown */
    public FirmwareFilter {
        target.forEach(FirmwareFilter::requireQueryable);
    }

    static void requireQueryable(FirmwareTarget target) {
        if (target instanceof FirmwareTarget.NotStated || target instanceof FirmwareTarget.Unknown) {
            throw new IllegalArgumentException("firmware cannot be requested by the target " + target);
        }
    }

    /** Returns a filter for all packages of the account. */
    public static FirmwareFilter all() {
        return new FirmwareFilter(Option.none(), Option.none(), Option.none(), false);
    }

    /** Returns a copy that selects only this product. */
    public FirmwareFilter product(ProductId only) {
        return new FirmwareFilter(Option.some(only), target, version, onlyVerified);
    }

    /**
     * Returns a copy that selects only packages for this target.
     *
     * @throws IllegalArgumentException if the target is not stated or unknown
     */
    public FirmwareFilter target(FirmwareTarget only) {
        return new FirmwareFilter(product, Option.some(only), version, onlyVerified);
    }

    /** Returns a copy that selects only this version. */
    public FirmwareFilter version(FirmwareVersion only) {
        return new FirmwareFilter(product, target, Option.some(only), onlyVerified);
    }

    /** Returns a copy that selects only packages whose verification permits a rollout. */
    public FirmwareFilter verified() {
        return new FirmwareFilter(product, target, version, true);
    }

    /**
     * Returns whether a package matches every component of this filter, for backends in memory and for vendors that do
     * not filter by product and version. A package without a product does not match a product here; use {@link
     * #retainMatching} for responses that the vendor has filtered.
     */
    public boolean matches(FirmwareSummary firmware) {
        return product.forAll(id -> firmware.product().exists(of -> of.id().equals(id)))
                && version.forAll(firmware.version()::equals)
                && isChosen(firmware);
    }

    /**
     * Filters a response to a request for this product and version by target and verification. An entry without a
     * product gets the requested one.
     *
     * @param isSame returns whether two ids identify the same product
     * @return the matching packages; {@code Left} names the product or version of an entry that was not requested
     */
    public Either<String, List<FirmwareSummary>> retainMatching(
            List<FirmwareSummary> response, BiPredicate<ProductId, ProductId> isSame) {
        return requested(response, isSame).map(packages -> packages.filter(this::isChosen));
    }

    /**
     * Checks a response to a request for this product and version, before target and verification are filtered. An
     * entry without a product gets the requested one.
     *
     * @param isSame returns whether two ids identify the same product
     * @return all entries; {@code Left} names the product or version of an entry that was not requested
     */
    public Either<String, List<FirmwareSummary>> requested(
            List<FirmwareSummary> response, BiPredicate<ProductId, ProductId> isSame) {
        return Either.sequenceRight(response.map(firmware -> withRequestedProduct(firmware, isSame)))
                .map(List::ofAll);
    }

    private Either<String, FirmwareSummary> withRequestedProduct(
            FirmwareSummary firmware, BiPredicate<ProductId, ProductId> isSame) {
        Option<ProductId> other = firmware.product()
                .map(Product::id)
                .filter(received -> product.exists(requested -> !isSame.test(received, requested)));
        if (other.isDefined()) {
            return Either.left("it names product " + other.get() + ", requested was product " + product.get());
        }
        if (version.exists(requested -> !requested.equals(firmware.version()))) {
            return Either.left("it names version " + visible(firmware.version()) + ", requested was version "
                    + visible(version.get()));
        }
        return Either.right(
                firmware.product().isDefined()
                        ? firmware
                        : product.map(requested -> firmware.product(Product.of(requested)))
                                .getOrElse(firmware));
    }

    /**
     * Checks that details belong to a package that was listed with this filter, and adds what only the list contains. A
     * product, target or verification that the details omit is not a difference.
     *
     * @param origin the backend, and the operation that listed the package
     * @param listed the list entry, with the id of the details
     * @param isSame returns whether two ids identify the same product
     * @return the complete details; {@link OtaFailure.UnreadableResponse} names each difference with the requested and
     *     the received value
     */
    public Either<OtaFailure, Firmware> requireDetails(
            OperationContext origin,
            FirmwareSummary listed,
            Firmware details,
            BiPredicate<ProductId, ProductId> isSame) {
        List<String> differences = List.of(
                        product.filter(requested -> details.product().exists(of -> !isSame.test(of.id(), requested)))
                                .map(requested -> differs(
                                        "product",
                                        requested,
                                        details.product().get().id())),
                        target.filter(requested -> !(details.target() instanceof FirmwareTarget.NotStated)
                                        && !details.target().equals(requested))
                                .map(requested -> differs("target", label(requested), label(details.target()))),
                        version.filter(requested -> !details.version().equals(requested))
                                .map(requested -> differs("version", requested, details.version())),
                        Option.when(
                                onlyVerified
                                        && !(details.verification() instanceof Verification.NotStated)
                                        && !details.verification().permitsRollout(),
                                () -> differs(
                                        "verification",
                                        "a state that permits a rollout",
                                        details.verification().getClass().getSimpleName())))
                .flatMap(difference -> difference);
        return differences.isEmpty()
                ? Either.right(listed.complete(details, isSame))
                : Either.left(
                        new OtaFailure.UnreadableResponse(
                                FailureDetails.of(
                                        origin,
                                        Message.of(
                                                "Backend {0} listed one package and sent the details of another under its id: {1}",
                                                origin.backend(), differences.mkString("; ")),
                                        Message.of(
                                                "Do not use this package; if list and details remain different, report it to the vendor"))));
    }

    private static String differs(String part, Object requested, Object received) {
        return part + ": requested " + visible(requested) + ", received " + visible(received);
    }

    /** Quotes a text with leading, trailing or double spaces or invisible characters, and escapes the latter. */
    private static String visible(Object value) {
        String text = value.toString();
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean isInvisible = Character.getType(c) == Character.FORMAT || (c != ' ' && Character.isSpaceChar(c));
            escaped.append(isInvisible ? String.format("\\u%04x", c) : Character.toString(c));
        });
        String result = escaped.toString();
        return result.equals(text.strip()) && !text.contains("  ") ? text : "\"" + result + "\"";
    }

    /** Returns whether target and verification of a package match this filter. */
    public boolean isChosen(FirmwareSummary firmware) {
        return target.forAll(firmware.target()::equals)
                && (!onlyVerified || firmware.verification().permitsRollout());
    }

    /** Returns a description for people, such as {@code verified firmware of product lamp}. */
    @Override
    public String toString() {
        return (onlyVerified ? "verified firmware" : "firmware")
                + product.map(id -> " of product " + id).getOrElse("")
                + target.map(what -> " for " + label(what)).getOrElse("")
                + version.map(exactly -> " in version " + exactly).getOrElse("");
    }

    private static String label(FirmwareTarget target) {
        if (target instanceof FirmwareTarget.Module module) {
            return "module " + module.name();
        }
        if (target instanceof FirmwareTarget.Unknown unknown) {
            return "package type " + ConstraintViolation.quoted(unknown.raw());
        }
        return target instanceof FirmwareTarget.Software ? "the device's software" : "the whole device";
    }
}
