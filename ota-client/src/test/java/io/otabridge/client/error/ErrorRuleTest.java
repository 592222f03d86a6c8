package io.otabridge.client.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller is told. */
class ErrorRuleTest {

    private static final VendorError REPORT =
            new VendorError(Option.some("Code.1"), Option.some("their words"), Option.some("r1"));

    @ParameterizedTest
    @CsvSource({
        "200, UnreadableResponse",
        "299, UnreadableResponse",
        "300, UnreadableResponse",
        "399, UnreadableResponse",
        "400, Rejected",
        "401, AccessDenied",
        "403, AccessDenied",
        "404, Rejected",
        "407, Rejected",
        "408, Unavailable",
        "418, Rejected",
        "429, RateLimited",
        "499, Rejected",
        "500, Unavailable",
        "511, Rejected",
        "599, Unavailable"
    })
    void goes_by_the_status_when_nothing_else_is_known(int status, String kind) {
        assertThat(failure(ErrorRule.byStatus(status), status).getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void tells_a_redirect_from_an_answer_that_is_none() {
        assertThat(failure(ErrorRule.byStatus(300), 300).advice()).contains("Redirects are not followed");
        assertThat(failure(ErrorRule.byStatus(299), 299).advice()).doesNotContain("Redirects");
    }

    @ParameterizedTest
    @MethodSource
    void says_what_happened_to_what_and_what_to_do(ErrorRule verdict, String summary, Class<?> kind) {
        OtaFailure failure = failure(verdict, 400);

        assertThat(failure).isInstanceOf(kind);
        assertThat(failure.summary()).isEqualTo(summary);
        assertThat(failure.advice()).isNotBlank();
    }

    static Stream<Arguments> says_what_happened_to_what_and_what_to_do() {
        return Stream.of(
                Arguments.of(
                        ErrorRule.notFound("Do this"),
                        "Firmware f1 does not exist on backend prod",
                        OtaFailure.NotFound.class),
                Arguments.of(
                        ErrorRule.notFound("The product", "Do this"),
                        "The product does not exist on backend prod; the request was for firmware f1",
                        OtaFailure.NotFound.class),
                Arguments.of(
                        ErrorRule.accessDenied("Do this"),
                        "Backend prod refused access to firmware f1",
                        OtaFailure.AccessDenied.class),
                Arguments.of(
                        ErrorRule.rejected("Do this"),
                        "Backend prod rejected the request for firmware f1",
                        OtaFailure.Rejected.class),
                Arguments.of(
                        ErrorRule.rateLimited(),
                        "Backend prod throttles this account; the request was for firmware f1",
                        OtaFailure.RateLimited.class),
                Arguments.of(
                        ErrorRule.unavailable("Do this"),
                        "Backend prod cannot answer for firmware f1 now",
                        OtaFailure.Unavailable.class),
                Arguments.of(
                        ErrorRule.unreadable("Do this"),
                        "Backend prod returned an undocumented response for firmware f1",
                        OtaFailure.UnreadableResponse.class));
    }

    @Test
    void passes_on_what_the_vendor_said() {
        OtaFailure failure = failure(ErrorRule.rejected("Do this"), 418);

        assertThat(failure.advice()).isEqualTo("Do this");
        assertThat(failure.status()).contains(418);
        assertThat(failure.vendorCode()).contains("Code.1");
        assertThat(failure.vendorMessage()).contains("their words");
        assertThat(failure.requestId()).contains("r1");
    }

    @Test
    void speaks_of_a_wait_only_where_a_repeat_may_help() {
        OtaFailure throttled = failure(ErrorRule.rateLimited(), 429);
        OtaFailure rejected = failure(ErrorRule.rejected("Do this"), 400);

        assertThat(throttled.isRetryable()).isTrue();
        assertThat(throttled.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(rejected.isRetryable()).isFalse();
        assertThat(rejected.retryAfter()).isEmpty();
    }

    @Test
    void suspects_the_clock_only_where_that_was_said() {
        ErrorRule plain = ErrorRule.accessDenied("Do this");

        assertThat(plain.isOfTime()).isFalse();
        assertThat(plain.orOfTime().isOfTime()).isTrue();
        assertThat(failure(plain.orOfTime(), 403)).isEqualTo(failure(plain, 403));
    }

    private static OtaFailure failure(ErrorRule verdict, int status) {
        HttpResponse answer = new HttpResponse(status, Headers.of("Retry-After", "7"), new byte[0]);
        return verdict.failure(
                new OperationContext("prod", Vendor.of("acme"), "Show"),
                Message.of("firmware f1"),
                answer,
                REPORT,
                Clock.systemUTC());
    }
}
