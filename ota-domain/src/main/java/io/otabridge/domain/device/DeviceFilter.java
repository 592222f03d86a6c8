package io.otabridge.domain.device;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.control.Option;

/**
 * Selects the devices of a product. Immutable.
 *
 * @param product the backend's id of the product
 * @param installed only devices that reported this version; needs {@link
 *     io.otabridge.domain.Capability#FIND_DEVICES_BY_VERSION}
 */
public record DeviceFilter(ProductId product, Option<InstalledVersion> installed) {

    /** Returns a filter for all devices of a product. */
    public static DeviceFilter ofProduct(ProductId product) {
        return new DeviceFilter(product, Option.none());
    }

    /** Returns a copy for the devices that reported this version. */
    public DeviceFilter installed(FirmwareTarget target, FirmwareVersion version) {
        return new DeviceFilter(product, Option.some(new InstalledVersion(target, version)));
    }
}
