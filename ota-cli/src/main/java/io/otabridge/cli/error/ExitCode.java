package io.otabridge.cli.error;

import io.otabridge.domain.OtaFailure;

/** The exit codes of the process. */
public final class ExitCode {

    public static final int FOUND = 0;
    public static final int DIFFERENT = 1;
    public static final int CHECK_FAILED = 1;
    public static final int NOT_VERIFIED = 1;
    public static final int USAGE = 2;
    public static final int NOT_FOUND = 3;
    static final int ACCESS_DENIED = 4;
    static final int REJECTED = 5;
    static final int RATE_LIMITED = 6;
    static final int UNAVAILABLE = 7;
    static final int UNREADABLE_RESPONSE = 8;
    static final int UNSUPPORTED = 9;
    public static final int NOT_CONFIRMED = 10;
    static final int CANCELLED = 11;
    static final int DEADLINE_EXCEEDED = 12;
    static final int OUTCOME_UNKNOWN = 13;
    public static final int CIRCUIT_OPEN = 14;
    public static final int DIGEST_MISMATCH = 15;
    public static final int SOME_UPGRADED = 16;
    public static final int NONE_UPGRADED = 17;
    public static final int INTERNAL_ERROR = 70;
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** Returns the kind of an error that is not an {@link OtaFailure}, for JSON. */
    static String kind(int exitCode) {
        return switch (exitCode) {
            case NOT_VERIFIED -> "NotVerified";
            case USAGE -> "InvalidUsage";
            case NOT_CONFIRMED -> "NotConfirmed";
            case INTERRUPTED -> "Interrupted";
            case SOME_UPGRADED -> "SomeUpgraded";
            case NONE_UPGRADED -> "NoneUpgraded";
            default -> "InternalError";
        };
    }

    static int of(OtaFailure failure) {
        if (failure instanceof OtaFailure.NotFound) {
            return NOT_FOUND;
        }
        if (failure instanceof OtaFailure.AccessDenied) {
            return ACCESS_DENIED;
        }
        if (failure instanceof OtaFailure.Rejected) {
            return REJECTED;
        }
        if (failure instanceof OtaFailure.RateLimited) {
            return RATE_LIMITED;
        }
        if (failure instanceof OtaFailure.Unavailable) {
            return UNAVAILABLE;
        }
        if (failure instanceof OtaFailure.UnreadableResponse) {
            return UNREADABLE_RESPONSE;
        }
        if (failure instanceof OtaFailure.Unsupported) {
            return UNSUPPORTED;
        }
        if (failure instanceof OtaFailure.Cancelled) {
            return CANCELLED;
        }
        if (failure instanceof OtaFailure.DeadlineExceeded) {
            return DEADLINE_EXCEEDED;
        }
        if (failure instanceof OtaFailure.OutcomeUnknown) {
            return OUTCOME_UNKNOWN;
        }
        if (failure instanceof OtaFailure.CircuitOpen) {
            return CIRCUIT_OPEN;
        }
        if (failure instanceof OtaFailure.DigestMismatch) {
            return DIGEST_MISMATCH;
        }
        throw new IllegalStateException("no exit code for " + failure.getClass().getSimpleName());
    }
}
