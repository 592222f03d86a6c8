package io.otabridge.spring.web;

import io.otabridge.app.UnknownBackendException;
import io.otabridge.app.UnknownProductException;
import io.otabridge.domain.InvalidValueException;
import io.otabridge.domain.OtaFailure;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Failures as problem details (RFC 9457). They hold no vendor message, host or advice, which are for operators. */
final class Problems {

    private Problems() {}

    static ProblemDetail of(OtaFailure failure) {
        String kind = failure.getClass().getSimpleName();
        ProblemDetail problem = problem(status(failure), kind, detail(failure));
        problem.setProperty("backend", failure.backend());
        problem.setProperty("retryable", failure.isRetryable());
        failure.vendorCode().forEach(code -> problem.setProperty("vendorCode", code));
        failure.requestId().forEach(id -> problem.setProperty("requestId", id));
        return problem;
    }

    static ProblemDetail of(UnknownBackendException unknown) {
        return problem(HttpStatus.NOT_FOUND, "UnknownBackend", "The backend \"" + unknown.name() + "\" is unknown");
    }

    static ProblemDetail of(UnknownProductException unknown) {
        return problem(
                HttpStatus.NOT_FOUND,
                "UnknownProduct",
                "The product \"" + unknown.name() + "\" has no id for the backend \"" + unknown.backend() + "\"");
    }

    static ProblemDetail of(InvalidValueException invalid) {
        return problem(
                HttpStatus.BAD_REQUEST,
                "InvalidId",
                "The " + invalid.violation().subject() + " is not valid: it must be "
                        + invalid.violation().requirement());
    }

    /** Returns what happened. Failures between the application and the vendor name hosts, which are for operators. */
    private static String detail(OtaFailure failure) {
        String backend = "Backend " + failure.backend();
        return switch (status(failure)) {
            case BAD_GATEWAY ->
                failure instanceof OtaFailure.DigestMismatch
                        ? failure.summary()
                        : backend + " did not give a usable response";
            case SERVICE_UNAVAILABLE -> backend + " is not available";
            case GATEWAY_TIMEOUT -> backend + " did not respond in time";
            default -> failure.summary();
        };
    }

    private static ProblemDetail problem(HttpStatus status, String kind, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        String words = kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        problem.setTitle(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
        problem.setProperty("kind", kind);
        return problem;
    }

    /** A failure between the application and the vendor is none of the caller, so it is never 401 or 403. */
    static HttpStatus status(OtaFailure failure) {
        if (failure instanceof OtaFailure.NotFound) {
            return HttpStatus.NOT_FOUND;
        }
        if (failure instanceof OtaFailure.Rejected rejected) {
            return rejected.subject() == OtaFailure.Rejected.Subject.REQUEST
                    ? HttpStatus.BAD_REQUEST
                    : HttpStatus.BAD_GATEWAY;
        }
        if (failure instanceof OtaFailure.RateLimited) {
            return HttpStatus.TOO_MANY_REQUESTS;
        }
        if (failure instanceof OtaFailure.Unavailable
                || failure instanceof OtaFailure.CircuitOpen
                || failure instanceof OtaFailure.Cancelled) {
            return HttpStatus.SERVICE_UNAVAILABLE;
        }
        if (failure instanceof OtaFailure.DeadlineExceeded) {
            return HttpStatus.GATEWAY_TIMEOUT;
        }
        return failure instanceof OtaFailure.Unsupported ? HttpStatus.NOT_IMPLEMENTED : HttpStatus.BAD_GATEWAY;
    }

    /** Returns the value of {@code Retry-After}: whole seconds, at least one. */
    static String seconds(Duration delay) {
        return String.valueOf(Math.max(1, delay.plusMillis(999).toSeconds()));
    }
}
