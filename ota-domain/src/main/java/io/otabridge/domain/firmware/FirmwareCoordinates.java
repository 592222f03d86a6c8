package io.otabridge.domain.firmware;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.module.ModuleName;

/**
 * Identifies a firmware package by product, target and version, independent of the vendor. Immutable.
 *
 * @param product the backend's id of the product
 * @param target {@link FirmwareTarget.WholeDevice}, {@link FirmwareTarget.Software} or a {@link FirmwareTarget.Module}
 * @param version the exact version
 */
public record FirmwareCoordinates(ProductId product, FirmwareTarget target, FirmwareVersion version) {

    /** @throws IllegalArgumentException if the target is not stated or unknown */
    public FirmwareCoordinates {
        FirmwareFilter.requireQueryable(target);
    }

    /** Returns the coordinates of a package for a module. */
    public static FirmwareCoordinates of(ProductId product, ModuleName module, FirmwareVersion version) {
        return new FirmwareCoordinates(product, FirmwareTarget.module(module), version);
    }

    /**
     * Returns the coordinates of a package for this target.
     *
     * @throws IllegalArgumentException if the target is not stated or unknown
     */
    public static FirmwareCoordinates of(ProductId product, FirmwareTarget target, FirmwareVersion version) {
        return new FirmwareCoordinates(product, target, version);
    }

    /** Returns the coordinates of a package for the whole device. */
    public static FirmwareCoordinates wholeDevice(ProductId product, FirmwareVersion version) {
        return new FirmwareCoordinates(product, FirmwareTarget.wholeDevice(), version);
    }

    /** Returns the filter for exactly these coordinates. */
    public FirmwareFilter toFilter() {
        return FirmwareFilter.all().product(product).target(target).version(version);
    }
}
