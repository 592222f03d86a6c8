package io.otabridge.http;

import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;

/**
 * A response that is to be read.
 *
 * @param calls the calls of the backend that sent it
 * @param origin the backend and its operation
 * @param subject what was requested, such as {@code the deletion of firmware f1}
 * @param target what must exist for it, such as {@code firmware f1}
 * @param http status, headers and body
 */
public record VendorResponse(BackendCalls calls, Origin origin, String subject, String target, HttpAnswer http) {

    /** The failure that the vendor reports. */
    public OtaFailure failure(Verdict verdict, VendorReport report) {
        OtaFailure failure = calls.judged(verdict, origin, subject, http, report);
        return failure instanceof OtaFailure.NotFound && !target.equals(subject)
                ? calls.judged(verdict, origin, target, http, report)
                : failure;
    }

    /**
     * The failure of a response that was meant to be a success but cannot be read.
     *
     * @param reason what it lacks or holds wrongly
     */
    public OtaFailure unreadable(String reason, Option<String> requestId) {
        return calls.unreadable(origin, subject, reason, http, requestId);
    }
}
