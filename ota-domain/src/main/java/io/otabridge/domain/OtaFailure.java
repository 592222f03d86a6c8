package io.otabridge.domain;

import io.vavr.control.Option;
import java.time.Duration;

/**
 * Why a backend did not give what it was asked for. The kinds are named for what the caller does next, whatever the
 * vendor; the vendor's own code, message and request id stay reachable. Values are immutable and hold no credential.
 *
 * <p>Programming errors (a null, an id that breaks its rule, a missing setting at start-up) are thrown instead.
 */
public sealed interface OtaFailure {

    /** Everything known about the failure. */
    FailureDetails details();

    /** The name of the backend in the configuration. */
    default String backend() {
        return details().origin().backend();
    }

    /** The vendor's name of the operation that failed. */
    default String operation() {
        return details().origin().operation();
    }

    /** What happened, as one English sentence without a final stop. For another language, take that of {@link #details}. */
    default String summary() {
        return details().summary().sentence();
    }

    /** What to do about it, as one English sentence without a final stop. */
    default String advice() {
        return details().advice().text();
    }

    /** The HTTP status of the answer, where there was one. */
    default Option<Integer> status() {
        return details().status();
    }

    /** The vendor's error code as sent, where there was one. */
    default Option<String> vendorCode() {
        return details().vendorCode();
    }

    /** The vendor's words, redacted, where there were any. */
    default Option<String> vendorMessage() {
        return details().vendorMessage();
    }

    /** The vendor's id of the request, where known. */
    default Option<String> requestId() {
        return details().requestId();
    }

    /** Whether the same request may succeed later without anybody changing anything. */
    default boolean isRetryable() {
        return details().retryable();
    }

    /** How long to wait before a retry, where the vendor, the rate limiter or the circuit breaker says so. */
    default Option<Duration> retryAfter() {
        return details().retryAfter();
    }

    /** The same kind of failure with other details. */
    OtaFailure withDetails(FailureDetails other);

    /** The requested thing does not exist there: request another. */
    record NotFound(FailureDetails details) implements OtaFailure {
        @Override
        public NotFound withDetails(FailureDetails other) {
            return new NotFound(other);
        }
    }

    /** The caller is not known or not allowed: fix credentials, signature kind or permissions. */
    record AccessDenied(FailureDetails details) implements OtaFailure {
        @Override
        public AccessDenied withDetails(FailureDetails other) {
            return new AccessDenied(other);
        }
    }

    /**
     * The request or its configuration is wrong: fix it. Also used for input refused before anything was sent, and for a proxy or
     * network that asks for a login.
     */
    record Rejected(FailureDetails details) implements OtaFailure {
        @Override
        public Rejected withDetails(FailureDetails other) {
            return new Rejected(other);
        }
    }

    /**
     * Too many requests for the account: wait.
     *
     * @param limit which limit was reached
     */
    record RateLimited(FailureDetails details, Limit limit) implements OtaFailure {

        /** Where a rate limit is enforced. */
        public enum Limit {
            /** The rate limiter of this library: no permit before the deadline, and nothing was sent. */
            CLIENT,
            /** The vendor throttled the request. */
            VENDOR
        }

        /** Throttled by the vendor. */
        public RateLimited(FailureDetails details) {
            this(details, Limit.VENDOR);
        }

        @Override
        public RateLimited withDetails(FailureDetails other) {
            return new RateLimited(other, limit);
        }
    }

    /**
     * No response, or the vendor reports that it cannot respond now, or a list changes faster than it can be read: retry
     * later.
     */
    record Unavailable(FailureDetails details) implements OtaFailure {
        @Override
        public Unavailable withDetails(FailureDetails other) {
            return new Unavailable(other);
        }
    }

    /** The circuit breaker of the backend is open after too many outages; nothing was sent: wait for {@link #retryAfter}. */
    record CircuitOpen(FailureDetails details) implements OtaFailure {
        @Override
        public CircuitOpen withDetails(FailureDetails other) {
            return new CircuitOpen(other);
        }
    }

    /** No result before the deadline of the call: allow more time, or retry later. */
    record DeadlineExceeded(FailureDetails details) implements OtaFailure {
        @Override
        public DeadlineExceeded withDetails(FailureDetails other) {
            return new DeadlineExceeded(other);
        }
    }

    /** The calling thread was interrupted. Its interrupt flag stays set. */
    record Cancelled(FailureDetails details) implements OtaFailure {
        @Override
        public Cancelled withDetails(FailureDetails other) {
            return new Cancelled(other);
        }
    }

    /**
     * A change was sent, and no result arrived: the vendor may have made it or not. Repeat the command: commands of this
     * library check first whether the change was made.
     *
     * @param clientToken the token by which the vendor's side of the change can be found; absent if there is none
     */
    record OutcomeUnknown(FailureDetails details, Option<String> clientToken) implements OtaFailure {
        @Override
        public OutcomeUnknown withDetails(FailureDetails other) {
            return new OutcomeUnknown(other, clientToken);
        }
    }

    /** A response arrived that is not what the vendor documents: report a bug or a changed API. */
    record UnreadableResponse(FailureDetails details) implements OtaFailure {
        @Override
        public UnreadableResponse withDetails(FailureDetails other) {
            return new UnreadableResponse(other);
        }
    }

    /** This vendor cannot do it at all, as {@code capability} names; nothing was sent. */
    record Unsupported(FailureDetails details, Capability capability) implements OtaFailure {
        @Override
        public Unsupported withDetails(FailureDetails other) {
            return new Unsupported(other, capability);
        }
    }
}
