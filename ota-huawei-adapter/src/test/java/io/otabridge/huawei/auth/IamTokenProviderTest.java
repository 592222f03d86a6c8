package io.otabridge.huawei.auth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.QuotaUsage;
import io.otabridge.client.ratelimit.RateLimiter;
import io.otabridge.contracts.ManualClock;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.huawei.HuaweiFixture;
import io.otabridge.huawei.HuaweiProvider;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.vavr.control.Either;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IAM tokens of a user with a password, against a simulator that issues and counts them. */
class IamTokenProviderTest {

    private static final int THREADS = 16;
    private static final String TOKENS = "/v3/auth/tokens?nocatalog=true";
    private static final FirmwareId PACKAGE = FirmwareId.of(HuaweiSimulator.DOCUMENTED_PACKAGE);
    private static final String GOOD_BODY = "{\"token\":{\"expires_at\":\"2026-01-16T08:15:30.000000Z\"}}";
    private static final String HIDDEN = "MIIHiddenToken0123456789";

    @RegisterExtension
    static final WireMockExtension IAM = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().jettyHeaderResponseSize(1 << 16))
            .build();

    @RegisterExtension
    static final WireMockExtension ELSEWHERE = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().jettyHeaderRequestSize(1 << 16))
            .build();

    private final ManualClock clock = new ManualClock(HuaweiFixture.NOW);
    private final HuaweiSimulator simulator = HuaweiSimulator.start(0, clock);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Object> credentials = new HashMap<>();
    private final Map<String, Object> settings = new HashMap<>();
    private BackendContext context = HuaweiFixture.context().withClock(clock);

    IamTokenProviderTest() {
        credentials.put("user-name", simulator.userName());
        credentials.put("password", simulator.password());
        credentials.put("account-name", simulator.accountName());
        credentials.put("iam-endpoint", simulator.endpoint().toString());
        settings.put("endpoint", simulator.endpoint().toString());
        settings.put("project-id", simulator.projectId());
        settings.put("app-id", simulator.appId());
        settings.put("credentials", credentials);
        settings.put("pacing", "off");
        settings.put("retries", 0);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        simulator.close();
    }

    @Test
    void gets_one_token_for_sixteen_threads() {
        assertThat(findConcurrently(open())).allMatch(Either::isRight);
        assertThat(simulator.issuedTokenCount()).isEqualTo(1);
    }

    @Test
    void gets_no_token_before_the_first_call() {
        assertThat(open().authentication()).isEqualTo("IAM token by user and password, refreshed");
        assertThat(simulator.requestCount()).isZero();
    }

    @Test
    void refreshes_shortly_before_expiry() {
        Backend backend = open();
        find(backend);
        clock.advance(Duration.ofHours(23));
        assertThat(findConcurrently(backend)).allMatch(Either::isRight);
        assertThat(simulator.issuedTokenCount()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(56));
        assertThat(findConcurrently(backend)).allMatch(Either::isRight);
        assertThat(simulator.issuedTokenCount()).isEqualTo(2);
    }

    @Test
    void refreshes_once_after_expiry() {
        Backend backend = open();
        find(backend);
        clock.advance(Duration.ofDays(3));

        assertThat(findConcurrently(backend)).allMatch(Either::isRight);
        assertThat(simulator.issuedTokenCount()).isEqualTo(2);
    }

    @Test
    void refreshes_a_revoked_token_once() {
        Backend backend = open();
        find(backend);
        simulator.revokeIssuedTokens();

        assertThat(findConcurrently(backend)).allMatch(Either::isRight);
        assertThat(simulator.issuedTokenCount()).isEqualTo(2);
    }

    @Test
    void refreshes_once_for_coalesced_requests() {
        Backend backend = open();
        find(backend);
        simulator.revokeIssuedTokens();

        assertThat(concurrency(backend, Collections.nCopies(THREADS, PACKAGE))).allMatch(Either::isRight);
        assertThat(simulator.issuedTokenCount()).isEqualTo(2);
    }

    @Test
    void uses_the_clock_of_iam_if_a_new_token_seems_expired() {
        givenIam(aResponse()
                .withStatus(201)
                .withHeader("X-Subject-Token", simulator.token())
                .withHeader("Date", "Thu, 15 Jan 2026 08:15:30 GMT")
                .withBody(GOOD_BODY));
        ManualClock ahead = new ManualClock(HuaweiFixture.NOW);
        ahead.advance(Duration.ofDays(3));
        context = context.withClock(ahead);
        Backend backend = open();

        assertThat(findConcurrently(backend)).allMatch(Either::isRight);
        ahead.advance(Duration.ofHours(23));
        assertThat(findConcurrently(backend)).allMatch(Either::isRight);
        IAM.verify(1, postRequestedFor(urlEqualTo(TOKENS)));
    }

    @Test
    void refreshes_a_token_that_expired_by_the_vendors_clock() {
        ManualClock late = new ManualClock(HuaweiFixture.NOW);
        context = context.withClock(late);
        Backend backend = open();
        find(backend);
        clock.advance(Duration.ofHours(25));

        assertThat(findConcurrently(backend)).allMatch(Either::isRight);
        assertThat(simulator.issuedTokenCount()).isEqualTo(2);
    }

    @Test
    void creates_one_module_if_the_token_was_revoked() {
        Backend backend = open();
        find(backend);
        simulator.revokeIssuedTokens();
        NewModule radio = NewModule.named(ProductId.of(HuaweiSimulator.SHARED_PRODUCT), ModuleName.of("Radio"));
        int before = simulator.modules().size();

        assertThat(backend.moduleCommands().create(radio).isRight()).isTrue();

        assertThat(simulator.modules()).hasSize(before + 1);
        assertThat(simulator.issuedTokenCount()).isEqualTo(2);
    }

    @Test
    void returns_the_rejection_of_a_new_token_without_another_refresh() {
        givenIam(with(201, GOOD_BODY));
        givenVendor(403, "{\"error_code\":\"IOTDA.000004\",\"error_msg\":\"Invalid access token.\"}");
        Backend backend = open();

        OtaFailure failure = find(backend).getLeft();
        find(backend);

        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.vendorCode()).contains("IOTDA.000004");
        assertThat(failure.advice()).contains("user-name");
        IAM.verify(2, postRequestedFor(urlEqualTo(TOKENS)));
        ELSEWHERE.verify(3, anyRequestedFor(anyUrl()));
    }

    @Test
    void reports_a_wrong_password_without_a_retry() {
        credentials.put("password", "Wrong-Password-1");
        Backend backend = open();

        assertThat(findConcurrently(backend)).allSatisfy(response -> {
            OtaFailure failure = response.getLeft();
            assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
            assertThat(failure.operation()).isEqualTo("KeystoneCreateUserTokenByPassword");
            assertThat(failure.summary()).isEqualTo("Backend prod denied access to an IAM token");
            assertThat(failure.vendorMessage()).contains("The username or password is wrong.");
            assertThat(failure.advice()).contains("password");
            assertThat(failure.toString()).doesNotContain("Wrong-Password-1");
        });
        assertThat(simulator.requestCount()).isEqualTo(1);
    }

    @Test
    void sends_the_documented_request_to_iam() {
        givenIam(aResponse()
                .withStatus(201)
                .withHeader("X-Subject-Token", simulator.token())
                .withBody(GOOD_BODY));

        assertThat(find(open()).isRight()).isTrue();

        IAM.verify(1, postRequestedFor(urlEqualTo(TOKENS)).withRequestBody(equalToJson("""
            {"auth":{"identity":{"methods":["password"],"password":{"user":
            {"name":"ota-reader","password":"%s","domain":{"name":"ota-simulator"}}}},
            "scope":{"project":{"id":"04ed32dc1b0025b52fe3c01a27c2b0a8"}}}}\
            """.formatted(
                        simulator.password()))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sends_a_token_of_32_kilobytes(boolean isConfigured) {
        String token = "x".repeat(32_768);
        givenIam(tokenless(201, GOOD_BODY).withHeader("X-Subject-Token", token));
        settings.put("endpoint", ELSEWHERE.baseUrl());
        if (isConfigured) {
            settings.put("credentials", Map.of("token", token));
        }
        ELSEWHERE.stubFor(any(anyUrl()).willReturn(okJson(HuaweiFixture.payload("package-found"))));

        assertThat(find(open()).isRight()).isTrue();
        ELSEWHERE.verify(1, anyRequestedFor(anyUrl()).withHeader("X-Auth-Token", equalTo(token)));
    }

    static Stream<Arguments> invalidResponses() {
        return Stream.of(
                arguments("no header", tokenless(201, GOOD_BODY), "UnreadableResponse", "X-Subject-Token is missing"),
                arguments(
                        "two tokens",
                        tokenless(201, GOOD_BODY).withHeader("X-Subject-Token", HIDDEN + " " + HIDDEN),
                        "UnreadableResponse",
                        "X-Subject-Token is not 1 to 32768"),
                arguments(
                        "a long token",
                        tokenless(201, GOOD_BODY).withHeader("X-Subject-Token", "x".repeat(32_769)),
                        "UnreadableResponse",
                        "X-Subject-Token is not 1 to 32768 printable"),
                arguments("no expiry", with(201, "{\"token\":{}}"), "UnreadableResponse", "expires_at is missing"),
                arguments("no token", with(201, "{}"), "UnreadableResponse", "expires_at is missing"),
                arguments("null", with(201, "null"), "UnreadableResponse", "the body is null"),
                arguments("empty", with(201, ""), "UnreadableResponse", "the body is empty"),
                arguments("a page", with(200, "<html>" + HIDDEN), "UnreadableResponse", "received a web page"),
                arguments("403 of a firewall", with(403, "<html>Blocked"), "UnreadableResponse", "received a web page"),
                arguments("407", with(407, ""), "Rejected", "asks for a login"),
                arguments("511", with(511, ""), "Rejected", "asks for a login"),
                arguments("a list", with(201, "[]"), "UnreadableResponse", "wrong type"),
                arguments(
                        "no time",
                        with(201, "{\"token\":{\"expires_at\":\"tomorrow\"}}"),
                        "UnreadableResponse",
                        "expires_at"),
                arguments(
                        "over", with(201, GOOD_BODY.replace("2026", "2019")), "AccessDenied", "expired at 2019-01-16"),
                arguments("too large", with(201, "x".repeat(300_000)), "UnreadableResponse", "too large"),
                arguments("401", with(401, "{\"error\":{\"code\":401}}"), "AccessDenied", "denied access"),
                arguments("403", with(403, ""), "AccessDenied", "denied access"),
                arguments("400", with(400, "{}"), "Rejected", "rejected"),
                arguments("404", with(404, "<html>"), "Rejected", "rejected"),
                arguments("429", with(429, ""), "RateLimited", "throttles"),
                arguments("500", with(500, ""), "Unavailable", "is unavailable"),
                arguments("503", with(503, "<html>"), "Unavailable", "received a web page"),
                arguments("a redirect", with(307, ""), "UnreadableResponse", "was redirected"),
                arguments("broken off", aResponse().withFault(Fault.EMPTY_RESPONSE), "Unavailable", "an IAM token"),
                arguments("garbage", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE), "", "an IAM token"),
                arguments("hangs", with(201, GOOD_BODY).withFixedDelay(60_000), "DeadlineExceeded", "an IAM token"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidResponses")
    void reports_an_invalid_response_of_iam(String name, ResponseDefinitionBuilder response, String kind, String text) {
        givenIam(response.withHeader("Location", ELSEWHERE.baseUrl() + TOKENS));
        settings.put("timeout", name.equals("hangs") ? "1s" : "60s");
        settings.put("max-response-bytes", 200_000);

        OtaFailure failure = find(open()).getLeft();

        assertThat(failure.getClass().getSimpleName()).contains(kind);
        assertThat(failure.summary()).startsWith("Backend prod").contains(text);
        assertThat(failure.advice()).isNotBlank();
        assertThat(failure.toString()).doesNotContain(HIDDEN).doesNotContain(simulator.password());
        assertThat(simulator.requestCount()).isZero();
        ELSEWHERE.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void hides_the_password_that_iam_repeats() {
        givenIam(tokenless(
                401,
                "{\"error\":{\"code\":401,\"message\":\"user ota-reader, password " + simulator.password() + "\"}}"));

        OtaFailure failure = find(open()).getLeft();

        assertThat(failure.vendorMessage()).contains("user ota-reader, password ***");
    }

    @Test
    void hides_a_token_that_the_vendor_repeats() {
        givenIam(with(201, GOOD_BODY));
        givenVendor(400, "{\"error_code\":\"IOTDA.000006\",\"error_msg\":\"token " + HIDDEN + "\"}");

        assertThat(find(open()).getLeft().vendorMessage()).contains("token ***");
    }

    @Test
    void uses_a_valid_token_while_iam_is_down() {
        givenIam(aResponse()
                .withStatus(201)
                .withHeader("X-Subject-Token", simulator.token())
                .withBody(GOOD_BODY));
        Backend backend = open();
        find(backend);
        clock.advance(Duration.ofHours(24).minusMinutes(4));
        givenIam(aResponse().withStatus(503));

        assertThat(findConcurrently(backend)).allMatch(Either::isRight);
        IAM.verify(2, postRequestedFor(urlEqualTo(TOKENS)));
    }

    @Test
    void takes_no_permit_for_a_token_request() {
        RateLimiter limiter = RateLimiter.over(QuotaStore.inMemory());
        context = context.withResource(RateLimiter.class, limiter);
        settings.remove("pacing");

        assertThat(find(open()).isRight()).isTrue();

        assertThat(limiter.usage()).extracting(QuotaUsage::granted).containsExactly(1L);
    }

    @Test
    void applies_a_new_quota_after_reopening() {
        RateLimiter limiter = RateLimiter.over(QuotaStore.inMemory());
        context = context.withResource(RateLimiter.class, limiter);
        settings.remove("pacing");
        settings.put("quota", Map.of("total", 10));
        Backend slow = open();
        find(slow);
        slow.within(Duration.ofSeconds(9)).close();
        assertThat(limiter.usage()).hasSize(1).allMatch(usage -> usage.limit() < 10);

        slow.close();
        settings.put("quota", Map.of("total", 20));
        find(open());
        assertThat(limiter.usage()).hasSize(1).allMatch(usage -> usage.limit() > 19);
    }

    private void givenIam(ResponseDefinitionBuilder response) {
        IAM.stubFor(post(urlEqualTo(TOKENS)).willReturn(response));
        credentials.put("iam-endpoint", IAM.baseUrl());
    }

    private void givenVendor(int status, String body) {
        ELSEWHERE.stubFor(
                any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
        settings.put("endpoint", ELSEWHERE.baseUrl());
    }

    private static ResponseDefinitionBuilder with(int status, String body) {
        return tokenless(status, body).withHeader("X-Subject-Token", HIDDEN);
    }

    private static ResponseDefinitionBuilder tokenless(int status, String body) {
        return aResponse().withStatus(status).withBody(body);
    }

    private static Either<OtaFailure, Firmware> find(Backend backend) {
        return backend.firmware().find(PACKAGE);
    }

    /** Each thread requests another package, so that no requests are coalesced. */
    private List<Either<OtaFailure, Firmware>> findConcurrently(Backend backend) {
        return concurrency(
                backend,
                simulator.packages().stream()
                        .limit(THREADS)
                        .map(held -> FirmwareId.of(held.packageId()))
                        .toList());
    }

    private List<Either<OtaFailure, Firmware>> concurrency(Backend backend, List<FirmwareId> ids) {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<CompletableFuture<Either<OtaFailure, Firmware>>> calls = ids.stream()
                .map(id -> CompletableFuture.supplyAsync(
                        () -> {
                            meet(start);
                            return backend.firmware().find(id);
                        },
                        threads))
                .toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    private Backend open() {
        return new HuaweiProvider()
                .open("prod", SettingsReader.of("backends.prod", settings), context)
                .get();
    }
}
