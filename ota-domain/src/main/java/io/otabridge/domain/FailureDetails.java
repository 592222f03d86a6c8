package io.otabridge.domain;

import io.vavr.control.Option;
import java.time.Duration;

/**
 * What is known about a failure. Made by adapters; a copy with one more fact is made by the {@code with} methods.
 * No component ever holds a credential, a token, a signature or a signed link: adapters redact before they build this.
 *
 * @param origin the backend and operation that failed
 * @param summary what happened, as a sentence without a final stop
 * @param advice what the caller can do about it, as a sentence without a final stop
 * @param status the HTTP status of the answer; absent if there was no answer or no HTTP
 * @param vendorCode the vendor's error code as sent, such as {@code IOTDA.000006}
 * @param vendorMessage the vendor's words as sent, redacted and cut if long
 * @param requestId the vendor's id of the request, for its support desk
 * @param retryable whether the same request may succeed later without anybody changing anything
 * @param retryAfter how long to wait before that, where known
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

    /** Details with a summary and an advice; everything else unknown, and a retry of no use. */
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

    /** The same with texts that have no arguments. */
    public static FailureDetails of(OperationContext origin, String summary, String advice) {
        return of(origin, Message.of(summary), Message.of(advice));
    }

    /** The same facts with a second advice after the first. */
    public FailureDetails withMoreAdvice(Message more) {
        return withAdvice(advice.and(more));
    }

    /** The same facts with another summary. */
    public FailureDetails withSummary(Message newSummary) {
        return new FailureDetails(
                origin, newSummary, advice, status, vendorCode, vendorMessage, requestId, retryable, retryAfter);
    }

    /** The same facts with another advice. */
    public FailureDetails withAdvice(Message newAdvice) {
        return new FailureDetails(
                origin, summary, newAdvice, status, vendorCode, vendorMessage, requestId, retryable, retryAfter);
    }

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

    /** The vendor's own report: code, message and request id, each where known. */
    public FailureDetails withVendorError(Option<String> code, Option<String> message, Option<String> id) {
        return new FailureDetails(origin, summary, advice, status, code, message, id, retryable, retryAfter);
    }

    /** Says that a retry may help, after the given time where known. */
    public FailureDetails withRetry(Option<Duration> after) {
        return new FailureDetails(origin, summary, advice, status, vendorCode, vendorMessage, requestId, true, after);
    }
}
