package io.otabridge.aliyun;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.TextRule;
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
final class AliyunCalls {

    private static final JsonReader<EnvelopeDto> ENVELOPE = JsonReader.of(EnvelopeDto.class);

    private final String backend;
    private final Redactor redactor;
    private final HttpSender sender;
    private final Clock clock;

    AliyunCalls(String backend, Redactor redactor, Clock clock) {
        this.backend = backend;
        this.redactor = redactor;
        this.sender = new HttpSender(redactor);
        this.clock = clock;
    }

    Origin origin(String operation) {
        return new Origin(backend, AliyunProvider.VENDOR, operation);
    }

    /** Refuses a text that the platform would refuse, before anything is sent. */
    Either<OtaFailure, String> check(Origin origin, TextRule rule, String text) {
        return rule.check(text)
                .mapLeft(invalid -> new OtaFailure.Rejected(
                        FailureDetails.of(origin, invalid.message(), "Correct it; nothing was sent")));
    }

    /**
     * Sends the call and reads its answer. A success needs both a status of 200 to 299 and {@code Success} true.
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
            Either<String, JsonNode> body = AliyunBody.read(answer);
            Either<String, EnvelopeDto> envelope = body.flatMap(ENVELOPE::read);
            VendorReport report = AliyunFailures.report(envelope.toOption(), answer, redactor);
            if (!answer.isSuccess() || (report.code().isDefined() && !succeeded(envelope))) {
                return Either.left(AliyunFailures.verdict(answer.status(), report.code())
                        .failure(origin, subject, answer, report, clock));
            }
            return envelope.flatMap(AliyunCalls::insistOnSuccess)
                    .flatMap(success -> body)
                    .flatMap(reader::read)
                    .flatMap(mapping)
                    .mapLeft(reason -> Verdict.unreadable(origin, subject, reason, answer, report.requestId()));
        });
    }

    private static boolean succeeded(Either<String, EnvelopeDto> envelope) {
        return envelope.exists(dto -> Boolean.TRUE.equals(dto.success()));
    }

    private static Either<String, EnvelopeDto> insistOnSuccess(EnvelopeDto envelope) {
        if (envelope.success() == null) {
            return Either.left("member Success is missing");
        }
        return envelope.success() ? Either.right(envelope) : Either.left("Success is false, and no Code says why");
    }
}
