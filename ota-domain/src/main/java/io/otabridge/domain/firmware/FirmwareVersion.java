package io.otabridge.domain.firmware;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;

/**
 * A version of firmware: an opaque text without any order of its own. Huawei Cloud IoTDA's {@code version}, Alibaba
 * Cloud IoT's {@code DestVersion} and {@code SrcVersion}.
 *
 * @param value 1 to 256 characters; a vendor may allow fewer
 */
public record FirmwareVersion(String value) {

    private static final StringConstraint RULE = StringConstraint.name("firmware version", 256);

    /** @throws IllegalArgumentException if the value breaks the rule */
    public FirmwareVersion {
        RULE.require(value);
    }

    public static FirmwareVersion of(String value) {
        return new FirmwareVersion(value);
    }

    public static Either<ConstraintViolation, FirmwareVersion> parse(String text) {
        return RULE.check(text).map(FirmwareVersion::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
