package io.otabridge.domain.firmware;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;

/**
 * The vendor's id of a firmware package: Huawei Cloud IoTDA {@code package_id}, Alibaba Cloud IoT {@code FirmwareId}.
 * Valid for one backend only.
 *
 * @param value 1 to 128 characters without white space; a vendor may allow fewer
 */
public record FirmwareId(String value) {

    private static final StringConstraint CONSTRAINT = StringConstraint.opaque("firmware id", 128);

    /** @throws IllegalArgumentException if the value violates the constraint */
    public FirmwareId {
        CONSTRAINT.require(value);
    }

    /**
     * Returns the id with this value.
     *
     * @throws IllegalArgumentException if the value violates the constraint
     */
    public static FirmwareId of(String value) {
        return new FirmwareId(value);
    }

    /**
     * Parses an id from external text. Never throws for a text.
     *
     * @return the id, or the violated constraint
     */
    public static Either<ConstraintViolation, FirmwareId> parse(String text) {
        return CONSTRAINT.check(text).map(FirmwareId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
