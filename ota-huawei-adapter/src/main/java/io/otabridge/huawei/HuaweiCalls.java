package io.otabridge.huawei;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.TextRule;
import io.otabridge.http.HttpAnswer;
import io.otabridge.http.HttpSender;
import io.otabridge.http.JsonReader;
import io.otabridge.http.Redactor;
import io.otabridge.http.VendorReport;
import io.otabridge.http.Verdict;
import io.vavr.control.Either;
import java.time.Clock;
import java.util.function.Function;
import okhttp3.ResponseBody;
import retrofit2.Call;

/** The way of every question of one backend: check, send, judge, read. Safe for many threads. */
final class HuaweiCalls {

    private final String backend;
    private final Redactor redactor;
    private final HttpSender sender;
    private final Clock clock;

    HuaweiCalls(String backend, Redactor redactor, Clock clock) {
        this.backend = backend;
        this.redactor = redactor;
        this.sender = new HttpSender(redactor);
        this.clock = clock;
    }

    Origin origin(String operation) {
        return new Origin(backend, HuaweiProvider.VENDOR, operation);
    }

    /** Refuses a text that IoTDA would refuse, before anything is sent. */
    Either<OtaFailure, String> check(Origin origin, TextRule rule, String text) {
        return rule.check(text)
                .mapLeft(invalid -> new OtaFailure.Rejected(
                        FailureDetails.of(origin, invalid.message(), "Correct it; nothing was sent")));
    }

    /**
     * Sends the call and reads its answer.
     *
     * @param subject what is asked for, as it may stand in a message
     */
    <D, T> Either<OtaFailure, T> ask(
            Origin origin,
            String subject,
            Call<ResponseBody> call,
            JsonReader<D> reader,
            Function<D, Either<String, T>> mapping) {
        return sender.send(origin, call).flatMap(answer -> {
            if (!answer.isSuccess()) {
                return Either.left(failure(origin, subject, answer, HuaweiFailures.report(answer, redactor)));
            }
            return reader.read(answer.body())
                    .flatMap(mapping)
                    .mapLeft(reason -> unreadable(origin, subject, answer, reason));
        });
    }

    /** Some of Huawei's services report errors under status 200; an unreadable answer may be one. */
    private OtaFailure unreadable(Origin origin, String subject, HttpAnswer answer, String reason) {
        VendorReport report = HuaweiFailures.report(answer, redactor);
        return report.code().isDefined()
                ? failure(origin, subject, answer, report)
                : Verdict.unreadable(origin, subject, reason, answer, HuaweiFailures.requestId(answer));
    }

    private OtaFailure failure(Origin origin, String subject, HttpAnswer answer, VendorReport report) {
        return HuaweiFailures.verdict(answer.status(), report.code()).failure(origin, subject, answer, report, clock);
    }
}
