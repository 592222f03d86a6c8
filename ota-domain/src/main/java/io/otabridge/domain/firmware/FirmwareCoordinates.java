package io.otabridge.domain.firmware;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.module.ModuleName;

/**
 * What people call a firmware package by, on every vendor: for which product, for which part of its devices, in which
 * version.
 *
 * @param product the backend's id of the product
 * @param target {@link FirmwareTarget.WholeDevice}, {@link FirmwareTarget.Software} or a {@link FirmwareTarget.Module}
 * @param version exactly this version
 */
public record FirmwareCoordinates(ProductId product, FirmwareTarget target, FirmwareVersion version) {

    /** @throws IllegalArgumentException for a target that no package can be asked for by */
    public FirmwareCoordinates {
        FirmwareFilter.requireQueryable(target);
    }

    /** The package for a module. */
    public static FirmwareCoordinates of(ProductId product, ModuleName module, FirmwareVersion version) {
        return new FirmwareCoordinates(product, FirmwareTarget.module(module), version);
    }

    /**
     * The package for this target.
     *
     * @throws IllegalArgumentException for a target that no package can be requested by
     */
    public static FirmwareCoordinates of(ProductId product, FirmwareTarget target, FirmwareVersion version) {
        return new FirmwareCoordinates(product, target, version);
    }

    /** The package for the whole device. */
    public static FirmwareCoordinates wholeDevice(ProductId product, FirmwareVersion version) {
        return new FirmwareCoordinates(product, FirmwareTarget.wholeDevice(), version);
    }

    /** The filter that means these coordinates and no others. */
    public FirmwareFilter toFilter() {
        return FirmwareFilter.all().product(product).target(target).version(version);
    }
}
