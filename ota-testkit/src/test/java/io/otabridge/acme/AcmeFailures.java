package io.otabridge.acme;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.HttpAnswer;
import io.otabridge.http.JsonReader;
import io.otabridge.http.Members;
import io.otabridge.http.VendorReport;
import io.otabridge.http.Verdict;
import io.vavr.control.Option;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Acme Shelf's error answers mean. Its word decides, and the status only where no word does: it throttles with 503, and
 * a 404 without a word comes from a gateway and says nothing about packages.
 */
final class AcmeFailures {

    private static final JsonReader<ErrorDto> ERROR = JsonReader.of(ErrorDto.class);
    private static final Verdict ABSENT = Verdict.notFound("Check the spelling, upper and lower case included");
    private static final Map<String, Verdict> BY_WORD = Map.of(
            "unauthorized", Verdict.accessDenied("Copy the token from the console again"),
            "forbidden", Verdict.accessDenied("Give the token's user the role Shelf Keeper"),
            "invalid", Verdict.rejected("Check the id or name asked for"),
            "exists", Verdict.rejected("Choose another name"),
            "no-such-package", ABSENT,
            "no-such-product", ABSENT,
            "no-such-module", ABSENT,
            "slow-down", Verdict.rateLimited(),
            "closed", Verdict.unavailable("Try again later"));

    private AcmeFailures() {}

    static OtaFailure of(BackendCalls calls, Origin origin, String subject, HttpAnswer answer) {
        Option<ErrorDto> error = ERROR.read(answer.body())
                .toOption()
                .filter(dto -> Members.text(dto.error()).isDefined());
        VendorReport report = error.map(dto -> VendorReport.of(
                        Members.text(dto.error()), Members.text(dto.message()), requestId(answer), calls.redactor()))
                .getOrElse(() -> VendorReport.ofUnreadable(answer, requestId(answer), calls.redactor()));
        Verdict verdict = error.flatMap(dto -> Option.of(BY_WORD.get(dto.error())))
                .getOrElse(() -> Verdict.byStatus(answer.status()));
        return calls.judged(verdict, origin, io.otabridge.domain.Message.of(subject), answer, report);
    }

    /** The id by which Acme's support finds the request. */
    static Option<String> requestId(HttpAnswer answer) {
        return answer.header("X-Request-Id");
    }

    record ErrorDto(
            @JsonProperty("error") @Nullable String error,
            @JsonProperty("message") @Nullable String message) {}
}
