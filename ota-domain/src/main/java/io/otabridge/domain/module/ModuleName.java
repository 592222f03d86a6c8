package io.otabridge.domain.module;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;

/**
 * The name of an OTA module. It is unique in its product and cannot be changed. Queries are case-sensitive; Alibaba
 * Cloud IoT does not allow two names in one product that differ only in case.
 *
 * @param value 1 to 128 characters; a vendor may allow fewer
 */
public record ModuleName(String value) {

    private static final StringConstraint CONSTRAINT = StringConstraint.name("module name", 128);

    /** @throws IllegalArgumentException if the value violates the constraint */
    public ModuleName {
        CONSTRAINT.require(value);
    }

    /**
     * Returns the name with this value.
     *
     * @throws IllegalArgumentException if the value violates the constraint
     */
    public static ModuleName of(String value) {
        return new ModuleName(value);
    }

    /**
     * Parses a name from external text. Never throws for a text.
     *
     * @return the name, or the violated constraint
     */
    public static Either<ConstraintViolation, ModuleName> parse(String text) {
        return CONSTRAINT.check(text).map(ModuleName::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
