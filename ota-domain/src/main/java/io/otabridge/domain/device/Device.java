package io.otabridge.domain.device;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.VendorTimestamp;
import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * A device and the versions that it reported. It never holds the device's secret. Empty texts on the wire are absent
 * here. Immutable.
 *
 * @param id Huawei {@code device_id}, Alibaba {@code DeviceName}
 * @param product Huawei {@code product_id}, Alibaba {@code ProductKey}
 * @param name the display name: Huawei {@code device_name}, Alibaba {@code Nickname}
 * @param vendorId a further id that is unique in the account: Alibaba {@code IotId}; not available on Huawei
 * @param status Huawei {@code status}, Alibaba {@code DeviceStatus}; absent if the response does not contain it
 * @param versions what the device reported, empty if it has reported nothing; absent if the response does not contain
 *     versions. Lists of Huawei contain the whole device and the software only, lists of Alibaba no versions
 * @param created when the device was registered
 */
public record Device(
        DeviceId id,
        Option<ProductId> product,
        Option<String> name,
        Option<String> vendorId,
        Option<Reported<DeviceStatus>> status,
        Option<List<InstalledVersion>> versions,
        Option<VendorTimestamp> created) {

    /** Returns a builder with the id. All other components are absent by default. */
    public static Builder builder(DeviceId id) {
        return new Builder(id);
    }

    /** Returns a reference to the device. */
    public DeviceRef toRef() {
        return new DeviceRef(product, id);
    }

    /** A builder. Not safe for use by multiple threads. */
    public static final class Builder {

        private final DeviceId id;
        private Option<ProductId> product = Option.none();
        private Option<String> name = Option.none();
        private Option<String> vendorId = Option.none();
        private Option<Reported<DeviceStatus>> status = Option.none();
        private Option<List<InstalledVersion>> versions = Option.none();
        private Option<VendorTimestamp> created = Option.none();

        private Builder(DeviceId id) {
            this.id = id;
        }

        public Builder product(ProductId value) {
            this.product = Option.some(value);
            return this;
        }

        public Builder name(String value) {
            this.name = Option.some(value);
            return this;
        }

        public Builder vendorId(String value) {
            this.vendorId = Option.some(value);
            return this;
        }

        public Builder status(Reported<DeviceStatus> value) {
            this.status = Option.some(value);
            return this;
        }

        public Builder versions(List<InstalledVersion> value) {
            this.versions = Option.some(value);
            return this;
        }

        public Builder created(VendorTimestamp value) {
            this.created = Option.some(value);
            return this;
        }

        /** Builds the device. */
        public Device build() {
            return new Device(id, product, name, vendorId, status, versions, created);
        }
    }
}
