package io.otabridge.domain;

import io.vavr.control.Either;

/**
 * The identifier of a vendor in a configuration, such as {@code huawei} or {@code aliyun}. Each adapter defines its
 * own; the domain has no list of vendors.
 *
 * @param name 1 to 32 lower-case letters, digits and hyphens, starting with a letter
 */
public record Vendor(String name) {

    private static final StringConstraint CONSTRAINT = StringConstraint.matching(
            "vendor", "[a-z][a-z0-9-]{0,31}", "1 to 32 lower-case letters, digits and hyphens, starting with a letter");

    /** @throws IllegalArgumentException if the name violates the constraint */
    public Vendor {
        CONSTRAINT.require(name);
    }

    /**
     * Returns the vendor with this name.
     *
     * @throws IllegalArgumentException if the name violates the constraint
     */
    public static Vendor of(String name) {
        return new Vendor(name);
    }

    /**
     * Parses a vendor name from external text. Never throws for a text.
     *
     * @return the vendor, or the violated constraint
     */
    public static Either<ConstraintViolation, Vendor> parse(String text) {
        return CONSTRAINT.check(text).map(Vendor::new);
    }

    @Override
    public String toString() {
        return name;
    }
}
