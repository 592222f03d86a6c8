package io.otabridge.domain.firmware;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;

/**
 * A firmware version: opaque text without a natural order, see {@link VersionComparator}. Huawei Cloud IoTDA {@code
 * version}, Alibaba Cloud IoT {@code DestVersion} and {@code SrcVersion}.
 *
 * @param value 1 to 256 characters; a vendor may allow fewer
 */
public record FirmwareVersion(String value) {

    private static final StringConstraint CONSTRAINT = StringConstraint.name("firmware version", 256);

    /** @throws IllegalArgumentException if the value violates the constraint */
    public FirmwareVersion {
        CONSTRAINT.require(value);
    }

    /**
     * Returns the version with this value.
     *
     * @throws IllegalArgumentException if the value violates the constraint
     */
    public static FirmwareVersion of(String value) {
        return new FirmwareVersion(value);
    }

    /**
     * Parses a version from external text. Never throws for a text.
     *
     * @return the version, or the violated constraint
     */
    public static Either<ConstraintViolation, FirmwareVersion> parse(String text) {
        return CONSTRAINT.check(text).map(FirmwareVersion::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
