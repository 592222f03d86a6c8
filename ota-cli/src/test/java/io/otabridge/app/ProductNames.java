package io.otabridge.app;

import io.otabridge.domain.ProductId;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The names for products that a configuration would have, without a configuration. */
public final class ProductNames {

    private ProductNames() {}

    /** By name, and for each name by backend. */
    public static Products of(Map<String, Map<String, ProductId>> idsByName) {
        return of(idsByName, Map.of());
    }

    /** The same on backends that have several spellings of an id; the canonical one by the name of the backend. */
    public static Products of(
            Map<String, Map<String, ProductId>> idsByName, Map<String, UnaryOperator<ProductId>> canonical) {
        return new Products(idsByName, canonical);
    }
}
