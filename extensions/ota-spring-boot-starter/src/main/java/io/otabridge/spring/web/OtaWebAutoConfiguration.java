package io.otabridge.spring.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Responses with problem details for failures, unknown backends and invalid ids. */
@AutoConfiguration
@ConditionalOnWebApplication
@ConditionalOnProperty(prefix = "ota", name = "problem-details", matchIfMissing = true)
@Import({ProblemDetailsAdvice.class, InvalidIdAdvice.class})
public class OtaWebAutoConfiguration {

    /** Controllers of Spring MVC that return results. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(name = "org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice")
    @Import(EitherAdvice.class)
    static class Mvc {}
}
