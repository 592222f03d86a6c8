package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.RateLimiter;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an account's quota lets through. A quota of a call in a thousand seconds makes counts exact. */
class AliyunPacingTest {

    private static final Map<String, ?> ONE = Map.of("QueryOTAFirmware", "0.001");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final RateLimiter governor = RateLimiter.over(QuotaStore.local());

    @Test
    void sends_nothing_that_the_vendor_would_refuse() {
        answer();
        Backend backend = open(Map.of("quota", ONE));

        assertThat(ask(backend).isRight()).isTrue();
        OtaFailure failure = ask(backend).getLeft();

        assertThat(sent()).isEqualTo(1);
        assertThat(failure).isInstanceOf(OtaFailure.RateLimited.class);
        assertThat(failure.summary()).contains("QueryOTAFirmware", "nothing was sent");
        assertThat(failure.retryAfter().get()).isGreaterThan(Duration.ofMinutes(15));
    }

    @Test
    void counts_all_backends_of_an_account_together() {
        answer();

        assertThat(ask(open(Map.of("quota", ONE))).isRight()).isTrue();
        assertThat(ask(open(Map.of("quota", ONE))).getLeft()).isInstanceOf(OtaFailure.RateLimited.class);
        assertThat(ask(open(Map.of("quota", ONE, "account", "another"))).isRight())
                .isTrue();
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void counts_operations_apart() {
        answer();
        Backend backend = open(Map.of("quota", ONE));
        ask(backend);

        backend.firmwareCommands().delete(FirmwareId.of("f"));

        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void pauses_when_the_vendor_throttles_all_the_same() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(jsonResponse("{\"RequestId\":\"r\",\"Code\":\"Throttling.User\",\"Message\":\"Slow\"}", 400)
                        .withHeader("Retry-After", "100")));
        Backend backend = open(Map.of());

        assertThat(ask(backend).getLeft()).isInstanceOf(OtaFailure.RateLimited.class);
        answer();
        OtaFailure failure = ask(backend).getLeft();

        assertThat(sent()).isEqualTo(1);
        assertThat(failure.summary()).contains("nothing was sent");
        assertThat(governor.usage().head().throttled()).isEqualTo(1);
    }

    @Test
    void sends_as_it_is_told_when_pacing_is_off() {
        answer();
        Backend backend = open(Map.of("quota", ONE, "pacing", "off"));

        List.range(0, 5).forEach(i -> ask(backend));

        assertThat(sent()).isEqualTo(5);
        assertThat(governor.usage()).isEmpty();
    }

    @Test
    void a_quota_is_raised_when_the_backend_is_closed_and_opened_anew() {
        answer();
        Backend slow = open(Map.of("quota", Map.of("QueryOTAFirmware", 10)));
        ask(slow);
        slow.within(Duration.ofSeconds(9)).close();
        assertThat(governor.usage()).allMatch(usage -> usage.limit() < 10);

        slow.close();
        ask(open(Map.of("quota", Map.of("QueryOTAFirmware", 20))));
        assertThat(governor.usage()).hasSize(1).allMatch(usage -> usage.limit() > 19);
    }

    @Test
    void refuses_quotas_that_are_none() {
        Map<String, Object> settings = AliyunFixture.settings(SERVER.baseUrl());
        settings.remove("pacing");
        settings.put(
                "quota",
                Map.of(
                        "QueryOTAFirmware",
                        "fast",
                        "NoSuchOperation",
                        1,
                        "local-share",
                        2,
                        "redis",
                        "redis://user:s3cret@cache:6379"));

        List<ConfigError> faults = new AliyunProvider()
                .open("legacy", SettingsReader.of("backends.legacy", settings), AliyunFixture.context())
                .getLeft();

        assertThat(faults.map(ConfigError::key))
                .containsExactlyInAnyOrder(
                        "backends.legacy.quota.QueryOTAFirmware",
                        "backends.legacy.quota",
                        "backends.legacy.quota.local-share",
                        // No store for this scheme is on the class path here.
                        "backends.legacy.quota.redis");
        assertThat(faults.mkString()).doesNotContain("s3cret");
    }

    private Backend open(Map<String, ?> more) {
        Map<String, Object> settings = AliyunFixture.settings(SERVER.baseUrl());
        settings.remove("pacing");
        settings.putAll(more);
        return new AliyunProvider()
                .open(
                        "legacy",
                        SettingsReader.of("backends.legacy", settings),
                        AliyunFixture.context().withResource(RateLimiter.class, governor))
                .get();
    }

    private static Either<OtaFailure, Firmware> ask(Backend backend) {
        return backend.firmware().find(FirmwareId.of("f"));
    }

    private static void answer() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(okJson("{\"RequestId\":\"r\",\"Success\":true,"
                        + "\"FirmwareInfo\":{\"FirmwareId\":\"f\",\"DestVersion\":\"1.0\"}}")));
    }

    private static int sent() {
        return SERVER.getAllServeEvents().size();
    }
}
