package io.otabridge.client.diagnosis;

import io.otabridge.client.error.ErrorRule;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Finding;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.function.BiFunction;

/**
 * What the failure of a question says about a backend that is being diagnosed.
 *
 * @param check what is wrong
 * @param failure how that showed
 */
public record DiagnosedFailure(Check check, OtaFailure failure) {

    /**
     * The symptom by the adapter's table of verdicts.
     *
     * @param table the verdict on a status and a code
     */
    public static DiagnosedFailure of(OtaFailure failure, BiFunction<Integer, Option<String>, ErrorRule> table) {
        if (failure instanceof OtaFailure.UnreadableResponse) {
            return new DiagnosedFailure(Check.SERVICE, failure);
        }
        Check unsent = failure instanceof OtaFailure.RateLimited ? Check.QUOTA : Check.SERVICE;
        return new DiagnosedFailure(
                failure.status()
                        .map(status -> table.apply(status, failure.vendorCode()).check())
                        .getOrElse(unsent),
                failure);
    }

    /** Whether the request did not come as far as the vendor, because of a proxy or the network between. */
    public boolean isOfConnection() {
        return check == Check.CONNECTION;
    }

    /** Whether the vendor's code is one of these. */
    public boolean says(String... codes) {
        return saysOneOf(List.of(codes));
    }

    /** Whether the vendor's code is one of these. */
    public boolean saysOneOf(List<String> codes) {
        return failure.vendorCode().exists(codes::contains);
    }

    /** Whether the vendor's own words name this. */
    public boolean mentions(Option<String> text) {
        return text.exists(named -> failure.vendorMessage().exists(words -> words.contains(named)));
    }

    /** What is wrong, in general words. */
    public Finding failed() {
        return failed(check, failure.summary(), failure.advice());
    }

    /**
     * What is wrong with the service: it cannot answer now, or it is not this one at all.
     *
     * @param whose such as {@code Acme's}
     */
    public Finding wrongService(String whose) {
        boolean isNoResponse = failure instanceof OtaFailure.Unavailable
                || failure instanceof OtaFailure.DeadlineExceeded
                || failure instanceof OtaFailure.Cancelled;
        return isNoResponse
                ? failed()
                : failed(Check.SERVICE, "what answers at this endpoint is not " + whose + " API", failure.advice());
    }

    /** What is wrong, in these words and the vendor's. */
    public Finding failed(Check shown, String what, String advice) {
        return Finding.failed(shown, what + evidence(), advice);
    }

    /** What may matter, in these words and the vendor's. */
    public Finding warning(Check shown, String what, String advice) {
        return Finding.warning(shown, what + evidence(), advice);
    }

    private String evidence() {
        List<String> facts = List.of(
                        failure.vendorCode(),
                        failure.status().map(status -> "HTTP " + status),
                        failure.requestId().map(id -> "request id " + id))
                .flatMap(fact -> fact);
        String words = failure.vendorMessage().map(message -> ": " + message).getOrElse("");
        return facts.isEmpty() ? words : words + facts.mkString(" (", ", ", ")");
    }
}
