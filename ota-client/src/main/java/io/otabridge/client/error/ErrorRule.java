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
 * Maps a vendor's error code or an HTTP status to a failure. Adapters have tables of rules; {@link #byStatus} applies
 * to codes that are in no table. Immutable.
 */
public final class ErrorRule {

    private final Function<FailureDetails, OtaFailure> kind;
    private final String summary;
    private final Message advice;
    private final boolean isRetryable;
    private final boolean mayBeClockSkew;
    private final Check check;

    private ErrorRule(
            Function<FailureDetails, OtaFailure> kind,
            String summary,
            String advice,
            boolean isRetryable,
            Check check) {
        this(kind, summary, Message.of(advice), isRetryable, false, check);
    }

    private ErrorRule(
            Function<FailureDetails, OtaFailure> kind,
            String summary,
            Message advice,
            boolean isRetryable,
            boolean mayBeClockSkew,
            Check check) {
        this.kind = kind;
        this.summary = summary;
        this.advice = advice;
        this.isRetryable = isRetryable;
        this.mayBeClockSkew = mayBeClockSkew;
        this.check = check;
    }

    /**
     * The same rule for an error that may be caused by the date of the request. If the response date shows that the
     * clock of this machine is wrong, later requests use the vendor's time.
     */
    public ErrorRule orClockSkew() {
        return new ErrorRule(kind, summary, advice, isRetryable, true, check);
    }

    /** The same rule, attributed to this check of a diagnosis. */
    public ErrorRule about(Check other) {
        return new ErrorRule(kind, summary, advice, isRetryable, mayBeClockSkew, other);
    }

    /** The check of a diagnosis that this error fails. */
    public Check check() {
        return check;
    }

    public boolean mayBeClockSkew() {
        return mayBeClockSkew;
    }

    /** The requested thing does not exist. */
    public static ErrorRule notFound(String advice) {
        return new ErrorRule(OtaFailure.NotFound::new, "{1} does not exist on backend {0}", advice, false, Check.SCOPE);
    }

    /**
     * Something that the requested thing depends on does not exist.
     *
     * @param needed its description, such as {@code The product}
     */
    public static ErrorRule notFound(String needed, String advice) {
        return new ErrorRule(
                OtaFailure.NotFound::new,
                needed + " does not exist on backend {0}; the request was for {1}",
                advice,
                false,
                Check.SCOPE);
    }

    /** The caller is unknown or lacks permission. */
    public static ErrorRule accessDenied(String advice) {
        return new ErrorRule(
                OtaFailure.AccessDenied::new, "Backend {0} denied access to {1}", advice, false, Check.PERMISSION);
    }

    /** The request or the configuration is invalid. */
    public static ErrorRule rejected(String advice) {
        return new ErrorRule(
                OtaFailure.Rejected::new, "Backend {0} rejected the request for {1}", advice, false, Check.SCOPE);
    }

    /** The account exceeds a rate limit. */
    public static ErrorRule rateLimited() {
        return new ErrorRule(
                OtaFailure.RateLimited::new,
                "Backend {0} throttles this account; the request was for {1}",
                "Wait a few seconds and send fewer requests; all users of an account share its limits",
                true,
                Check.QUOTA);
    }

    /** The vendor is temporarily unavailable. */
    public static ErrorRule unavailable(String advice) {
        return new ErrorRule(
                OtaFailure.Unavailable::new,
                "Backend {0} is unavailable; the request was for {1}",
                advice,
                true,
                Check.SERVICE);
    }

    /** The response is not documented. */
    public static ErrorRule unreadable(String advice) {
        return new ErrorRule(
                OtaFailure.UnreadableResponse::new,
                "Backend {0} returned an undocumented response for {1}",
                advice,
                false,
                Check.SERVICE);
    }

    /** The rule for a status without a known error code: the meaning of the status in HTTP. */
    public static ErrorRule byStatus(int status) {
        if (status == IntermediaryResponses.PROXY_LOGIN || status == IntermediaryResponses.NETWORK_LOGIN) {
            return rejected("A proxy or the network asks for a login, not the vendor")
                    .about(Check.CONNECTION);
        }
        if (status == 401 || status == 403) {
            return accessDenied("Check the credentials, the signature kind and the permissions of this backend")
                    .about(status == 401 ? Check.CREDENTIALS : Check.PERMISSION);
        }
        if (status == 429) {
            return rateLimited();
        }
        if (status == 408 || status >= 500) {
            return unavailable("Retry later; if the error persists, contact the vendor's support");
        }
        if (status >= 400) {
            return rejected("Check the endpoint and the settings of this backend")
                    .about(Check.SERVICE);
        }
        if (status >= 300) {
            return unreadable("Redirects are not followed, because credentials must not be sent to another host: check"
                    + " the endpoint and any proxy");
        }
        return unreadable("Check that the endpoint is the vendor's API; if it is, the API has changed: report it");
    }

    /**
     * The failure of one call.
     *
     * @param subject what was requested, such as {@code firmware 28f6…} or {@code the deletion of firmware 28f6…}
     */
    public OtaFailure failure(
            OperationContext origin, Message subject, HttpResponse response, VendorError error, Clock clock) {
        FailureDetails details = FailureDetails.of(origin, Message.of(summary, origin.backend(), subject), advice)
                .withStatus(response.status())
                .withVendorError(error.code(), error.message(), error.requestId());
        return kind.apply(isRetryable ? details.withRetry(response.retryAfter(clock)) : details);
    }
}
