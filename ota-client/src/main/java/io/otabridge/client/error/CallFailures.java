package io.otabridge.client.error;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.time.Duration;

/** Failures of calls that the vendor did not report. */
public final class CallFailures {

    private CallFailures() {}

    /**
     * The failure of a call whose thread was interrupted.
     *
     * @param activity what the call did, such as {@code waited for a permit}
     */
    public static OtaFailure cancelled(OperationContext origin, Message activity) {
        return new OtaFailure.Cancelled(FailureDetails.of(
                origin,
                Message.of("The call to backend {0} was interrupted while it {1}", origin.backend(), activity),
                Message.of("Retry the call if the interrupt was not meant for it")));
    }

    /**
     * The failure of a call that missed its deadline.
     *
     * @param missing what did not arrive in time, such as {@code response from host:443}
     */
    public static OtaFailure deadlineExceeded(OperationContext origin, Duration timeout, Message missing) {
        return new OtaFailure.DeadlineExceeded(FailureDetails.of(
                        origin,
                        Message.of(
                                "Backend {0} received no {1} before the deadline of {2}",
                                origin.backend(), missing, duration(timeout)),
                        Message.of("Retry later, or set a longer timeout"))
                .withRetry(Option.none()));
    }

    /** Returns a duration for messages, such as {@code 10 s} or {@code 500 ms}. */
    public static String duration(Duration duration) {
        return duration.toMillis() % 1_000 == 0 && !duration.isZero()
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }

    /**
     * The failure of a call that the client-side rate limiter rejected.
     *
     * @param after when the rate limiter would grant a permit
     */
    public static OtaFailure noPermit(OperationContext origin, Duration after) {
        return new OtaFailure.RateLimited(
                FailureDetails.of(
                                origin,
                                Message.of(
                                        "The rate limiter of backend {0} has no permit for {1} before the deadline; nothing was sent",
                                        origin.backend(), origin.operation()),
                                Message.of(
                                        "Send fewer calls, set a longer timeout, or set quota if the vendor allows the account more"))
                        .withRetry(Option.some(after)),
                OtaFailure.RateLimited.Limit.CLIENT);
    }

    /**
     * The failure of a call that an open circuit breaker rejected.
     *
     * @param failures what opened the circuit breaker
     * @param after when the circuit breaker permits a call again
     */
    public static OtaFailure circuitOpen(OperationContext origin, Message failures, Duration after) {
        return new OtaFailure.CircuitOpen(FailureDetails.of(
                        origin,
                        Message.of(
                                "The circuit breaker of backend {0} is open after {1}; nothing was sent",
                                origin.backend(), failures),
                        Message.of("Retry later"))
                .withRetry(Option.some(after)));
    }

    /** The failure of a change that was sent and whose response was lost. */
    public static OtaFailure outcomeUnknown(OtaFailure lost) {
        return new OtaFailure.OutcomeUnknown(lost.details(), Option.none());
    }
}
