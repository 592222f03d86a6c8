package io.otabridge.domain;

import io.vavr.control.Option;
import java.time.Duration;

/**
 * The reason why an operation did not return its result. Each kind implies what the caller does next, independent of
 * the vendor. The vendor's error code, message and request id remain available. Values are immutable, safe for use by
 * multiple threads, and hold no credential.
 *
 * <p>Programming errors (a null argument, an id that violates its constraint) and configuration errors are thrown as
 * exceptions instead.
 */
public sealed interface OtaFailure {

    /** Returns all details of the failure. */
    FailureDetails details();

    /** Returns the name of the backend in the configuration. */
    default String backend() {
        return details().origin().backend();
    }

    /** Returns the vendor's name of the failed operation. */
    default String operation() {
        return details().origin().operation();
    }

    /**
     * Returns what happened, as one English sentence without a final period. {@link #details} has the translatable
     * form.
     */
    default String summary() {
        return details().summary().sentence();
    }

    /**
     * Returns what to do, as one English sentence without a final period. {@link #details} has the translatable form.
     */
    default String advice() {
        return details().advice().text();
    }

    /** Returns the HTTP status of the response; absent if there was none. */
    default Option<Integer> status() {
        return details().status();
    }

    /** Returns the vendor's error code as sent; absent if there was none. */
    default Option<String> vendorCode() {
        return details().vendorCode();
    }

    /** Returns the vendor's error message, redacted; absent if there was none. */
    default Option<String> vendorMessage() {
        return details().vendorMessage();
    }

    /** Returns the vendor's request id; absent if unknown. */
    default Option<String> requestId() {
        return details().requestId();
    }

    /** Returns whether the same request may succeed later without any other change. */
    default boolean isRetryable() {
        return details().retryable();
    }

    /**
     * Returns how long to wait before a retry, as given by the vendor, the rate limiter or the circuit breaker; absent
     * if unknown.
     */
    default Option<Duration> retryAfter() {
        return details().retryAfter();
    }

    /** Returns a failure of the same kind with other details. */
    OtaFailure withDetails(FailureDetails other);

    /** The requested object does not exist. Check the id or name. */
    record NotFound(FailureDetails details) implements OtaFailure {
        @Override
        public NotFound withDetails(FailureDetails other) {
            return new NotFound(other);
        }
    }

    /**
     * The caller is not authenticated or not authorized. Fix the credentials, the signature method or the permissions.
     */
    record AccessDenied(FailureDetails details) implements OtaFailure {
        @Override
        public AccessDenied withDetails(FailureDetails other) {
            return new AccessDenied(other);
        }
    }

    /**
     * The request or its configuration is invalid. Fix it before a retry. Also used for input that is rejected before
     * anything is sent, and for a proxy or network that requires a login.
     *
     * @param subject what must be corrected
     */
    record Rejected(FailureDetails details, Subject subject) implements OtaFailure {

        /** What must be corrected. */
        public enum Subject {
            /** The request or the configuration. */
            REQUEST,
            /** A proxy or network before the vendor, or the host that the vendor named. The summary may name it. */
            NETWORK
        }

        /** Creates a failure with {@link Subject#REQUEST}. */
        public Rejected(FailureDetails details) {
            this(details, Subject.REQUEST);
        }

        @Override
        public Rejected withDetails(FailureDetails other) {
            return new Rejected(other, subject);
        }
    }

    /**
     * A rate limit of the account was reached. Wait before a retry.
     *
     * @param limit the limit that was reached
     */
    record RateLimited(FailureDetails details, Limit limit) implements OtaFailure {

        /** The place where a rate limit is enforced. */
        public enum Limit {
            /** The rate limiter of this library. No permit was available before the deadline, and nothing was sent. */
            CLIENT,
            /** The vendor throttled the request. */
            VENDOR
        }

        /** Creates a failure with {@link Limit#VENDOR}. */
        public RateLimited(FailureDetails details) {
            this(details, Limit.VENDOR);
        }

        @Override
        public RateLimited withDetails(FailureDetails other) {
            return new RateLimited(other, limit);
        }
    }

    /**
     * No response arrived, the vendor reported a temporary outage, or a list changed during every attempt to read it.
     * Retry later.
     */
    record Unavailable(FailureDetails details) implements OtaFailure {
        @Override
        public Unavailable withDetails(FailureDetails other) {
            return new Unavailable(other);
        }
    }

    /**
     * The circuit breaker of the backend is open because too many calls failed. Nothing was sent. Retry after {@link
     * #retryAfter}.
     */
    record CircuitOpen(FailureDetails details) implements OtaFailure {
        @Override
        public CircuitOpen withDetails(FailureDetails other) {
            return new CircuitOpen(other);
        }
    }

    /** The call did not complete before its deadline. Increase the deadline, or retry later. */
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
     * A change was sent and no result arrived: the vendor may or may not have made the change. Repeat the command;
     * commands of this library check first whether the change exists.
     *
     * @param clientToken the token that identifies the change at the vendor; absent if there is none
     */
    record OutcomeUnknown(FailureDetails details, Option<String> clientToken) implements OtaFailure {
        @Override
        public OutcomeUnknown withDetails(FailureDetails other) {
            return new OutcomeUnknown(other, clientToken);
        }
    }

    /** The response does not match the vendor's documentation. Report a bug, or a changed API. */
    record UnreadableResponse(FailureDetails details) implements OtaFailure {
        @Override
        public UnreadableResponse withDetails(FailureDetails other) {
            return new UnreadableResponse(other);
        }
    }

    /** The bytes or the digest of a file differ from what was expected. Do not use the file. */
    record DigestMismatch(FailureDetails details) implements OtaFailure {
        @Override
        public DigestMismatch withDetails(FailureDetails other) {
            return new DigestMismatch(other);
        }
    }

    /**
     * The vendor does not support the operation. Nothing was sent.
     *
     * @param capability the missing capability
     */
    record Unsupported(FailureDetails details, Capability capability) implements OtaFailure {
        @Override
        public Unsupported withDetails(FailureDetails other) {
            return new Unsupported(other, capability);
        }
    }
}
