package io.otabridge.domain;

import io.vavr.control.Either;

/**
 * The vendor's id of a product, the class of devices that firmware is made for. Huawei Cloud IoTDA calls it {@code
 * product_id}, Alibaba Cloud IoT {@code ProductKey}. Valid for one backend only.
 *
 * @param value 1 to 128 characters without white space; a vendor may allow fewer
 */
public record ProductId(String value) {

    private static final StringConstraint CONSTRAINT = StringConstraint.opaque("product id", 128);

    /** @throws IllegalArgumentException if the value violates the constraint */
    public ProductId {
        CONSTRAINT.require(value);
    }

    /**
     * Returns the id with this value.
     *
     * @throws IllegalArgumentException if the value violates the constraint
     */
    public static ProductId of(String value) {
        return new ProductId(value);
    }

    /**
     * Parses an id from external text. Never throws for a text.
     *
     * @return the id, or the violated constraint
     */
    public static Either<ConstraintViolation, ProductId> parse(String text) {
        return CONSTRAINT.check(text).map(ProductId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
