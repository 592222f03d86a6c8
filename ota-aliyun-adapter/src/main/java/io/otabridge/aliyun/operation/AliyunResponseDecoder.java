package io.otabridge.aliyun.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.wire.EnvelopeDto;
import io.otabridge.aliyun.wire.ResponseBodyParser;
import io.otabridge.aliyun.wire.ResponseDto;
import io.otabridge.client.VendorResponse;
import io.otabridge.client.VendorResponseDecoder;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;

/**
 * Reads responses of the platform. A success has a status of 200 to 299 and {@code Success} true. An error may have
 * status 200.
 */
public final class AliyunResponseDecoder implements VendorResponseDecoder {

    private static final LenientJsonReader<EnvelopeDto> ENVELOPE = LenientJsonReader.of(EnvelopeDto.class);

    private final AliyunErrors errors;

    public AliyunResponseDecoder(Dialect dialect) {
        this.errors = new AliyunErrors(dialect.errorAdvice());
    }

    @Override
    public <D, T> Either<OtaFailure, T> decode(
            VendorResponse response, LenientJsonReader<D> reader, Function<D, Either<String, T>> mapping) {
        Option<T> success = fastPath(response.http(), reader, mapping);
        return success.isDefined() ? Either.right(success.get()) : slowPath(response, reader, mapping);
    }

    @Override
    public Either<OtaFailure, DeleteResult> decodeDeletion(VendorResponse response) {
        return decode(response, ENVELOPE, envelope -> Either.right(DeleteResult.DELETED));
    }

    /** Reads the usual response in one pass: JSON that reports success and can be mapped. */
    private static <D, T> Option<T> fastPath(
            HttpResponse http, LenientJsonReader<D> reader, Function<D, Either<String, T>> mapping) {
        return http.isSuccess()
                ? reader.read(http.body())
                        .toOption()
                        .filter(dto -> dto instanceof ResponseDto envelope && Boolean.TRUE.equals(envelope.success()))
                        .flatMap(dto -> mapping.apply(dto).toOption())
                : Option.none();
    }

    /** Reads any response step by step, so that a failure has all details of the response. */
    private <D, T> Either<OtaFailure, T> slowPath(
            VendorResponse response, LenientJsonReader<D> reader, Function<D, Either<String, T>> mapping) {
        HttpResponse http = response.http();
        Either<String, JsonNode> body = ResponseBodyParser.read(http);
        Either<String, EnvelopeDto> envelope = body.flatMap(ENVELOPE::read);
        VendorError vendorError = AliyunErrors.vendorError(envelope.toOption(), http, response.redactor());
        if (!http.isSuccess() || envelope.exists(dto -> isFailure(dto, vendorError))) {
            return Either.left(response.failure(errors.errorRule(http.status(), vendorError.code()), vendorError));
        }
        return envelope.flatMap(AliyunResponseDecoder::requireSuccess)
                .flatMap(success -> body)
                .flatMap(reader::read)
                .flatMap(mapping)
                .mapLeft(reason -> response.unreadable(reason, vendorError.requestId()));
    }

    /** A failure has {@code Success} false, or an error code and no {@code Success}. */
    private static boolean isFailure(EnvelopeDto envelope, VendorError vendorError) {
        return envelope.success() == null ? vendorError.code().isDefined() : !envelope.success();
    }

    private static Either<String, EnvelopeDto> requireSuccess(EnvelopeDto envelope) {
        return envelope.success() == null ? Either.left("member Success is missing") : Either.right(envelope);
    }
}
