package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.otabridge.huawei.HuaweiJobResponses.progress;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.RateLimiter;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobListener;
import io.otabridge.domain.job.JobWatch;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Client-side rate limiting. A quota of one call in a thousand seconds makes counts exact. */
class HuaweiRateLimitingTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    /** The response with the job contains its counts. */
    @Test
    void fifty_watches_send_no_more_than_the_quota() {
        Map<String, Object> settings = HuaweiFixture.settings(SERVER.baseUrl());
        settings.remove("pacing");
        settings.put("quota", Map.of("total", "0.001"));
        Backend backend = new HuaweiProvider()
                .open(
                        "prod",
                        SettingsReader.of("backends.prod", settings),
                        BackendContext.system()
                                .withResource(RateLimiter.class, RateLimiter.over(QuotaStore.inMemory())))
                .get();
        SERVER.stubFor(any(anyUrl())
                .willReturn(okJson(HuaweiJobResponses.details(
                        HuaweiJobResponses.job(HuaweiJobResponses.ID, "t", "Processing", progress(1, 0, 0, 0, 0)),
                        0))));
        JobWatch watch = JobWatch.standard()
                .every(Duration.ofMillis(1), Duration.ofMillis(5))
                .timeout(Duration.ofMillis(50));

        List<Either<OtaFailure, UpgradeJob>> ends = List.range(0, 50)
                .map(number -> CompletableFuture.supplyAsync(
                        () -> backend.jobs().watch(JobId.of("%024x".formatted(number)), watch, JobListener.NONE)))
                .map(CompletableFuture::join);

        assertThat(ends.map(Either::getLeft)).hasOnlyElementsOfType(OtaFailure.DeadlineExceeded.class);
        assertThat(SERVER.getAllServeEvents()).hasSize(1);
    }
}
