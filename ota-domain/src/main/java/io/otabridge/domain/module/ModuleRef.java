package io.otabridge.domain.module;

import io.otabridge.domain.ProductId;

/**
 * A reference to a module. Product and name work on every vendor. The id is faster on vendors with module ids (Huawei
 * Cloud IoTDA) and {@link io.otabridge.domain.OtaFailure.Unsupported} on others (Alibaba Cloud IoT). Values are
 * immutable.
 */
public sealed interface ModuleRef {

    /** Returns a reference by id. */
    static ModuleRef id(ModuleId id) {
        return new ById(id);
    }

    /**
     * Returns a reference by id.
     *
     * @throws IllegalArgumentException if the text is not a valid module id
     */
    static ModuleRef id(String id) {
        return new ById(ModuleId.of(id));
    }

    /** Returns a reference by product and name. The name is case-sensitive. */
    static ModuleRef named(ProductId product, ModuleName name) {
        return new ByName(product, name);
    }

    /** A reference by the vendor's id. */
    record ById(ModuleId id) implements ModuleRef {

        @Override
        public String toString() {
            return "module " + id;
        }
    }

    /** A reference by product and name. */
    record ByName(ProductId product, ModuleName name) implements ModuleRef {

        @Override
        public String toString() {
            return "module " + name + " of product " + product;
        }
    }
}
