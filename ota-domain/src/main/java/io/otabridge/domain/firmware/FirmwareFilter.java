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
 */
public record FirmwareFilter(
        Option<ProductId> product, Option<FirmwareTarget> target, Option<FirmwareVersion> version) {

    /** @throws IllegalArgumentException for a target that no package can be asked for by */
    public FirmwareFilter {
        if (target.exists(what -> what instanceof FirmwareTarget.NotStated || what instanceof FirmwareTarget.Unknown)) {
            throw new IllegalArgumentException("firmware cannot be filtered by the target " + target.get());
        }
    }

    /** Every package of the account. */
    public static FirmwareFilter all() {
        return new FirmwareFilter(Option.none(), Option.none(), Option.none());
    }

    /** The same, for this product only. */
    public FirmwareFilter product(ProductId only) {
        return new FirmwareFilter(Option.some(only), target, version);
    }

    /** The same, for packages that update this only. */
    public FirmwareFilter target(FirmwareTarget only) {
        return new FirmwareFilter(product, Option.some(only), version);
    }

    /** The same, for this version only. */
    public FirmwareFilter version(FirmwareVersion only) {
        return new FirmwareFilter(product, target, Option.some(only));
    }

    /** Whether a package is one of those meant; for what a vendor cannot be asked for. */
    public boolean matches(FirmwareSummary firmware) {
        return product.forAll(id -> firmware.product().exists(of -> of.id().equals(id)))
                && target.forAll(firmware.target()::equals)
                && version.forAll(firmware.version()::equals);
    }
}
