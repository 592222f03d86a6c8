package io.otabridge.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    private static final FailureDetails DETAILS = FailureDetails.of(
                    new OperationContext("prod", Vendor.of("acme"), "Show"), "It failed", "Set HW_SK")
            .withVendorError(Option.some("A.1"), Option.some("vendor message"), Option.some("r-1"));

    private static final Map<OtaFailure, Integer> STATUS = Map.ofEntries(
            Map.entry(new OtaFailure.NotFound(DETAILS), 404),
            Map.entry(new OtaFailure.AccessDenied(DETAILS), 502),
            Map.entry(new OtaFailure.Rejected(DETAILS), 400),
            Map.entry(new OtaFailure.RateLimited(DETAILS), 429),
            Map.entry(new OtaFailure.Unavailable(DETAILS), 503),
            Map.entry(new OtaFailure.CircuitOpen(DETAILS), 503),
            Map.entry(new OtaFailure.DeadlineExceeded(DETAILS), 504),
            Map.entry(new OtaFailure.Cancelled(DETAILS), 503),
            Map.entry(new OtaFailure.OutcomeUnknown(DETAILS, Option.none()), 502),
            Map.entry(new OtaFailure.UnreadableResponse(DETAILS), 502),
            Map.entry(new OtaFailure.DigestMismatch(DETAILS), 502),
            Map.entry(new OtaFailure.Unsupported(DETAILS, Capability.LIST_MODULES), 501));

    @Test
    void every_kind_has_a_status() {
        STATUS.forEach((failure, status) -> assertThat(Problems.of(failure).getStatus())
                .as(failure.getClass().getSimpleName())
                .isEqualTo(status));
        assertThat(STATUS.keySet().stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsAll(
                        Stream.of(OtaFailure.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    }

    @Test
    void advice_and_message_of_the_vendor_are_for_operators() {
        assertThat(Problems.of(new OtaFailure.AccessDenied(DETAILS)).toString())
                .contains("Backend prod did not give a usable response", "A.1", "r-1")
                .doesNotContain("HW_SK", "vendor message", "It failed");
        assertThat(Problems.of(new OtaFailure.NotFound(DETAILS)).getDetail()).isEqualTo("It failed");
    }

    @Test
    void a_proxy_that_rejects_a_request_is_no_error_of_the_caller() {
        assertThat(Problems.of(new OtaFailure.Rejected(DETAILS, OtaFailure.Rejected.Subject.NETWORK))
                        .toString())
                .contains("status=502", "Backend prod did not give a usable response")
                .doesNotContain("It failed");
    }

    @Test
    void a_delay_is_at_least_a_second() {
        assertThat(Problems.seconds(Duration.ofMillis(1))).isEqualTo("1");
        assertThat(Problems.seconds(Duration.ofMillis(1001))).isEqualTo("2");
        assertThat(Problems.seconds(Duration.ZERO)).isEqualTo("1");
    }
}
