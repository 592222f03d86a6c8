package io.otabridge.domain.product;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;

/**
 * The vendor's id of a device group: Huawei Cloud IoTDA {@code group_id}, Alibaba Cloud IoT {@code GroupId}. Valid for one
 * backend only.
 *
 * @param value 1 to 128 characters without white space; a vendor may allow fewer
 */
public record DeviceGroupId(String value) {

    private static final StringConstraint CONSTRAINT = StringConstraint.opaque("device group id", 128);

    /** @throws IllegalArgumentException if the value violates the constraint */
    public DeviceGroupId {
        CONSTRAINT.require(value);
    }

    /**
     * Returns the id with this value.
     *
     * @throws IllegalArgumentException if the value violates the constraint
     */
    public static DeviceGroupId of(String value) {
        return new DeviceGroupId(value);
    }

    /**
     * Parses an id from external text. Never throws for a text.
     *
     * @return the id, or the violated constraint
     */
    public static Either<ConstraintViolation, DeviceGroupId> parse(String text) {
        return CONSTRAINT.check(text).map(DeviceGroupId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
