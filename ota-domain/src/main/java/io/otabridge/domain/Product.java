package io.otabridge.domain;

import io.vavr.control.Option;

/**
 * The product that a module or a firmware package belongs to. Immutable.
 *
 * @param id the vendor's id of the product
 * @param name the display name; absent if the vendor did not send one
 */
public record Product(ProductId id, Option<String> name) {

    /** Returns a product without a name. */
    public static Product of(ProductId id) {
        return new Product(id, Option.none());
    }

    /** Returns a product with a name. */
    public static Product of(ProductId id, String name) {
        return new Product(id, Option.some(name));
    }
}
