package io.otabridge.aliyun.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.wire.EnvelopeDto;
import io.otabridge.aliyun.wire.ResponseBodyParser;
import io.otabridge.aliyun.wire.ResponseDto;
import io.otabridge.client.VendorProtocol;
import io.otabridge.client.VendorResponse;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;

/**
 * How the platform reports success and failure. A success needs both a status of 200 to 299 and {@code Success} true; an error
 * may come with status 200.
 */
public final class AliyunProtocol implements VendorProtocol {

    private static final LenientJsonReader<EnvelopeDto> ENVELOPE = LenientJsonReader.of(EnvelopeDto.class);

    private final AliyunErrors failures;

    public AliyunProtocol(Dialect dialect) {
        this.failures = new AliyunErrors(dialect.remedies());
    }

    @Override
    public <D, T> Either<OtaFailure, T> decode(
            VendorResponse response, LenientJsonReader<D> reader, Function<D, Either<String, T>> mapping) {
        Option<T> success = fastPath(response.http(), reader, mapping);
        return success.isDefined() ? Either.right(success.get()) : slowPath(response, reader, mapping);
    }

    @Override
    public Either<OtaFailure, DeleteResult> decodeDeletion(VendorResponse response) {
        return decode(response, ENVELOPE, done -> Either.right(DeleteResult.DELETED));
    }

    /** Reads what nearly every response is in one pass: JSON that reports a success and can be mapped. */
    private static <D, T> Option<T> fastPath(
            HttpResponse http, LenientJsonReader<D> reader, Function<D, Either<String, T>> mapping) {
        return http.isSuccess()
                ? reader.read(http.body())
                        .toOption()
                        .filter(dto -> dto instanceof ResponseDto answer && Boolean.TRUE.equals(answer.success()))
                        .flatMap(dto -> mapping.apply(dto).toOption())
                : Option.none();
    }

    /** Reads any response step by step, so that a failure can show all that the response says. */
    private <D, T> Either<OtaFailure, T> slowPath(
            VendorResponse response, LenientJsonReader<D> reader, Function<D, Either<String, T>> mapping) {
        HttpResponse http = response.http();
        Either<String, JsonNode> body = ResponseBodyParser.read(http);
        Either<String, EnvelopeDto> envelope = body.flatMap(ENVELOPE::read);
        VendorError report = AliyunErrors.report(envelope.toOption(), http, response.redactor());
        if (!http.isSuccess() || envelope.exists(dto -> isFailure(dto, report))) {
            return Either.left(response.failure(failures.verdict(http.status(), report.code()), report));
        }
        return envelope.flatMap(AliyunProtocol::requireSuccess)
                .flatMap(success -> body)
                .flatMap(reader::read)
                .flatMap(mapping)
                .mapLeft(reason -> response.unreadable(reason, report.requestId()));
    }

    /** A success says so; a response that has nothing but an error code is a failure too. */
    private static boolean isFailure(EnvelopeDto envelope, VendorError report) {
        return envelope.success() == null ? report.code().isDefined() : !envelope.success();
    }

    private static Either<String, EnvelopeDto> requireSuccess(EnvelopeDto envelope) {
        return envelope.success() == null ? Either.left("member Success is missing") : Either.right(envelope);
    }
}
