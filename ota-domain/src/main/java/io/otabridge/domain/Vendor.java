package io.otabridge.domain;

import io.vavr.control.Either;

/**
 * The name of a kind of back end, as it is written in a configuration: {@code huawei}, {@code aliyun}, or whatever an
 * adapter calls itself. There is no list of vendors here: adding one is adding an adapter.
 *
 * @param name lower-case letters, digits and hyphens, starting with a letter
 */
public record Vendor(String name) {

    private static final StringConstraint RULE = StringConstraint.matching(
            "vendor", "[a-z][a-z0-9-]{0,31}", "1 to 32 lower-case letters, digits and hyphens, starting with a letter");

    /** @throws IllegalArgumentException if the name breaks the rule */
    public Vendor {
        RULE.require(name);
    }

    public static Vendor of(String name) {
        return new Vendor(name);
    }

    public static Either<ConstraintViolation, Vendor> parse(String text) {
        return RULE.check(text).map(Vendor::new);
    }

    @Override
    public String toString() {
        return name;
    }
}
