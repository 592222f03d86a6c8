package io.otabridge.domain.device;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.control.Option;

/**
 * Selects devices. Absent components do not restrict the list. Immutable.
 *
 * @param product only devices of this product, by the backend's id; required on Alibaba Cloud IoT Platform and Tuya
 * @param installed only devices that reported this version; needs {@link
 *     io.otabridge.domain.Capability#FIND_DEVICES_BY_VERSION}
 */
public record DeviceFilter(Option<ProductId> product, Option<InstalledVersion> installed) {

    /** Returns a filter for all devices of the account. */
    public static DeviceFilter all() {
        return new DeviceFilter(Option.none(), Option.none());
    }

    /** Returns a filter for all devices of a product. */
    public static DeviceFilter ofProduct(ProductId product) {
        return new DeviceFilter(Option.some(product), Option.none());
    }

    /** Returns a copy for the devices that reported this version. */
    public DeviceFilter installed(FirmwareTarget target, FirmwareVersion version) {
        return new DeviceFilter(product, Option.some(new InstalledVersion(target, version)));
    }
}
