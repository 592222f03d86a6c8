package io.otabridge.domain;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * An {@link OtaFailure} as an exception, for code that prefers exceptions: {@code
 * backend.firmware().find(id).getOrElseThrow(OtaException::new)}. The message consists of the failure's summary and
 * advice.
 */
public final class OtaException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Not serializable, so absent after deserialization. */
    private final transient @Nullable OtaFailure failure;

    /** Creates an exception for this failure. */
    public OtaException(OtaFailure failure) {
        super(failure.summary() + ". " + failure.advice());
        this.failure = failure;
    }

    /**
     * Returns the failure with all its details.
     *
     * @throws IllegalStateException if the exception was deserialized, because it keeps only its message then
     */
    public OtaFailure failure() {
        if (failure == null) {
            throw new IllegalStateException("a deserialized exception has no failure, only its message", this);
        }
        return failure;
    }
}
