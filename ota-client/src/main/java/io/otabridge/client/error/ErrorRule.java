package io.otabridge.client.error;

import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Check;
import java.time.Clock;
import java.util.function.Function;

/**
 * What a vendor's error code or an HTTP status means for the caller. Adapters keep tables of verdicts; {@link #byStatus} is
 * for codes that no table knows.
 */
public final class ErrorRule {

    private final Function<FailureDetails, OtaFailure> kind;
    private final String happened;
    private final Message advice;
    private final boolean retryable;
    private final boolean ofTime;
    private final Check check;

    private ErrorRule(
            Function<FailureDetails, OtaFailure> kind, String happened, String advice, boolean retryable, Check check) {
        this(kind, happened, Message.of(advice), retryable, false, check);
    }

    private ErrorRule(
            Function<FailureDetails, OtaFailure> kind,
            String happened,
            Message advice,
            boolean retryable,
            boolean ofTime,
            Check check) {
        this.kind = kind;
        this.happened = happened;
        this.advice = advice;
        this.retryable = retryable;
        this.ofTime = ofTime;
        this.check = check;
    }

    /**
     * The same, and the reason may be the time of the request. If the answer's date then shows that this machine's clock is
     * off, requests go by the vendor's clock from then on.
     */
    public ErrorRule orOfTime() {
        return new ErrorRule(kind, happened, advice, retryable, true, check);
    }

    /** The same, and what is wrong is found by this check of a diagnosis. */
    public ErrorRule about(Check other) {
        return new ErrorRule(kind, happened, advice, retryable, ofTime, other);
    }

    /** What is wrong, in the words of a diagnosis. */
    public Check check() {
        return check;
    }

    public boolean isOfTime() {
        return ofTime;
    }

    /** The thing asked for is not there. */
    public static ErrorRule notFound(String advice) {
        return new ErrorRule(OtaFailure.NotFound::new, "{1} does not exist on backend {0}", advice, false, Check.SCOPE);
    }

    /**
     * Something is not there that the thing asked for needs.
     *
     * @param needed what that is, such as {@code The product}
     */
    public static ErrorRule notFound(String needed, String advice) {
        return new ErrorRule(
                OtaFailure.NotFound::new,
                needed + " does not exist on backend {0}; the request was for {1}",
                advice,
                false,
                Check.SCOPE);
    }

    /** The caller is unknown or not allowed. */
    public static ErrorRule accessDenied(String advice) {
        return new ErrorRule(
                OtaFailure.AccessDenied::new, "Backend {0} refused access to {1}", advice, false, Check.PERMISSION);
    }

    /** The request or the configuration behind it is wrong. */
    public static ErrorRule rejected(String advice) {
        return new ErrorRule(
                OtaFailure.Rejected::new, "Backend {0} rejected the request for {1}", advice, false, Check.SCOPE);
    }

    /** The account sends too much. */
    public static ErrorRule rateLimited() {
        return new ErrorRule(
                OtaFailure.RateLimited::new,
                "Backend {0} throttles this account; the request was for {1}",
                "Wait a few seconds and send fewer requests; all users of an account share its limits",
                true,
                Check.QUOTA);
    }

    /** The vendor cannot answer now. */
    public static ErrorRule unavailable(String advice) {
        return new ErrorRule(
                OtaFailure.Unavailable::new, "Backend {0} cannot answer for {1} now", advice, true, Check.SERVICE);
    }

    /** What came is no documented answer. */
    public static ErrorRule unreadable(String advice) {
        return new ErrorRule(
                OtaFailure.UnreadableResponse::new,
                "Backend {0} returned an undocumented response for {1}",
                advice,
                false,
                Check.SERVICE);
    }

    /** The verdict on a status whose error code says nothing: what the status means in HTTP. */
    public static ErrorRule byStatus(int status) {
        if (status == IntermediaryResponses.PROXY_LOGIN || status == IntermediaryResponses.NETWORK_LOGIN) {
            return rejected("A proxy or the network between asks for a login, and not the vendor")
                    .about(Check.CONNECTION);
        }
        if (status == 401 || status == 403) {
            return accessDenied("Check credentials, signature kind and permissions of this backend")
                    .about(status == 401 ? Check.CREDENTIALS : Check.PERMISSION);
        }
        if (status == 429) {
            return rateLimited();
        }
        if (status == 408 || status >= 500) {
            return unavailable("Try again later; if it stays, ask the vendor's support");
        }
        if (status >= 400) {
            return rejected("Check the endpoint and the settings of this backend")
                    .about(Check.SERVICE);
        }
        if (status >= 300) {
            return unreadable("Redirects are not followed, because credentials must not travel to another host: check"
                    + " the endpoint, and any proxy between");
        }
        return unreadable("Check that the endpoint is the vendor's API; if it is, the API has changed: report it");
    }

    /**
     * The failure of one call.
     *
     * @param subject what was asked for, such as {@code firmware 28f6…} or {@code the deletion of firmware 28f6…}
     */
    public OtaFailure failure(
            OperationContext origin, Message subject, HttpResponse answer, VendorError report, Clock clock) {
        FailureDetails details = FailureDetails.of(origin, Message.of(happened, origin.backend(), subject), advice)
                .withStatus(answer.status())
                .withVendorError(report.code(), report.message(), report.requestId());
        return kind.apply(retryable ? details.withRetry(answer.retryAfter(clock)) : details);
    }
}
