package io.otabridge.domain;

import io.vavr.control.Either;

/**
 * The vendor's id of a product, the class of devices that firmware is made for. Huawei Cloud IoTDA calls it
 * {@code product_id}, Alibaba Cloud IoT {@code ProductKey}. The id means something to one backend only.
 *
 * @param value 1 to 128 characters without white space; a vendor may allow fewer
 */
public record ProductId(String value) {

    private static final StringConstraint RULE = StringConstraint.opaque("product id", 128);

    /** @throws IllegalArgumentException if the value breaks the rule */
    public ProductId {
        RULE.require(value);
    }

    public static ProductId of(String value) {
        return new ProductId(value);
    }

    public static Either<ConstraintViolation, ProductId> parse(String text) {
        return RULE.check(text).map(ProductId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
