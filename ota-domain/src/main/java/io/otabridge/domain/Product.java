package io.otabridge.domain;

import io.vavr.control.Option;

/**
 * The product that a module or a firmware package belongs to.
 *
 * @param id the vendor's id of the product
 * @param name its name for people; absent where the vendor did not say
 */
public record Product(ProductId id, Option<String> name) {

    /** A product whose name is not known. */
    public static Product of(ProductId id) {
        return new Product(id, Option.none());
    }

    /** A product with a name. */
    public static Product of(ProductId id, String name) {
        return new Product(id, Option.some(name));
    }
}
