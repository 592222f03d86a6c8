package io.otabridge.domain.firmware;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;

/**
 * The vendor's id of a firmware package: Huawei Cloud IoTDA's {@code package_id}, Alibaba Cloud IoT's
 * {@code FirmwareId}. It means something to one backend only.
 *
 * @param value 1 to 128 characters without white space; a vendor may allow fewer
 */
public record FirmwareId(String value) {

    private static final StringConstraint RULE = StringConstraint.opaque("firmware id", 128);

    /** @throws IllegalArgumentException if the value breaks the rule */
    public FirmwareId {
        RULE.require(value);
    }

    public static FirmwareId of(String value) {
        return new FirmwareId(value);
    }

    public static Either<ConstraintViolation, FirmwareId> parse(String text) {
        return RULE.check(text).map(FirmwareId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
