package io.otabridge.domain;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown if a text from code, such as an id, violates its {@link StringConstraint}. */
public final class InvalidValueException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Not serializable, so absent after deserialization. */
    private final transient @Nullable ConstraintViolation violation;

    InvalidValueException(ConstraintViolation violation) {
        super(violation.message());
        this.violation = violation;
    }

    /**
     * Returns the violated constraint.
     *
     * @throws IllegalStateException if the exception was deserialized, because it keeps only its message then
     */
    public ConstraintViolation violation() {
        if (violation == null) {
            throw new IllegalStateException("a deserialized exception has no violation, only its message", this);
        }
        return violation;
    }
}
