package io.otabridge.domain.firmware;

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
        target.forEach(FirmwareFilter::requireAskable);
    }

    static void requireAskable(FirmwareTarget target) {
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
     * cannot be asked for product and version. Where they have been asked, take {@link #among}: a package of which no product
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
    public Either<String, List<FirmwareSummary>> among(
            List<FirmwareSummary> answer, BiPredicate<ProductId, ProductId> isSame) {
        return Either.sequenceRight(answer.map(firmware -> asAsked(firmware, isSame)))
                .map(asked -> List.ofAll(asked).filter(this::isChosen));
    }

    private Either<String, FirmwareSummary> asAsked(
            FirmwareSummary firmware, BiPredicate<ProductId, ProductId> isSame) {
        Option<ProductId> other =
                firmware.product().map(Product::id).filter(told -> product.exists(asked -> !isSame.test(told, asked)));
        if (other.isDefined()) {
            return Either.left("it speaks of product " + other.get());
        }
        if (version.exists(asked -> !asked.equals(firmware.version()))) {
            return Either.left("it speaks of version " + firmware.version());
        }
        return Either.right(
                firmware.product().isDefined()
                        ? firmware
                        : product.map(asked -> firmware.product(new Product(asked, Option.none())))
                                .getOrElse(firmware));
    }

    private boolean isChosen(FirmwareSummary firmware) {
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
        return target instanceof FirmwareTarget.Software ? "the device's software" : "the whole device";
    }
}
