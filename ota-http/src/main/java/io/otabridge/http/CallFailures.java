package io.otabridge.http;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.time.Duration;

/** Failures of calls that say nothing about the vendor. */
final class CallFailures {

    private CallFailures() {}

    /** @param activity what was going on, such as {@code waited for a permit} */
    static OtaFailure cancelled(Origin origin, String activity) {
        return new OtaFailure.Cancelled(FailureDetails.of(
                origin,
                "The call to backend " + origin.backend() + " was interrupted while it " + activity,
                "Repeat the call if the interrupt was not meant for it"));
    }

    /** @param missing what did not arrive in time, such as {@code response of host:443} */
    static OtaFailure deadlineExceeded(Origin origin, Duration timeout, String missing) {
        return new OtaFailure.DeadlineExceeded(FailureDetails.of(
                        origin,
                        "Backend " + origin.backend() + " received no " + missing + " before the deadline of "
                                + timeout.toMillis() + " ms",
                        "Retry later, or set a longer timeout")
                .withRetry(Option.none()));
    }

    /** @param after when the rate limiter would grant a permit */
    static OtaFailure noPermit(Origin origin, Duration after) {
        return new OtaFailure.RateLimited(
                FailureDetails.of(
                                origin,
                                "Backend " + origin.backend() + " has more calls of " + origin.operation()
                                        + " in its queue than the vendor's rate limit allows before the deadline;"
                                        + " nothing was sent",
                                "Send fewer calls, set a longer timeout, or set quota if the vendor allows the account"
                                        + " more")
                        .withRetry(Option.some(after)),
                OtaFailure.RateLimited.Limit.CLIENT);
    }

    /**
     * @param failures what opened the circuit breaker
     * @param after when it lets a call through again
     */
    static OtaFailure circuitOpen(Origin origin, String failures, Duration after) {
        return new OtaFailure.CircuitOpen(FailureDetails.of(
                        origin,
                        "The circuit breaker of backend " + origin.backend() + " is open after " + failures
                                + "; nothing was sent",
                        "Retry later")
                .withRetry(Option.some(after)));
    }

    /** The failure of a change that was sent and whose result was lost in this way. */
    static OtaFailure outcomeUnknown(OtaFailure lost) {
        return new OtaFailure.OutcomeUnknown(lost.details(), Option.none());
    }
}
