package io.otabridge.spring.web;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Lets controllers return {@code Either<OtaFailure, T>}, also in a {@code ResponseEntity}: the response is the value, or the
 * problem details.
 */
@RestControllerAdvice
class EitherAdvice implements ResponseBodyAdvice<Object> {

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        ResolvableType type = ResolvableType.forMethodParameter(returned);
        boolean isEntity = HttpEntity.class.isAssignableFrom(type.toClass());
        ResolvableType body = isEntity ? type.as(HttpEntity.class).getGeneric(0) : type;
        return body.as(Either.class).getGeneric(0).resolve() == OtaFailure.class;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (!(body instanceof Either<?, ?> result)) {
            return body;
        }
        if (result.isRight() || !(result.getLeft() instanceof OtaFailure failure)) {
            return result.getOrNull();
        }
        ProblemDetail problem = Problems.of(failure);
        problem.setInstance(URI.create(request.getURI().getRawPath()));
        response.setStatusCode(Problems.status(failure));
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        failure.retryAfter()
                .forEach(delay -> response.getHeaders().set(HttpHeaders.RETRY_AFTER, Problems.seconds(delay)));
        return problem;
    }
}
