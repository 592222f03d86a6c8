package io.otabridge.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.control.Option;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OtaFailureTest {

    private static final FailureDetails BARE = FailureDetails.of(
            new OperationContext("prod", Vendor.of("huawei"), "ShowOtaModule"), "It does not exist", "Request another");

    @Test
    void optional_details_are_absent_by_default() {
        OtaFailure failure = new OtaFailure.NotFound(BARE);

        assertThat(failure.backend()).isEqualTo("prod");
        assertThat(failure.operation()).isEqualTo("ShowOtaModule");
        assertThat(failure.summary()).isEqualTo("It does not exist");
        assertThat(failure.advice()).isEqualTo("Request another");
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure.status()).isEmpty();
        assertThat(failure.vendorCode()).isEmpty();
        assertThat(failure.vendorMessage()).isEmpty();
        assertThat(failure.requestId()).isEmpty();
        assertThat(failure.retryAfter()).isEmpty();
    }

    @Test
    void keeps_every_added_detail() {
        OtaFailure failure = new OtaFailure.RateLimited(BARE.withStatus(429)
                .withVendorError(Option.some("C"), Option.some("M"), Option.some("R"))
                .withRetry(Option.some(Duration.ofSeconds(3))));

        assertThat(failure.summary()).isEqualTo("It does not exist");
        assertThat(failure.status()).contains(429);
        assertThat(failure.vendorCode()).contains("C");
        assertThat(failure.vendorMessage()).contains("M");
        assertThat(failure.requestId()).contains("R");
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
    }
}
