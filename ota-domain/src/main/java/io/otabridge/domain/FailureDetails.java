package io.otabridge.domain;

import io.vavr.control.Option;
import java.time.Duration;

/**
 * The facts about a failure. Adapters create them; the {@code with} methods return a copy with one more fact.
 * Immutable.
 *
 * <p>No component holds a credential, a token, a signature or a signed link: adapters redact before they create this
 * record.
 *
 * @param origin the backend and operation that failed
 * @param summary what happened, as a sentence without a final period
 * @param advice what the caller can do, as a sentence without a final period
 * @param status the HTTP status of the response; absent if there was no HTTP response
 * @param vendorCode the vendor's error code as sent, such as {@code IOTDA.000006}
 * @param vendorMessage the vendor's error message, redacted, and truncated if long
 * @param requestId the vendor's request id, for its support
 * @param retryable whether the same request may succeed later without any other change
 * @param retryAfter how long to wait before a retry; absent if unknown
 */
public record FailureDetails(
        OperationContext origin,
        Message summary,
        Message advice,
        Option<Integer> status,
        Option<String> vendorCode,
        Option<String> vendorMessage,
        Option<String> requestId,
        boolean retryable,
        Option<Duration> retryAfter) {

    /** Returns details with a summary and advice. Everything else is absent, and the failure is not retryable. */
    public static FailureDetails of(OperationContext origin, Message summary, Message advice) {
        return new FailureDetails(
                origin,
                summary,
                advice,
                Option.none(),
                Option.none(),
                Option.none(),
                Option.none(),
                false,
                Option.none());
    }

    /** Returns details with texts that have no arguments. */
    public static FailureDetails of(OperationContext origin, String summary, String advice) {
        return of(origin, Message.of(summary), Message.of(advice));
    }

    /** Returns a copy with further advice after the existing advice. */
    public FailureDetails withMoreAdvice(Message more) {
        return withAdvice(advice.and(more));
    }

    /** Returns a copy with this summary. */
    public FailureDetails withSummary(Message newSummary) {
        return new FailureDetails(
                origin, newSummary, advice, status, vendorCode, vendorMessage, requestId, retryable, retryAfter);
    }

    /** Returns a copy with this advice. */
    public FailureDetails withAdvice(Message newAdvice) {
        return new FailureDetails(
                origin, summary, newAdvice, status, vendorCode, vendorMessage, requestId, retryable, retryAfter);
    }

    /** Returns a copy with this HTTP status. */
    public FailureDetails withStatus(int newStatus) {
        return new FailureDetails(
                origin,
                summary,
                advice,
                Option.some(newStatus),
                vendorCode,
                vendorMessage,
                requestId,
                retryable,
                retryAfter);
    }

    /** Returns a copy with the vendor's error code, error message and request id; each may be absent. */
    public FailureDetails withVendorError(Option<String> code, Option<String> message, Option<String> id) {
        return new FailureDetails(origin, summary, advice, status, code, message, id, retryable, retryAfter);
    }

    /**
     * Returns a retryable copy.
     *
     * @param after how long to wait before a retry; absent if unknown
     */
    public FailureDetails withRetry(Option<Duration> after) {
        return new FailureDetails(origin, summary, advice, status, vendorCode, vendorMessage, requestId, true, after);
    }
}
