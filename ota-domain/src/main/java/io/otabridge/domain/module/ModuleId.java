package io.otabridge.domain.module;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;

/**
 * The vendor's id of an OTA module. Huawei Cloud IoTDA has one ({@code module_id}), Alibaba Cloud IoT knows modules only
 * by product and name.
 *
 * @param value 1 to 128 characters without white space; a vendor may allow fewer
 */
public record ModuleId(String value) {

    private static final StringConstraint RULE = StringConstraint.opaque("module id", 128);

    /** @throws IllegalArgumentException if the value breaks the rule */
    public ModuleId {
        RULE.require(value);
    }

    public static ModuleId of(String value) {
        return new ModuleId(value);
    }

    public static Either<ConstraintViolation, ModuleId> parse(String text) {
        return RULE.check(text).map(ModuleId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
