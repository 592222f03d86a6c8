package io.otabridge.jackson;

import static io.otabridge.jackson.JsonTypes.object;

import io.otabridge.app.ConfigurationException;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaException;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.spi.ConfigError;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of failures, in one schema for backends, configurations and applications. */
final class FailureJson {

    private FailureJson() {}

    static void describe(JsonTypes types) {
        types.describe(
                OperationContext.class,
                origin -> object(
                        "backend", origin.backend(), "vendor", origin.vendor(), "operation", origin.operation()));
        types.describe(OtaFailure.class, FailureJson::failure);
        types.describe(OtaException.class, exception -> failure(exception.failure()));
        types.describe(
                ConfigurationException.class,
                exception -> error(
                        "InvalidConfiguration",
                        exception.file().map(file -> "Configuration " + file).getOrElse("The configuration")
                                + " is not valid",
                        "Correct the errors; nothing was sent",
                        exception.errors()));
        types.describe(
                ConfigError.class,
                error -> object("key", error.key(), "line", error.line(), "problem", error.problem()));
        types.describe(
                ErrorReport.class,
                error -> error(
                        error.kind(),
                        error.summary(),
                        error.advice(),
                        Option.when(
                                        !error.reason().isEmpty(),
                                        () -> object("key", null, "line", null, "problem", error.reason()))
                                .toList()));
    }

    private static Map<String, @Nullable Object> failure(OtaFailure failure) {
        return failure(
                failure.getClass().getSimpleName(),
                failure.summary(),
                failure.advice(),
                Option.some(failure),
                List.empty());
    }

    private static Map<String, @Nullable Object> error(String kind, String summary, String advice, List<?> errors) {
        return failure(kind, summary, advice, Option.none(), errors);
    }

    private static Map<String, @Nullable Object> failure(
            String kind, String summary, String advice, Option<OtaFailure> failure, List<?> errors) {
        return object(
                "kind", kind,
                "backend", failure.map(OtaFailure::backend),
                "vendor", failure.map(one -> one.details().origin().vendor()),
                "operation", failure.map(OtaFailure::operation),
                "summary", summary,
                "advice", advice,
                "status", failure.flatMap(OtaFailure::status),
                "vendorCode", failure.flatMap(OtaFailure::vendorCode),
                "vendorMessage", failure.flatMap(OtaFailure::vendorMessage),
                "requestId", failure.flatMap(OtaFailure::requestId),
                "retryable", failure.exists(OtaFailure::isRetryable),
                "retryAfterMillis", failure.flatMap(OtaFailure::retryAfter).map(Duration::toMillis),
                "limit", failure.flatMap(FailureJson::limit),
                "clientToken", failure.flatMap(FailureJson::clientToken),
                "capability", failure.flatMap(FailureJson::capability),
                "errors", errors);
    }

    private static Option<OtaFailure.RateLimited.Limit> limit(OtaFailure failure) {
        return failure instanceof OtaFailure.RateLimited limited ? Option.some(limited.limit()) : Option.none();
    }

    private static Option<String> clientToken(OtaFailure failure) {
        return failure instanceof OtaFailure.OutcomeUnknown unknown ? unknown.clientToken() : Option.none();
    }

    private static Option<Capability> capability(OtaFailure failure) {
        return failure instanceof OtaFailure.Unsupported unsupported
                ? Option.some(unsupported.capability())
                : Option.none();
    }
}
