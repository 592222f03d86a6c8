package io.otabridge.domain.job;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;

/**
 * The vendor's id of an upgrade task: Alibaba Cloud IoT {@code TaskId}. Huawei Cloud IoTDA has none. Valid for one
 * backend only.
 *
 * @param value 1 to 128 characters without white space; a vendor may allow fewer
 */
public record TaskId(String value) {

    private static final StringConstraint CONSTRAINT = StringConstraint.opaque("task id", 128);

    /** @throws IllegalArgumentException if the value violates the constraint */
    public TaskId {
        CONSTRAINT.require(value);
    }

    /**
     * Returns the id with this value.
     *
     * @throws IllegalArgumentException if the value violates the constraint
     */
    public static TaskId of(String value) {
        return new TaskId(value);
    }

    /**
     * Parses an id from external text. Never throws for a text.
     *
     * @return the id, or the violated constraint
     */
    public static Either<ConstraintViolation, TaskId> parse(String text) {
        return CONSTRAINT.check(text).map(TaskId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
