package io.otabridge.hawkbit;

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
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decodes responses of hawkBit. Errors have a code such as {@code hawkbit.server.error.repo.entitiyNotFound} [sic],
 * except those of the security filter.
 *
 * @param deletionStatus the status of a successful deletion, which depends on the operation
 */
record HawkbitDecoder(int deletionStatus) implements VendorResponseDecoder {

    private static final LenientJsonReader<ErrorDto> ERROR = LenientJsonReader.of(ErrorDto.class);
    private static final int NO_CONTENT = 204;
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, ErrorRule> BY_CODE = Map.of(
            "hawkbit.server.error.repo.entitiyNotFound", ErrorRule.notFound("Check the id"),
            "hawkbit.server.error.insufficientpermission",
                    ErrorRule.accessDenied("Give the user the permissions for targets, repository and rollouts"));

    /** A response without content, such as that for a device that has reported nothing, is an empty object. */
    @Override
    public <D, T> Either<OtaFailure, T> decode(
            VendorResponse response, LenientJsonReader<D> reader, Function<D, Either<String, T>> mapping) {
        HttpResponse http = response.http();
        return http.isSuccess()
                ? reader.read(http.status() == NO_CONTENT ? EMPTY_OBJECT : http.body())
                        .flatMap(mapping)
                        .mapLeft(reason -> response.unreadable(reason, Option.none()))
                : Either.left(failure(response));
    }

    @Override
    public Either<OtaFailure, DeleteResult> decodeDeletion(VendorResponse response) {
        HttpResponse http = response.http();
        if (http.status() == deletionStatus && http.body().length == 0) {
            return Either.right(DeleteResult.DELETED);
        }
        return Either.left(
                http.isSuccess()
                        ? response.unreadable("the status is not " + deletionStatus, Option.none())
                        : failure(response));
    }

    private static OtaFailure failure(VendorResponse response) {
        HttpResponse http = response.http();
        Option<ErrorDto> error = ERROR.read(http.body())
                .toOption()
                .filter(dto -> FieldReader.text(dto.errorCode()).isDefined());
        VendorError report = error.map(dto -> VendorError.of(
                        FieldReader.text(dto.errorCode()),
                        FieldReader.text(dto.message()),
                        Option.none(),
                        response.redactor()))
                .getOrElse(() -> VendorError.ofUnreadable(http, Option.none(), response.redactor()));
        ErrorRule rule = error.flatMap(dto -> Option.of(BY_CODE.get(dto.errorCode())))
                .getOrElse(() -> ErrorRule.byStatus(http.status()));
        return response.failure(rule, report);
    }

    record ErrorDto(
            @JsonProperty("errorCode") @Nullable String errorCode,
            @JsonProperty("message") @Nullable String message) {}
}
