package io.otabridge.contracts.fault;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;

/**
 * The expected outcome of a call and its number of attempts.
 *
 * @param failure the type of failure; none for a success
 * @param retryable whether the failure is retryable
 * @param calls the number of attempts that met the fault, the first one included
 */
public record ExpectedOutcome(Option<Class<? extends OtaFailure>> failure, boolean retryable, int calls) {

    /** The same result as without the fault. */
    public static ExpectedOutcome success(int calls) {
        return new ExpectedOutcome(Option.none(), false, calls);
    }

    /** {@link OtaFailure.Unavailable}, retryable. */
    public static ExpectedOutcome unavailable(int calls) {
        return new ExpectedOutcome(Option.some(OtaFailure.Unavailable.class), true, calls);
    }

    /** {@link OtaFailure.DeadlineExceeded} after one attempt, retryable. */
    public static ExpectedOutcome late() {
        return new ExpectedOutcome(Option.some(OtaFailure.DeadlineExceeded.class), true, 1);
    }

    /** {@link OtaFailure.OutcomeUnknown}, retryable. */
    public static ExpectedOutcome unknown(int calls) {
        return new ExpectedOutcome(Option.some(OtaFailure.OutcomeUnknown.class), true, calls);
    }

    /** {@link OtaFailure.RateLimited}, retryable. */
    public static ExpectedOutcome limited(int calls) {
        return new ExpectedOutcome(Option.some(OtaFailure.RateLimited.class), true, calls);
    }

    /** This failure after one attempt, not retryable. */
    public static ExpectedOutcome at(Class<? extends OtaFailure> failure) {
        return new ExpectedOutcome(Option.some(failure), false, 1);
    }

    /** Returns a copy with another number of attempts. */
    public ExpectedOutcome after(int number) {
        return new ExpectedOutcome(failure, retryable, number);
    }

    @Override
    public String toString() {
        return failure.map(Class::getSimpleName).getOrElse("success") + (retryable ? ", retry" : "") + ", " + calls;
    }
}
