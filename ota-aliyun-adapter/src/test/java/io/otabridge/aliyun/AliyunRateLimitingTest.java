package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.RateLimiter;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobListener;
import io.otabridge.domain.job.JobWatch;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client-side rate limiting. A quota of one call in a thousand seconds makes counts exact. */
class AliyunRateLimitingTest {

    private static final Map<String, ?> ONE = Map.of("QueryOTAFirmware", "0.001");

    private static final int WATCHES = 50;

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final RateLimiter limiter = RateLimiter.over(QuotaStore.inMemory());

    @Test
    void sends_nothing_above_the_quota() {
        stub();
        Backend backend = open(Map.of("quota", ONE));

        assertThat(find(backend).isRight()).isTrue();
        OtaFailure failure = find(backend).getLeft();

        assertThat(sent()).isEqualTo(1);
        assertThat(failure).isInstanceOf(OtaFailure.RateLimited.class);
        assertThat(failure.summary()).contains("QueryOTAFirmware", "nothing was sent");
        assertThat(failure.retryAfter().get()).isGreaterThan(Duration.ofMinutes(15));
    }

    @Test
    void counts_all_backends_of_an_account_together() {
        stub();

        assertThat(find(open(Map.of("quota", ONE))).isRight()).isTrue();
        assertThat(find(open(Map.of("quota", ONE))).getLeft()).isInstanceOf(OtaFailure.RateLimited.class);
        assertThat(find(open(Map.of("quota", ONE, "account", "another"))).isRight())
                .isTrue();
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void counts_operations_separately() {
        stub();
        Backend backend = open(Map.of("quota", ONE));
        find(backend);

        backend.firmwareCommands().delete(FirmwareId.of("f"));

        assertThat(sent()).isEqualTo(2);
    }

    /** Each poll reads the job, and counts its tasks in each state. */
    @ParameterizedTest
    @CsvSource({"QueryOTAJob,ListOTATaskByJob", "ListOTATaskByJob,QueryOTAJob"})
    void fifty_watches_send_no_more_than_the_quota(String limited, String other) {
        Backend backend = open(Map.of("quota", Map.of(limited, "0.001", other, 1_000)));
        SERVER.stubFor(action("ListOTATaskByJob")
                .willReturn(
                        okJson("{\"Success\":true,\"Total\":0,\"PageCount\":0,\"Data\":{\"SimpleOTATaskInfo\":[]}}")));
        for (int number = 0; number < WATCHES; number++) {
            SERVER.stubFor(action("QueryOTAJob")
                    .withQueryParam("JobId", equalTo("job-" + number))
                    .willReturn(okJson("{\"Success\":true,\"Data\":{\"JobId\":\"job-" + number
                            + "\",\"JobStatus\":\"IN_PROGRESS\"}}")));
        }

        assertThat(watchAll(backend)).hasOnlyElementsOfType(OtaFailure.DeadlineExceeded.class);

        assertThat(sent(limited)).isEqualTo(1);
        assertThat(sent(other)).isPositive();
    }

    private static List<OtaFailure> watchAll(Backend backend) {
        JobWatch watch = JobWatch.standard()
                .every(Duration.ofMillis(1), Duration.ofMillis(5))
                .timeout(Duration.ofMillis(50));
        return List.range(0, WATCHES)
                .map(number -> CompletableFuture.supplyAsync(
                        () -> backend.jobs().watch(JobId.of("job-" + number), watch, JobListener.NONE)))
                .map(CompletableFuture::join)
                .map(Either::getLeft);
    }

    private static MappingBuilder action(String name) {
        return any(anyUrl()).withHeader("x-acs-action", equalTo(name));
    }

    @Test
    void waits_after_the_vendor_throttled() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(jsonResponse("{\"RequestId\":\"r\",\"Code\":\"Throttling.User\",\"Message\":\"Slow\"}", 400)
                        .withHeader("Retry-After", "100")));
        Backend backend = open(Map.of());

        assertThat(find(backend).getLeft()).isInstanceOf(OtaFailure.RateLimited.class);
        stub();
        OtaFailure failure = find(backend).getLeft();

        assertThat(sent()).isEqualTo(1);
        assertThat(failure.summary()).contains("nothing was sent");
        assertThat(limiter.usage().head().throttled()).isEqualTo(1);
    }

    @Test
    void sends_everything_if_rate_limiting_is_off() {
        stub();
        Backend backend = open(Map.of("quota", ONE, "pacing", "off"));

        List.range(0, 5).forEach(i -> find(backend));

        assertThat(sent()).isEqualTo(5);
        assertThat(limiter.usage()).isEmpty();
    }

    @Test
    void applies_a_new_quota_after_reopening() {
        stub();
        Backend slow = open(Map.of("quota", Map.of("QueryOTAFirmware", 10)));
        find(slow);
        slow.within(Duration.ofSeconds(9)).close();
        assertThat(limiter.usage()).allMatch(usage -> usage.limit() < 10);

        slow.close();
        find(open(Map.of("quota", Map.of("QueryOTAFirmware", 20))));
        assertThat(limiter.usage()).hasSize(1).allMatch(usage -> usage.limit() > 19);
    }

    @Test
    void rejects_invalid_quotas() {
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

        List<ConfigError> errors = new AliyunProvider()
                .open("legacy", SettingsReader.of("backends.legacy", settings), AliyunFixture.context())
                .getLeft();

        assertThat(errors.map(ConfigError::key))
                .containsExactlyInAnyOrder(
                        "backends.legacy.quota.QueryOTAFirmware",
                        "backends.legacy.quota",
                        "backends.legacy.quota.local-share",
                        // The class path has no store for this scheme.
                        "backends.legacy.quota.redis");
        assertThat(errors.mkString()).doesNotContain("s3cret");
    }

    private Backend open(Map<String, ?> more) {
        Map<String, Object> settings = AliyunFixture.settings(SERVER.baseUrl());
        settings.remove("pacing");
        settings.putAll(more);
        return new AliyunProvider()
                .open(
                        "legacy",
                        SettingsReader.of("backends.legacy", settings),
                        AliyunFixture.context().withResource(RateLimiter.class, limiter))
                .get();
    }

    private static Either<OtaFailure, Firmware> find(Backend backend) {
        return backend.firmware().find(FirmwareId.of("f"));
    }

    private static void stub() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(okJson("{\"RequestId\":\"r\",\"Success\":true,"
                        + "\"FirmwareInfo\":{\"FirmwareId\":\"f\",\"DestVersion\":\"1.0\"}}")));
    }

    private static int sent(String action) {
        return SERVER.findAll(anyRequestedFor(anyUrl()).withHeader("x-acs-action", equalTo(action)))
                .size();
    }

    private static int sent() {
        return SERVER.getAllServeEvents().size();
    }
}
