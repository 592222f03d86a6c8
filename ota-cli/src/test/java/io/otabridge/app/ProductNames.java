package io.otabridge.app;

import io.otabridge.domain.ProductId;
import java.util.Map;

/** The names for products that a configuration would have, without a configuration. */
public final class ProductNames {

    private ProductNames() {}

    /** By name, and for each name by backend. */
    public static Products of(Map<String, Map<String, ProductId>> idsByName) {
        return new Products(idsByName);
    }
}
