package io.otabridge.domain.firmware;

import io.otabridge.domain.ProductId;
import io.vavr.control.Option;

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

    /** Whether a package is one of those meant; for what a vendor cannot be asked for. */
    public boolean matches(FirmwareSummary firmware) {
        return product.forAll(id -> firmware.product().exists(of -> of.id().equals(id)))
                && target.forAll(firmware.target()::equals)
                && version.forAll(firmware.version()::equals)
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
