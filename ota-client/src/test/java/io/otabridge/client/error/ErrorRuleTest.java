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

/** Failures for vendor errors and HTTP statuses. */
class ErrorRuleTest {

    private static final VendorError ERROR =
            new VendorError(Option.some("Code.1"), Option.some("their message"), Option.some("r1"));

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
    void maps_a_status_without_a_known_code(int status, String kind) {
        assertThat(failure(ErrorRule.byStatus(status), status).getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void distinguishes_redirects_from_undocumented_responses() {
        assertThat(failure(ErrorRule.byStatus(300), 300).advice()).contains("Redirects are not followed");
        assertThat(failure(ErrorRule.byStatus(299), 299).advice()).doesNotContain("Redirects");
    }

    @ParameterizedTest
    @MethodSource
    void has_a_summary_advice_and_a_kind(ErrorRule rule, String summary, Class<?> kind) {
        OtaFailure failure = failure(rule, 400);

        assertThat(failure).isInstanceOf(kind);
        assertThat(failure.summary()).isEqualTo(summary);
        assertThat(failure.advice()).isNotBlank();
    }

    static Stream<Arguments> has_a_summary_advice_and_a_kind() {
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
                        "Backend prod denied access to firmware f1",
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
                        "Backend prod is unavailable; the request was for firmware f1",
                        OtaFailure.Unavailable.class),
                Arguments.of(
                        ErrorRule.unreadable("Do this"),
                        "Backend prod returned an undocumented response for firmware f1",
                        OtaFailure.UnreadableResponse.class));
    }

    @Test
    void keeps_the_code_message_and_request_id_of_the_vendor() {
        OtaFailure failure = failure(ErrorRule.rejected("Do this"), 418);

        assertThat(failure.advice()).isEqualTo("Do this");
        assertThat(failure.status()).contains(418);
        assertThat(failure.vendorCode()).contains("Code.1");
        assertThat(failure.vendorMessage()).contains("their message");
        assertThat(failure.requestId()).contains("r1");
    }

    @Test
    void has_a_retry_delay_only_if_a_retry_may_help() {
        OtaFailure throttled = failure(ErrorRule.rateLimited(), 429);
        OtaFailure rejected = failure(ErrorRule.rejected("Do this"), 400);

        assertThat(throttled.isRetryable()).isTrue();
        assertThat(throttled.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(rejected.isRetryable()).isFalse();
        assertThat(rejected.retryAfter()).isEmpty();
    }

    @Test
    void only_marked_rules_may_be_clock_skew() {
        ErrorRule plain = ErrorRule.accessDenied("Do this");

        assertThat(plain.mayBeClockSkew()).isFalse();
        assertThat(plain.orClockSkew().mayBeClockSkew()).isTrue();
        assertThat(failure(plain.orClockSkew(), 403)).isEqualTo(failure(plain, 403));
    }

    private static OtaFailure failure(ErrorRule rule, int status) {
        HttpResponse response = new HttpResponse(status, Headers.of("Retry-After", "7"), new byte[0]);
        return rule.failure(
                new OperationContext("prod", Vendor.of("acme"), "Show"),
                Message.of("firmware f1"),
                response,
                ERROR,
                Clock.systemUTC());
    }
}
