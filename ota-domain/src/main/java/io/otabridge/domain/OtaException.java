package io.otabridge.domain;

import java.io.Serial;

/**
 * An {@link OtaFailure} as an exception, for code that prefers exceptions: {@code
 * backend.firmware().find(id).getOrElseThrow(OtaException::new)}. The message consists of the failure's summary and
 * advice.
 */
public final class OtaException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Not serializable: a deserialized exception keeps only its message. */
    private final transient OtaFailure failure;

    /** Creates an exception for this failure. */
    public OtaException(OtaFailure failure) {
        super(failure.summary() + ". " + failure.advice());
        this.failure = failure;
    }

    /** Returns the failure with all its details. */
    public OtaFailure failure() {
        return failure;
    }
}
