package io.otabridge.domain.module;

import io.otabridge.domain.Product;
import io.otabridge.domain.VendorTimestamp;
import io.vavr.control.Option;

/**
 * A separately upgradable part of a product's devices ("Query OTA module details" of Huawei Cloud IoTDA,
 * "ListOTAModuleByProduct" of Alibaba Cloud IoT Platform). Empty texts on the wire are absent here. Immutable.
 *
 * @param id Huawei {@code module_id}; Alibaba modules have no id
 * @param product Huawei {@code product_id}, {@code product_name}; Alibaba {@code ProductKey}
 * @param name Huawei {@code module_name}, Alibaba {@code ModuleName}
 * @param alias the display name: Huawei {@code alias_name}, Alibaba {@code AliasName}
 * @param description Huawei {@code description}, Alibaba {@code Desc}
 * @param resourceSpace Huawei {@code app_id}; not available on Alibaba
 * @param created Huawei {@code create_time}, Alibaba {@code GmtCreate}
 * @param modified Alibaba {@code GmtModified}; Huawei does not send it
 */
public record OtaModule(
        Option<ModuleId> id,
        Product product,
        ModuleName name,
        Option<String> alias,
        Option<String> description,
        Option<String> resourceSpace,
        Option<VendorTimestamp> created,
        Option<VendorTimestamp> modified) {

    /** Returns a builder with product and name. All other components are absent by default. */
    public static Builder builder(Product product, ModuleName name) {
        return new Builder(product, name);
    }

    /** Returns a builder with the values of this module. */
    public Builder toBuilder() {
        Builder builder = new Builder(product, name);
        builder.id = id;
        builder.alias = alias;
        builder.description = description;
        builder.resourceSpace = resourceSpace;
        builder.created = created;
        builder.modified = modified;
        return builder;
    }

    /** A builder. Not safe for use by multiple threads. */
    public static final class Builder {

        private final Product product;
        private final ModuleName name;
        private Option<ModuleId> id = Option.none();
        private Option<String> alias = Option.none();
        private Option<String> description = Option.none();
        private Option<String> resourceSpace = Option.none();
        private Option<VendorTimestamp> created = Option.none();
        private Option<VendorTimestamp> modified = Option.none();

        private Builder(Product product, ModuleName name) {
            this.product = product;
            this.name = name;
        }

        public Builder id(ModuleId value) {
            this.id = Option.some(value);
            return this;
        }

        public Builder alias(String value) {
            this.alias = Option.some(value);
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

        public Builder modified(VendorTimestamp value) {
            this.modified = Option.some(value);
            return this;
        }

        /** Builds the module. */
        public OtaModule build() {
            return new OtaModule(id, product, name, alias, description, resourceSpace, created, modified);
        }
    }
}
