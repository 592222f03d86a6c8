package io.otabridge.domain.module;

import io.otabridge.domain.ProductId;

/**
 * How a caller names a module. By product and name works on every vendor; by id is quicker where the vendor has ids
 * (Huawei Cloud IoTDA) and {@code Unsupported} where it has none (Alibaba Cloud IoT).
 */
public sealed interface ModuleRef {

    /** The module with this vendor id. */
    static ModuleRef id(ModuleId id) {
        return new ById(id);
    }

    /**
     * The module with this vendor id.
     *
     * @throws IllegalArgumentException if it can be no module's id
     */
    static ModuleRef id(String id) {
        return new ById(ModuleId.of(id));
    }

    /** The module of this product that has this name, in exactly this spelling. */
    static ModuleRef named(ProductId product, ModuleName name) {
        return new ByName(product, name);
    }

    /** By the vendor's id. */
    record ById(ModuleId id) implements ModuleRef {

        @Override
        public String toString() {
            return "module " + id;
        }
    }

    /** By product and name. */
    record ByName(ProductId product, ModuleName name) implements ModuleRef {

        @Override
        public String toString() {
            return "module " + name + " of product " + product;
        }
    }
}
