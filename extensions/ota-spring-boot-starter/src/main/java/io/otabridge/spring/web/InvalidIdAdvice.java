package io.otabridge.spring.web;

import io.otabridge.domain.InvalidValueException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Handles ids that are not valid, including the cause of an exception for a parameter. Handlers of the application have
 * priority.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class InvalidIdAdvice {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidValueException exception) {
        ProblemDetail problem = Problems.of(exception);
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }
}
