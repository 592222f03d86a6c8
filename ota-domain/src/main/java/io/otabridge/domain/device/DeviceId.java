package io.otabridge.domain.device;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;

/**
 * The id of a device: Huawei Cloud IoTDA {@code device_id}, Alibaba Cloud IoT {@code DeviceName}. On Alibaba Cloud IoT
 * Platform it is unique in its product only, see {@link DeviceRef}.
 *
 * @param value 1 to 128 characters without white space; a vendor may allow fewer
 */
public record DeviceId(String value) {

    private static final StringConstraint CONSTRAINT = StringConstraint.opaque("device id", 128);

    /** @throws IllegalArgumentException if the value violates the constraint */
    public DeviceId {
        CONSTRAINT.require(value);
    }

    /**
     * Returns the id with this value.
     *
     * @throws IllegalArgumentException if the value violates the constraint
     */
    public static DeviceId of(String value) {
        return new DeviceId(value);
    }

    /**
     * Parses an id from external text. Never throws for a text.
     *
     * @return the id, or the violated constraint
     */
    public static Either<ConstraintViolation, DeviceId> parse(String text) {
        return CONSTRAINT.check(text).map(DeviceId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
