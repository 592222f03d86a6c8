package io.otabridge.client.diagnosis;

import io.otabridge.client.error.ErrorRule;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Finding;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.function.BiFunction;

/**
 * The failure of a diagnostic call and the check that it belongs to. Immutable.
 *
 * @param check the check that failed
 * @param failure the call's failure
 */
public record CheckFailure(Check check, OtaFailure failure) {

    /**
     * Assigns a failure to a check with the adapter's error rules.
     *
     * @param rules the error rule for a status and a vendor code
     */
    public static CheckFailure of(OtaFailure failure, BiFunction<Integer, Option<String>, ErrorRule> rules) {
        if (failure instanceof OtaFailure.UnreadableResponse) {
            return new CheckFailure(Check.SERVICE, failure);
        }
        Check withoutStatus = failure instanceof OtaFailure.RateLimited ? Check.QUOTA : Check.SERVICE;
        return new CheckFailure(
                failure.status()
                        .map(status -> rules.apply(status, failure.vendorCode()).check())
                        .getOrElse(withoutStatus),
                failure);
    }

    /** Whether a proxy or the network prevented the request from reaching the vendor. */
    public boolean isConnectionFailure() {
        return check == Check.CONNECTION;
    }

    /** Whether the vendor's error code is one of these. */
    public boolean hasCode(String... codes) {
        return hasAnyCode(List.of(codes));
    }

    /** Whether the vendor's error code is one of these. */
    public boolean hasAnyCode(List<String> codes) {
        return failure.vendorCode().exists(codes::contains);
    }

    /** Whether the vendor's error message contains this text. */
    public boolean vendorMessageContains(Option<String> text) {
        return text.exists(part -> failure.vendorMessage().exists(message -> message.contains(part)));
    }

    /** A failed finding with the failure's summary and advice. */
    public Finding failed() {
        return failed(check, failure.summary(), failure.advice());
    }

    /**
     * A failed finding about the service: it is unavailable, or another service responded.
     *
     * @param whose the expected owner of the API, such as {@code Acme's}
     */
    public Finding wrongService(String whose) {
        boolean isNoResponse = failure instanceof OtaFailure.Unavailable
                || failure instanceof OtaFailure.DeadlineExceeded
                || failure instanceof OtaFailure.Cancelled;
        return isNoResponse
                ? failed()
                : failed(Check.SERVICE, "the service at this endpoint is not " + whose + " API", failure.advice());
    }

    /** A failed finding with this description, followed by the vendor's error. */
    public Finding failed(Check check, String what, String advice) {
        return Finding.failed(check, what + evidence(), advice);
    }

    /** A warning with this description, followed by the vendor's error. */
    public Finding warning(Check check, String what, String advice) {
        return Finding.warning(check, what + evidence(), advice);
    }

    private String evidence() {
        List<String> facts = List.of(
                        failure.vendorCode(),
                        failure.status().map(status -> "HTTP " + status),
                        failure.requestId().map(id -> "request id " + id))
                .flatMap(fact -> fact);
        String message = failure.vendorMessage().map(text -> ": " + text).getOrElse("");
        return facts.isEmpty() ? message : message + facts.mkString(" (", ", ", ")");
    }
}
