package io.otabridge.spring.web;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Handles parameters of controllers that are no valid id. Handlers of the application have priority. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class InvalidIdAdvice {

    private static final String DOMAIN = "io.otabridge.domain.";

    /**
     * @throws MethodArgumentTypeMismatchException the same exception, if the parameter has another type: then it is
     *     handled as without this advice
     */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(MethodArgumentTypeMismatchException exception) {
        Class<?> type = exception.getRequiredType();
        if (type == null || !type.getName().startsWith(DOMAIN)) {
            throw exception;
        }
        ProblemDetail problem = Problems.invalid(exception.getName());
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }
}
