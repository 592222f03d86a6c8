package io.otabridge.acme;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.http.HttpAnswer;
import io.otabridge.http.JsonReader;
import io.otabridge.http.Members;
import io.otabridge.http.VendorProtocol;
import io.otabridge.http.VendorReport;
import io.otabridge.http.VendorResponse;
import io.otabridge.http.Verdict;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How Acme Shelf reports success and failure: by the HTTP status, with an error code in the body. The code decides, and the
 * status only if there is none: Acme Shelf throttles with 503, and a 404 without a code comes from a gateway.
 */
final class AcmeProtocol implements VendorProtocol {

    private static final JsonReader<ErrorDto> ERROR = JsonReader.of(ErrorDto.class);
    private static final Verdict NOT_FOUND = Verdict.notFound("Check the spelling, upper and lower case included");
    private static final Map<String, Verdict> BY_CODE = Map.of(
            "unauthorized", Verdict.accessDenied("Copy the token from the console again"),
            "forbidden", Verdict.accessDenied("Give the token's user the role Shelf Keeper"),
            "invalid", Verdict.rejected("Check the id or name in the request"),
            "exists", Verdict.rejected("Choose another name"),
            "no-such-package", NOT_FOUND,
            "no-such-product", NOT_FOUND,
            "no-such-module", NOT_FOUND,
            "slow-down", Verdict.rateLimited(),
            "closed", Verdict.unavailable("Try again later"));

    @Override
    public <D, T> Either<OtaFailure, T> decode(
            VendorResponse response, JsonReader<D> reader, Function<D, Either<String, T>> mapping) {
        HttpAnswer http = response.http();
        return http.isSuccess()
                ? reader.read(http.body())
                        .flatMap(mapping)
                        .mapLeft(reason -> response.unreadable(reason, requestId(http)))
                : Either.left(failure(response));
    }

    /** Only the documented 204 means that something is deleted. */
    @Override
    public Either<OtaFailure, DeleteResult> decodeDeletion(VendorResponse response) {
        HttpAnswer http = response.http();
        if (http.status() == 204) {
            return Either.right(DeleteResult.DELETED);
        }
        return Either.left(
                http.isSuccess() ? response.unreadable("the status is not 204", requestId(http)) : failure(response));
    }

    private static OtaFailure failure(VendorResponse response) {
        HttpAnswer http = response.http();
        Option<ErrorDto> error = ERROR.read(http.body())
                .toOption()
                .filter(dto -> Members.text(dto.error()).isDefined());
        VendorReport report = error.map(dto -> VendorReport.of(
                        Members.text(dto.error()), Members.text(dto.message()), requestId(http), response.redactor()))
                .getOrElse(() -> VendorReport.ofUnreadable(http, requestId(http), response.redactor()));
        Verdict verdict = error.flatMap(dto -> Option.of(BY_CODE.get(dto.error())))
                .getOrElse(() -> Verdict.byStatus(http.status()));
        return response.failure(verdict, report);
    }

    /** The id by which Acme's support finds the request. */
    private static Option<String> requestId(HttpAnswer http) {
        return http.header("X-Request-Id");
    }

    record ErrorDto(
            @JsonProperty("error") @Nullable String error,
            @JsonProperty("message") @Nullable String message) {}
}
