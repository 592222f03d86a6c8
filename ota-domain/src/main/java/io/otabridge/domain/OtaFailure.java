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

    /** What happened, as one sentence without a final stop. */
    default String summary() {
        return details().summary();
    }

    /** What to do about it, as one sentence without a final stop. */
    default String advice() {
        return details().advice();
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

    /** How long to wait before a retry, where the vendor said so. */
    default Option<Duration> retryAfter() {
        return details().retryAfter();
    }

    /** The thing asked for does not exist there: ask for another. */
    record NotFound(FailureDetails details) implements OtaFailure {}

    /** The caller is not known or not allowed: fix credentials, signature kind or permissions. */
    record AccessDenied(FailureDetails details) implements OtaFailure {}

    /**
     * The request or its configuration is wrong: fix it. Also used for input refused before anything was sent, and for a proxy or
     * network that asks for a login.
     */
    record Rejected(FailureDetails details) implements OtaFailure {}

    /** Too many requests for the account: wait. */
    record RateLimited(FailureDetails details) implements OtaFailure {}

    /** No answer, or the vendor says it cannot answer now: retry later. */
    record Unavailable(FailureDetails details) implements OtaFailure {}

    /** An answer came and is not what the vendor documents: report a bug or a changed API. */
    record UnreadableResponse(FailureDetails details) implements OtaFailure {}

    /** This vendor cannot do it at all, which is what {@code capability} names; nothing was sent. */
    record Unsupported(FailureDetails details, Capability capability) implements OtaFailure {}
}
