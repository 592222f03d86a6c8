package io.otabridge.domain.product;

import io.otabridge.domain.Product;
import io.otabridge.domain.VendorTimestamp;
import io.vavr.control.Option;

/**
 * An entry of the list of products ("Query the product list" of Huawei Cloud IoTDA, "QueryProductList" of Alibaba Cloud
 * IoT Platform). Empty texts on the wire are absent here. Immutable.
 *
 * @param product Huawei {@code product_id}, {@code name}; Alibaba {@code ProductKey}, {@code ProductName}
 * @param deviceType Huawei {@code device_type}, such as {@code WaterMeter}; not available on Alibaba
 * @param deviceCount the number of devices of the product: Alibaba {@code DeviceCount}; not available on Huawei
 * @param description Huawei {@code description}, Alibaba {@code Description}
 * @param resourceSpace Huawei {@code app_id}; not available on Alibaba
 * @param created Huawei {@code create_time}, Alibaba {@code GmtCreate}
 */
public record ProductSummary(
        Product product,
        Option<String> deviceType,
        Option<Long> deviceCount,
        Option<String> description,
        Option<String> resourceSpace,
        Option<VendorTimestamp> created) {

    /** Returns a builder with the product. All other components are absent by default. */
    public static Builder builder(Product product) {
        return new Builder(product);
    }

    /** A builder. Not safe for use by multiple threads. */
    public static final class Builder {

        private final Product product;
        private Option<String> deviceType = Option.none();
        private Option<Long> deviceCount = Option.none();
        private Option<String> description = Option.none();
        private Option<String> resourceSpace = Option.none();
        private Option<VendorTimestamp> created = Option.none();

        private Builder(Product product) {
            this.product = product;
        }

        public Builder deviceType(String value) {
            this.deviceType = Option.some(value);
            return this;
        }

        public Builder deviceCount(long value) {
            this.deviceCount = Option.some(value);
            return this;
        }

        public Builder description(String value) {
            this.description = Option.some(value);
            return this;
        }

        public Builder resourceSpace(String value) {
            this.resourceSpace = Option.some(value);
            return this;
        }

        public Builder created(VendorTimestamp value) {
            this.created = Option.some(value);
            return this;
        }

        /** Builds the entry. */
        public ProductSummary build() {
            return new ProductSummary(product, deviceType, deviceCount, description, resourceSpace, created);
        }
    }
}
