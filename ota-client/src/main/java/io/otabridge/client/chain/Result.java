package io.otabridge.client.chain;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;

/**
 * The result of a call.
 *
 * @param outcome the decoded response, or the failure
 * @param isFromBackend whether a request was sent to the backend, so that the outcome is evidence about it
 * @param isCutShort whether a call with a longer timeout could have had another outcome
 */
public record Result<T>(Either<OtaFailure, T> outcome, boolean isFromBackend, boolean isCutShort) {

    /** The outcome of a request to the backend. */
    public static <T> Result<T> ofRequest(Either<OtaFailure, T> outcome) {
        return new Result<>(
                outcome, true, outcome.isLeft() && outcome.getLeft() instanceof OtaFailure.DeadlineExceeded);
    }

    /** A failure before a request was sent to the backend. */
    public static <T> Result<T> notSent(OtaFailure failure) {
        boolean isCutShort = failure instanceof OtaFailure.DeadlineExceeded
                || (failure instanceof OtaFailure.RateLimited limited
                        && limited.limit() == OtaFailure.RateLimited.Limit.CLIENT);
        return new Result<>(Either.left(failure), false, isCutShort);
    }

    /** The same result, of a call without time for another retry. */
    Result<T> cutShort() {
        return new Result<>(outcome, isFromBackend, true);
    }

    /** Whether the outcome is a failure of this kind. */
    boolean failedWith(Class<? extends OtaFailure> kind) {
        return outcome.isLeft() && kind.isInstance(outcome.getLeft());
    }
}
