package io.otabridge.aliyun;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.JsonReader;
import io.otabridge.http.VendorReport;
import io.otabridge.http.Verdict;
import io.vavr.control.Either;
import java.util.function.Function;
import okhttp3.ResponseBody;
import retrofit2.Call;

/** Sends a question to the platform, judges the answer and reads it. Safe for many threads. */
final class AliyunCalls {

    private static final JsonReader<EnvelopeDto> ENVELOPE = JsonReader.of(EnvelopeDto.class);

    private final BackendCalls calls;

    AliyunCalls(BackendCalls calls) {
        this.calls = calls;
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
        return calls.send(origin, call).flatMap(answer -> {
            Either<String, JsonNode> body = AliyunBody.read(answer);
            Either<String, EnvelopeDto> envelope = body.flatMap(ENVELOPE::read);
            VendorReport report = AliyunFailures.report(envelope.toOption(), answer, calls.redactor());
            if (!answer.isSuccess() || (report.code().isDefined() && !succeeded(envelope))) {
                return Either.left(calls.judged(
                        AliyunFailures.verdict(answer.status(), report.code()), origin, subject, answer, report));
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
