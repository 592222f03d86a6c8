package io.otabridge.domain.module;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;

/**
 * The vendor's id of an OTA module: Huawei Cloud IoTDA {@code module_id}. Alibaba Cloud IoT identifies modules only by
 * product and name.
 *
 * @param value 1 to 128 characters without white space; a vendor may allow fewer
 */
public record ModuleId(String value) {

    private static final StringConstraint CONSTRAINT = StringConstraint.opaque("module id", 128);

    /** @throws IllegalArgumentException if the value violates the constraint */
    public ModuleId {
        CONSTRAINT.require(value);
    }

    /**
     * Returns the id with this value.
     *
     * @throws IllegalArgumentException if the value violates the constraint
     */
    public static ModuleId of(String value) {
        return new ModuleId(value);
    }

    /**
     * Parses an id from external text. Never throws for a text.
     *
     * @return the id, or the violated constraint
     */
    public static Either<ConstraintViolation, ModuleId> parse(String text) {
        return CONSTRAINT.check(text).map(ModuleId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
