package io.otabridge.domain.job;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;

/**
 * The vendor's id of an upgrade job: Huawei Cloud IoTDA {@code task_id} of a batch task, Alibaba Cloud IoT {@code
 * JobId}. Valid for one backend only.
 *
 * @param value 1 to 128 characters without white space; a vendor may allow fewer
 */
public record JobId(String value) {

    private static final StringConstraint CONSTRAINT = StringConstraint.opaque("job id", 128);

    /** @throws IllegalArgumentException if the value violates the constraint */
    public JobId {
        CONSTRAINT.require(value);
    }

    /**
     * Returns the id with this value.
     *
     * @throws IllegalArgumentException if the value violates the constraint
     */
    public static JobId of(String value) {
        return new JobId(value);
    }

    /**
     * Parses an id from external text. Never throws for a text.
     *
     * @return the id, or the violated constraint
     */
    public static Either<ConstraintViolation, JobId> parse(String text) {
        return CONSTRAINT.check(text).map(JobId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
