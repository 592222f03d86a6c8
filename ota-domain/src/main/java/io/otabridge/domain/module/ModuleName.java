package io.otabridge.domain.module;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;

/**
 * The name of an OTA module, unique in its product and never changed. Upper and lower case differ in every query; Alibaba
 * Cloud IoT does not allow two names in one product that differ only in case.
 *
 * @param value 1 to 128 characters; a vendor may allow fewer
 */
public record ModuleName(String value) {

    private static final StringConstraint RULE = StringConstraint.name("module name", 128);

    /** @throws IllegalArgumentException if the value breaks the rule */
    public ModuleName {
        RULE.require(value);
    }

    public static ModuleName of(String value) {
        return new ModuleName(value);
    }

    public static Either<ConstraintViolation, ModuleName> parse(String text) {
        return RULE.check(text).map(ModuleName::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
