package io.otabridge.contracts.scenario;

import io.otabridge.domain.OtaFailure;

/**
 * Everything that goes wrong between a question and its answer, with the failure that a caller must then see. A contract
 * plays each of them to the adapter under test.
 */
public enum FailureScenario {
    /** The vendor does not know the key, or the signature is wrong. */
    CREDENTIALS_REFUSED(OtaFailure.AccessDenied.class, false),
    /** The vendor knows the caller and does not let them. */
    PERMISSION_REFUSED(OtaFailure.AccessDenied.class, false),
    /** The vendor says that the request is wrong. */
    REQUEST_REFUSED(OtaFailure.Rejected.class, false),
    /** There is no such API at the address; it must not look like a missing package. */
    WRONG_ADDRESS(OtaFailure.Rejected.class, false),
    /** The account sends too much, in whatever way this vendor says so. */
    THROTTLED(OtaFailure.RateLimited.class, true),
    /** The vendor itself says that it cannot answer now. */
    VENDOR_OUTAGE(OtaFailure.Unavailable.class, true),
    /** A gateway answers 502 with a page for people. */
    HTML_ERROR_PAGE(OtaFailure.Unavailable.class, true),
    /** Nothing comes before the deadline. */
    NO_ANSWER_IN_TIME(OtaFailure.DeadlineExceeded.class, OtaFailure.OutcomeUnknown.class, true),
    /** The connection is reset before the answer. */
    CONNECTION_RESET(OtaFailure.Unavailable.class, OtaFailure.OutcomeUnknown.class, true),
    /** The connection ends without an answer, or in the middle of it. */
    CONNECTION_CUT(OtaFailure.Unavailable.class, OtaFailure.OutcomeUnknown.class, true),
    /** Bytes that are no HTTP. */
    GARBAGE(OtaFailure.UnreadableResponse.class, false),
    /** Success without a body. */
    EMPTY_ANSWER(OtaFailure.UnreadableResponse.class, false),
    /** Success with {@code null}. */
    NULL_ANSWER(OtaFailure.UnreadableResponse.class, false),
    /** Success with half a body, complete as far as HTTP can tell. */
    TRUNCATED_ANSWER(OtaFailure.UnreadableResponse.class, false),
    /** Success with a page for people. */
    HTML_INSTEAD_OF_ANSWER(OtaFailure.UnreadableResponse.class, false),
    /** Success with an object where a text belongs. */
    WRONG_TYPE(OtaFailure.UnreadableResponse.class, false),
    /** Success without a member that every answer must have. */
    REQUIRED_MEMBER_MISSING(OtaFailure.UnreadableResponse.class, false),
    /** A redirect to another host, which must not be followed. */
    REDIRECT(OtaFailure.UnreadableResponse.class, false),
    /** More bytes than may be read. */
    OVERSIZED_ANSWER(OtaFailure.UnreadableResponse.class, false);

    private final Class<? extends OtaFailure> expected;
    private final Class<? extends OtaFailure> expectedOfChange;
    private final boolean retryable;

    FailureScenario(Class<? extends OtaFailure> expected, boolean retryable) {
        this(expected, expected, retryable);
    }

    FailureScenario(
            Class<? extends OtaFailure> expected, Class<? extends OtaFailure> expectedOfChange, boolean retryable) {
        this.expected = expected;
        this.expectedOfChange = expectedOfChange;
        this.retryable = retryable;
    }

    /** The failure that the caller of a query must see. */
    public Class<? extends OtaFailure> expected() {
        return expected;
    }

    /** The failure that the caller of a change must see whose request was sent. */
    public Class<? extends OtaFailure> expectedOfChange() {
        return expectedOfChange;
    }

    /**
     * Whether this is played to each operation, as its response decides what comes of it, or as it stands for the others: proof
     * that a failure passes unchanged and nothing is made up in its place.
     */
    public boolean isOfEachOperation() {
        return this == VENDOR_OUTAGE || this == EMPTY_ANSWER || isAboutMembers();
    }

    /** Whether it befalls members of the response, of which changes may have none. */
    public boolean isAboutMembers() {
        return this == WRONG_TYPE || this == REQUIRED_MEMBER_MISSING;
    }

    /** Whether that failure must say that a retry may help. */
    public boolean isRetryable() {
        return retryable;
    }
}
