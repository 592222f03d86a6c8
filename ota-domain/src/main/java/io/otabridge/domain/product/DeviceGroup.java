package io.otabridge.domain.product;

import io.otabridge.domain.VendorTimestamp;
import io.vavr.control.Option;

/**
 * An entry of the list of device groups ("Query the device group list" of Huawei Cloud IoTDA, "QueryDeviceGroupList" of
 * Alibaba Cloud IoT Platform). Empty texts on the wire are absent here. Immutable.
 *
 * @param id Huawei {@code group_id}, Alibaba {@code GroupId}
 * @param name Huawei {@code name}, Alibaba {@code GroupName}
 * @param parent Huawei {@code super_group_id}; not available in Alibaba's list
 * @param description Huawei {@code description}, Alibaba {@code GroupDesc}
 * @param created Alibaba {@code UtcCreate}; not available on Huawei
 */
public record DeviceGroup(
        DeviceGroupId id,
        Option<String> name,
        Option<DeviceGroupId> parent,
        Option<String> description,
        Option<VendorTimestamp> created) {

    /** Returns a builder with the id. All other components are absent by default. */
    public static Builder builder(DeviceGroupId id) {
        return new Builder(id);
    }

    /** A builder. Not safe for use by multiple threads. */
    public static final class Builder {

        private final DeviceGroupId id;
        private Option<String> name = Option.none();
        private Option<DeviceGroupId> parent = Option.none();
        private Option<String> description = Option.none();
        private Option<VendorTimestamp> created = Option.none();

        private Builder(DeviceGroupId id) {
            this.id = id;
        }

        public Builder name(String value) {
            this.name = Option.some(value);
            return this;
        }

        public Builder parent(DeviceGroupId value) {
            this.parent = Option.some(value);
            return this;
        }

        public Builder description(String value) {
            this.description = Option.some(value);
            return this;
        }

        public Builder created(VendorTimestamp value) {
            this.created = Option.some(value);
            return this;
        }

        /** Builds the group. */
        public DeviceGroup build() {
            return new DeviceGroup(id, name, parent, description, created);
        }
    }
}
