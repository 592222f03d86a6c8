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
 * Which firmware packages a list is about. What is absent does not narrow the list. Product and version are asked of the
 * vendor, the target where the vendor can be asked for it.
 *
 * @param product the vendor's id of the product
 * @param target what the packages update; {@link FirmwareTarget.WholeDevice}, {@link FirmwareTarget.Software} or a
 *     {@link FirmwareTarget.Module}
 * @param version exactly this version
 * @param onlyVerified only packages whose {@link Verification#permitsRollout verification permits a rollout}; with a vendor
 *     that has no verification these are all
 */
public record FirmwareFilter(
        Option<ProductId> product,
        Option<FirmwareTarget> target,
        Option<FirmwareVersion> version,
        boolean onlyVerified) {

    /** @throws IllegalArgumentException for a target that no package can be asked for by */
    public FirmwareFilter {
        target.forEach(FirmwareFilter::requireQueryable);
    }

    static void requireQueryable(FirmwareTarget target) {
        if (target instanceof FirmwareTarget.NotStated || target instanceof FirmwareTarget.Unknown) {
            throw new IllegalArgumentException("firmware cannot be asked for by the target " + target);
        }
    }

    /** Every package of the account. */
    public static FirmwareFilter all() {
        return new FirmwareFilter(Option.none(), Option.none(), Option.none(), false);
    }

    /** The same, for this product only. */
    public FirmwareFilter product(ProductId only) {
        return new FirmwareFilter(Option.some(only), target, version, onlyVerified);
    }

    /** The same, for packages that update this only. */
    public FirmwareFilter target(FirmwareTarget only) {
        return new FirmwareFilter(product, Option.some(only), version, onlyVerified);
    }

    /** The same, for this version only. */
    public FirmwareFilter version(FirmwareVersion only) {
        return new FirmwareFilter(product, target, Option.some(only), onlyVerified);
    }

    /** The same, for packages only whose verification permits a rollout. */
    public FirmwareFilter verified() {
        return new FirmwareFilter(product, target, version, true);
    }

    /**
     * Whether a package is one of those meant, by nothing but what is said of it; for backends in memory and for vendors that
     * cannot be asked for product and version. Where they have been asked, take {@link #retainMatching}: a package of which no product
     * is said does not match here.
     */
    public boolean matches(FirmwareSummary firmware) {
        return product.forAll(id -> firmware.product().exists(of -> of.id().equals(id)))
                && version.forAll(firmware.version()::equals)
                && isChosen(firmware);
    }

    /**
     * The packages meant in an answer of a vendor that has been asked for product and version. An entry that does not repeat
     * its product is of the one asked for, and is given it. Only target and verification are left to choose by.
     *
     * @param isSame whether two ids are those of one product
     * @return a left side says what an entry speaks of instead of the product or version asked for
     */
    public Either<String, List<FirmwareSummary>> retainMatching(
            List<FirmwareSummary> answer, BiPredicate<ProductId, ProductId> isSame) {
        return requested(answer, isSame).map(asked -> asked.filter(this::isChosen));
    }

    /**
     * All entries of a response to a request for this product and version, before target and verification are filtered. An
     * entry without a product gets the requested one.
     *
     * @param isSame whether two ids are those of one product
     * @return {@code Left} names the product or version of an entry that was not requested
     */
    public Either<String, List<FirmwareSummary>> requested(
            List<FirmwareSummary> response, BiPredicate<ProductId, ProductId> isSame) {
        return Either.sequenceRight(response.map(firmware -> asAsked(firmware, isSame)))
                .map(List::ofAll);
    }

    private Either<String, FirmwareSummary> asAsked(
            FirmwareSummary firmware, BiPredicate<ProductId, ProductId> isSame) {
        Option<ProductId> other =
                firmware.product().map(Product::id).filter(told -> product.exists(asked -> !isSame.test(told, asked)));
        if (other.isDefined()) {
            return Either.left("it speaks of product " + other.get() + ", not of product " + product.get());
        }
        if (version.exists(asked -> !asked.equals(firmware.version()))) {
            return Either.left("it speaks of version " + visible(firmware.version()) + ", not of version "
                    + visible(version.get()));
        }
        return Either.right(
                firmware.product().isDefined()
                        ? firmware
                        : product.map(asked -> firmware.product(Product.of(asked)))
                                .getOrElse(firmware));
    }

    /**
     * Compares the details of a package that was listed with this filter, and completes them by what only the list states. A
     * product, target or verification that the details leave out is no contradiction.
     *
     * @param origin the backend, and the operation that listed the package
     * @param listed the package as it was listed, with the id of the details
     * @param isSame whether two ids are those of one product
     * @return the complete details; {@link OtaFailure.UnreadableResponse} names each part that differs, as requested and as received
     */
    public Either<OtaFailure, Firmware> requireDetails(
            OperationContext origin,
            FirmwareSummary listed,
            Firmware details,
            BiPredicate<ProductId, ProductId> isSame) {
        List<String> differences = List.of(
                        product.filter(asked -> details.product().exists(of -> !isSame.test(of.id(), asked)))
                                .map(asked -> differs(
                                        "product",
                                        asked,
                                        details.product().get().id())),
                        target.filter(asked -> !(details.target() instanceof FirmwareTarget.NotStated)
                                        && !details.target().equals(asked))
                                .map(asked -> differs("target", words(asked), words(details.target()))),
                        version.filter(asked -> !details.version().equals(asked))
                                .map(asked -> differs("version", asked, details.version())),
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
                                                "Do not use this package; if list and details stay different, report it to the vendor"))));
    }

    private static String differs(String part, Object requested, Object received) {
        return part + ": requested " + visible(requested) + ", received " + visible(received);
    }

    /** A text that would hide blanks or invisible characters is quoted, and these characters are escaped. */
    private static String visible(Object value) {
        String text = value.toString();
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean isInvisible = Character.getType(c) == Character.FORMAT || (c != ' ' && Character.isSpaceChar(c));
            escaped.append(isInvisible ? String.format("\\u%04x", c) : Character.toString(c));
        });
        String shown = escaped.toString();
        return shown.equals(text.strip()) && !text.contains("  ") ? text : "\"" + shown + "\"";
    }

    /** Whether target and verification of a package are those of this filter. */
    public boolean isChosen(FirmwareSummary firmware) {
        return target.forAll(firmware.target()::equals)
                && (!onlyVerified || firmware.verification().permitsRollout());
    }

    /** The packages meant, in words. */
    @Override
    public String toString() {
        return (onlyVerified ? "verified firmware" : "firmware")
                + product.map(id -> " of product " + id).getOrElse("")
                + target.map(what -> " for " + words(what)).getOrElse("")
                + version.map(exactly -> " in version " + exactly).getOrElse("");
    }

    private static String words(FirmwareTarget target) {
        if (target instanceof FirmwareTarget.Module module) {
            return "module " + module.name();
        }
        if (target instanceof FirmwareTarget.Unknown unknown) {
            return "package type " + ConstraintViolation.quoted(unknown.raw());
        }
        return target instanceof FirmwareTarget.Software ? "the device's software" : "the whole device";
    }
}
