package io.otabridge.contracts.scenario;

import io.otabridge.domain.OtaFailure;

/**
 * Failures that can occur between a request and its response, with the failure that a caller must receive. The
 * contracts apply each of them to the adapter under test.
 */
public enum FailureScenario {
    /** The access key is unknown, or the signature does not match. */
    CREDENTIALS_REJECTED(OtaFailure.AccessDenied.class, false),
    /** The caller is authenticated but lacks the permission. */
    PERMISSION_DENIED(OtaFailure.AccessDenied.class, false),
    /** The vendor rejects the request as invalid. */
    REQUEST_REJECTED(OtaFailure.Rejected.class, false),
    /** The endpoint does not serve this API. Must not be reported as a missing package. */
    WRONG_ADDRESS(OtaFailure.Rejected.class, false),
    /** The vendor throttles the account, in the vendor's own form. */
    THROTTLED(OtaFailure.RateLimited.class, true),
    /** The vendor reports that it is unavailable. */
    VENDOR_OUTAGE(OtaFailure.Unavailable.class, true),
    /** A gateway returns status 502 with an HTML page. */
    HTML_ERROR_PAGE(OtaFailure.Unavailable.class, true),
    /** No response arrives before the deadline. */
    RESPONSE_TIMEOUT(OtaFailure.DeadlineExceeded.class, OtaFailure.OutcomeUnknown.class, true),
    /** The connection is reset before the response. */
    CONNECTION_RESET(OtaFailure.Unavailable.class, OtaFailure.OutcomeUnknown.class, true),
    /** The connection is closed before or within the response. */
    CONNECTION_CUT(OtaFailure.Unavailable.class, OtaFailure.OutcomeUnknown.class, true),
    /** The response is not HTTP. */
    INVALID_HTTP(OtaFailure.UnreadableResponse.class, false),
    /** A successful response without a body. */
    EMPTY_RESPONSE(OtaFailure.UnreadableResponse.class, false),
    /** A successful response with the body {@code null}. */
    NULL_RESPONSE(OtaFailure.UnreadableResponse.class, false),
    /** A successful response with half a body, although Content-Length matches. */
    TRUNCATED_RESPONSE(OtaFailure.UnreadableResponse.class, false),
    /** A successful response with an HTML page. */
    HTML_RESPONSE(OtaFailure.UnreadableResponse.class, false),
    /** A successful response with an object in place of a string. */
    WRONG_TYPE(OtaFailure.UnreadableResponse.class, false),
    /** A successful response without a required member. */
    REQUIRED_MEMBER_MISSING(OtaFailure.UnreadableResponse.class, false),
    /** A redirect to another host. Must not be followed. */
    REDIRECT(OtaFailure.UnreadableResponse.class, false),
    /** A response larger than {@code max-response-bytes}. */
    OVERSIZED_RESPONSE(OtaFailure.UnreadableResponse.class, false);

    private final Class<? extends OtaFailure> expected;
    private final Class<? extends OtaFailure> expectedForChange;
    private final boolean retryable;

    FailureScenario(Class<? extends OtaFailure> expected, boolean retryable) {
        this(expected, expected, retryable);
    }

    FailureScenario(
            Class<? extends OtaFailure> expected, Class<? extends OtaFailure> expectedForChange, boolean retryable) {
        this.expected = expected;
        this.expectedForChange = expectedForChange;
        this.retryable = retryable;
    }

    /** Returns the type of failure that the caller of a read must receive. */
    public Class<? extends OtaFailure> expected() {
        return expected;
    }

    /** Returns the type of failure that the caller of a change must receive if its request was sent. */
    public Class<? extends OtaFailure> expectedForChange() {
        return expectedForChange;
    }

    /**
     * Returns whether this scenario is applied to every operation, because its result depends on the response of the
     * operation. {@link #VENDOR_OUTAGE} is included to check that every operation passes failures on.
     */
    public boolean dependsOnOperation() {
        return this == VENDOR_OUTAGE || this == EMPTY_RESPONSE || affectsMembers();
    }

    /** Returns whether this scenario needs a response with members. Responses to changes may have none. */
    public boolean affectsMembers() {
        return this == WRONG_TYPE || this == REQUIRED_MEMBER_MISSING;
    }

    /** Returns whether the failure must be retryable. */
    public boolean isRetryable() {
        return retryable;
    }
}
