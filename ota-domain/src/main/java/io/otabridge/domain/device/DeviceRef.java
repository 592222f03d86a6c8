package io.otabridge.domain.device;

import io.otabridge.domain.ProductId;
import io.vavr.control.Option;

/**
 * A reference to a device. Alibaba Cloud IoT Platform identifies a device by product and name, so it requires the
 * product. Huawei Cloud IoTDA identifies it by its id alone; a product is compared with the product of the device.
 * Immutable.
 *
 * @param product the backend's id of the product
 * @param id the id of the device
 */
public record DeviceRef(Option<ProductId> product, DeviceId id) {

    /** Returns a reference for every vendor. */
    public static DeviceRef of(ProductId product, DeviceId id) {
        return new DeviceRef(Option.some(product), id);
    }

    /** Returns a reference for vendors whose device ids are unique in the account. */
    public static DeviceRef of(DeviceId id) {
        return new DeviceRef(Option.none(), id);
    }

    @Override
    public String toString() {
        return "device " + id + product.map(name -> " of product " + name).getOrElse("");
    }
}
