package io.otabridge.simulators.fault;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;

/**
 * How a call ends, and how often it has been sent by then.
 *
 * @param failure the kind of failure; absent for a success
 * @param retryable whether the failure says that a retry may help
 * @param calls how often the fault was met: the call itself, and its repeats
 */
public record ExpectedOutcome(Option<Class<? extends OtaFailure>> failure, boolean retryable, int calls) {

    /** An answer as if there had been no fault. */
    public static ExpectedOutcome success(int calls) {
        return new ExpectedOutcome(Option.none(), false, calls);
    }

    /** {@link OtaFailure.Unavailable}, and a retry may help. */
    public static ExpectedOutcome unavailable(int calls) {
        return new ExpectedOutcome(Option.some(OtaFailure.Unavailable.class), true, calls);
    }

    /** {@link OtaFailure.DeadlineExceeded} at the first call, and a retry may help. */
    public static ExpectedOutcome late() {
        return new ExpectedOutcome(Option.some(OtaFailure.DeadlineExceeded.class), true, 1);
    }

    /** {@link OtaFailure.OutcomeUnknown}, and a retry may help. */
    public static ExpectedOutcome unknown(int calls) {
        return new ExpectedOutcome(Option.some(OtaFailure.OutcomeUnknown.class), true, calls);
    }

    /** {@link OtaFailure.RateLimited}, and a retry may help. */
    public static ExpectedOutcome limited(int calls) {
        return new ExpectedOutcome(Option.some(OtaFailure.RateLimited.class), true, calls);
    }

    /** This failure at the first call, which a retry does not help. */
    public static ExpectedOutcome at(Class<? extends OtaFailure> failure) {
        return new ExpectedOutcome(Option.some(failure), false, 1);
    }

    /** The same after another number of calls. */
    public ExpectedOutcome after(int number) {
        return new ExpectedOutcome(failure, retryable, number);
    }

    @Override
    public String toString() {
        return failure.map(Class::getSimpleName).getOrElse("success") + (retryable ? ", retry" : "") + ", " + calls;
    }
}
