package io.otabridge.aliyun;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.JsonReader;
import io.otabridge.http.VendorReport;
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
            if (!answer.isSuccess() || envelope.exists(dto -> isFailure(dto, report))) {
                return Either.left(calls.judged(
                        AliyunFailures.verdict(answer.status(), report.code()), origin, subject, answer, report));
            }
            return envelope.flatMap(AliyunCalls::insistOnSuccess)
                    .flatMap(success -> body)
                    .flatMap(reader::read)
                    .flatMap(mapping)
                    .mapLeft(reason -> calls.unreadable(origin, subject, reason, answer, report.requestId()));
        });
    }

    /** A success says so; an answer that says nothing but an error code is a failure too. */
    private static boolean isFailure(EnvelopeDto envelope, VendorReport report) {
        return envelope.success() == null ? report.code().isDefined() : !envelope.success();
    }

    private static Either<String, EnvelopeDto> insistOnSuccess(EnvelopeDto envelope) {
        return envelope.success() == null ? Either.left("member Success is missing") : Either.right(envelope);
    }
}
