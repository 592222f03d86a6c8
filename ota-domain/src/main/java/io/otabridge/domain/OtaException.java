package io.otabridge.domain;

import java.io.Serial;

/**
 * An {@link OtaFailure} as an exception, for code that prefers exceptions:
 * {@code backend.firmware().find(id).getOrElseThrow(OtaException::new)}. Its message is the failure's summary and advice.
 */
public final class OtaException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Failures are not serializable: a deserialized exception keeps its message alone. */
    private final transient OtaFailure failure;

    public OtaException(OtaFailure failure) {
        super(failure.summary() + ". " + failure.advice());
        this.failure = failure;
    }

    /** The failure, with everything known about it. */
    public OtaFailure failure() {
        return failure;
    }
}
