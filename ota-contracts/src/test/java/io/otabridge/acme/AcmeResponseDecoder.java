package io.otabridge.acme;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.otabridge.client.VendorResponse;
import io.otabridge.client.VendorResponseDecoder;
import io.otabridge.client.error.ErrorRule;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.json.FieldReader;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decodes responses of Acme Shelf. Errors have an HTTP status and an error code in the body. The error code determines
 * the failure; the status does only if there is no code. Acme Shelf throttles with status 503, and a 404 without a
 * code comes from a gateway.
 */
final class AcmeResponseDecoder implements VendorResponseDecoder {

    private static final LenientJsonReader<ErrorDto> ERROR = LenientJsonReader.of(ErrorDto.class);
    private static final ErrorRule NOT_FOUND = ErrorRule.notFound("Check the spelling, upper and lower case included");
    private static final Map<String, ErrorRule> BY_CODE = Map.of(
            "unauthorized", ErrorRule.accessDenied("Copy the token from the console again"),
            "forbidden", ErrorRule.accessDenied("Give the token's user the role Shelf Keeper"),
            "invalid", ErrorRule.rejected("Check the id or name in the request"),
            "exists", ErrorRule.rejected("Choose another name"),
            "no-such-package", NOT_FOUND,
            "no-such-product", NOT_FOUND,
            "no-such-module", NOT_FOUND,
            "slow-down", ErrorRule.rateLimited(),
            "closed", ErrorRule.unavailable("Try again later"));

    @Override
    public <D, T> Either<OtaFailure, T> decode(
            VendorResponse response, LenientJsonReader<D> reader, Function<D, Either<String, T>> mapping) {
        HttpResponse http = response.http();
        return http.isSuccess()
                ? reader.read(http.body())
                        .flatMap(mapping)
                        .mapLeft(reason -> response.unreadable(reason, requestId(http)))
                : Either.left(failure(response));
    }

    /** Decodes the response to a deletion. Only the documented status 204 is a success. */
    @Override
    public Either<OtaFailure, DeleteResult> decodeDeletion(VendorResponse response) {
        HttpResponse http = response.http();
        if (http.status() == 204) {
            return Either.right(DeleteResult.DELETED);
        }
        return Either.left(
                http.isSuccess() ? response.unreadable("the status is not 204", requestId(http)) : failure(response));
    }

    private static OtaFailure failure(VendorResponse response) {
        HttpResponse http = response.http();
        Option<ErrorDto> error = ERROR.read(http.body())
                .toOption()
                .filter(dto -> FieldReader.text(dto.error()).isDefined());
        VendorError report = error.map(dto -> VendorError.of(
                        FieldReader.text(dto.error()),
                        FieldReader.text(dto.message()),
                        requestId(http),
                        response.redactor()))
                .getOrElse(() -> VendorError.ofUnreadable(http, requestId(http), response.redactor()));
        ErrorRule rule = error.flatMap(dto -> Option.of(BY_CODE.get(dto.error())))
                .getOrElse(() -> ErrorRule.byStatus(http.status()));
        return response.failure(rule, report);
    }

    /** Returns the request id, which the support of Acme needs. */
    private static Option<String> requestId(HttpResponse http) {
        return http.header("X-Request-Id");
    }

    record ErrorDto(
            @JsonProperty("error") @Nullable String error,
            @JsonProperty("message") @Nullable String message) {}
}
