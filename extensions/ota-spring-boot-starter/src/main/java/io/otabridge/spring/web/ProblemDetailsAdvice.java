package io.otabridge.spring.web;

import io.otabridge.app.UnknownBackendException;
import io.otabridge.app.UnknownProductException;
import io.otabridge.domain.OtaException;
import io.otabridge.domain.OtaFailure;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Handles exceptions of controllers. An advice of the application with a lower order has priority. */
@RestControllerAdvice
@Order(0)
class ProblemDetailsAdvice {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(OtaException exception) {
        OtaFailure failure = exception.failure();
        ProblemDetail problem = Problems.of(failure);
        ResponseEntity.BodyBuilder response = ResponseEntity.status(problem.getStatus());
        failure.retryAfter().forEach(delay -> response.header(HttpHeaders.RETRY_AFTER, Problems.seconds(delay)));
        return response.body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unknown(UnknownBackendException exception) {
        ProblemDetail problem = Problems.of(exception);
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unknown(UnknownProductException exception) {
        ProblemDetail problem = Problems.of(exception);
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }
}
