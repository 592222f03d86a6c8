package io.otabridge.huawei.auth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.credentials.AccessKeyProvider;
import io.otabridge.client.credentials.TemporaryAccessKey;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.RateLimiter;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.contracts.ManualClock;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.huawei.HuaweiFixture;
import io.otabridge.huawei.HuaweiProvider;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Temporary keys of a metadata service and of an application, against a simulator that checks signatures. */
class EcsAgencyKeyProviderTest {

    private static final FirmwareId PACKAGE = FirmwareId.of(HuaweiSimulator.DOCUMENTED_PACKAGE);
    private static final String SESSION = "/meta-data/latest/api/token";
    private static final String KEYS = "/openstack/latest/securitykey";

    @RegisterExtension
    static final WireMockExtension METADATA = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @RegisterExtension
    static final WireMockExtension ELSEWHERE = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final ManualClock clock = new ManualClock(HuaweiFixture.NOW);
    private final HuaweiSimulator simulator = HuaweiSimulator.start(0, clock);
    private final Map<String, Object> credentials = new HashMap<>();
    private final Map<String, Object> settings = new HashMap<>();
    private BackendContext context = HuaweiFixture.context().withClock(clock);

    EcsAgencyKeyProviderTest() {
        simulator.requireSecurityToken(true);
        credentials.put("source", "ecs");
        credentials.put("metadata-endpoint", METADATA.baseUrl());
        settings.put("endpoint", simulator.endpoint().toString());
        settings.put("project-id", simulator.projectId());
        settings.put("app-id", simulator.appId());
        settings.put("credentials", credentials);
        settings.put("pacing", "off");
        settings.put("retries", 0);
    }

    @BeforeEach
    void stubSessions() {
        METADATA.stubFor(put(urlEqualTo(SESSION)).willReturn(aResponse().withBody("session-1")));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void signs_with_the_keys_of_the_ecs() {
        givenKeys(keys());
        Backend backend = open();

        assertThat(find(backend).isRight()).isTrue();
        assertThat(find(backend).isRight()).isTrue();

        METADATA.verify(
                1, putRequestedFor(urlEqualTo(SESSION)).withHeader("X-Metadata-Token-Ttl-Seconds", equalTo("300")));
        METADATA.verify(1, getRequestedFor(urlEqualTo(KEYS)).withHeader("X-Metadata-Token", equalTo("session-1")));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void gets_keys_without_a_session_if_unsupported(int status) {
        METADATA.stubFor(put(urlEqualTo(SESSION)).willReturn(aResponse().withStatus(status)));
        givenKeys(keys());

        assertThat(find(open()).isRight()).isTrue();

        METADATA.verify(1, getRequestedFor(urlEqualTo(KEYS)).withHeader("X-Metadata-Token", absent()));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 500, 501})
    void gets_no_keys_if_the_session_fails(int status) {
        METADATA.stubFor(put(urlEqualTo(SESSION)).willReturn(aResponse().withStatus(status)));

        assertThat(find(open()).getLeft().status()).contains(status);
        METADATA.verify(1, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-16T08:15:30+0000", "2026-01-16T16:15:30.000000+08:00"})
    void reads_an_expiry_with_an_offset(String expiry) {
        givenKeys(keys().replace("2026-01-16T08:15:30.000000Z", expiry));
        Backend backend = open();
        assertThat(find(backend).isRight()).isTrue();

        clock.advance(Duration.ofHours(23));
        assertThat(find(backend).isRight()).isTrue();
        METADATA.verify(1, getRequestedFor(urlEqualTo(KEYS)));
    }

    @Test
    void sends_nothing_before_the_first_call() {
        open();

        METADATA.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void refreshes_keys_before_they_expire() {
        givenKeys(keys());
        Backend backend = open();
        find(backend);
        clock.advance(Duration.ofHours(24).minusMinutes(4));
        givenKeys(keys().replace("2026-01-16", "2026-01-17"));

        assertThat(find(backend).isRight()).isTrue();
        METADATA.verify(2, getRequestedFor(urlEqualTo(KEYS)));
    }

    @Test
    void refreshes_keys_that_the_vendor_rejects() {
        givenKeys(keys().replace(simulator.securityToken(), "the-expired-token"));
        settings.put("endpoint", ELSEWHERE.baseUrl());
        ELSEWHERE.stubFor(any(anyUrl())
                .withHeader("X-Security-Token", equalTo("the-expired-token"))
                .willReturn(aResponse().withStatus(401).withBody("{\"error_code\":\"APIGW.0301\"}")));
        ELSEWHERE.stubFor(any(anyUrl())
                .withHeader("X-Security-Token", equalTo(simulator.securityToken()))
                .willReturn(okJson(HuaweiFixture.payload("package-found"))));
        METADATA.stubFor(get(urlEqualTo(KEYS))
                .inScenario("expiry")
                .whenScenarioStateIs("Started")
                .willSetStateTo("expired")
                .willReturn(okJson(keys().replace(simulator.securityToken(), "the-expired-token"))));
        METADATA.stubFor(get(urlEqualTo(KEYS))
                .inScenario("expiry")
                .whenScenarioStateIs("expired")
                .willReturn(okJson(keys())));

        assertThat(find(open()).isRight()).isTrue();
        METADATA.verify(2, getRequestedFor(urlEqualTo(KEYS)));
    }

    static Stream<Arguments> invalidResponses() {
        return Stream.of(
                arguments("no expiry", 200, "\"expires_at\"", "UnreadableResponse", "credential.expires_at is missing"),
                arguments("no token", 200, "\"securitytoken\"", "UnreadableResponse", "securitytoken is missing"),
                arguments("no secret", 200, "\"secret\"", "UnreadableResponse", "credential.secret is missing"),
                arguments("no id", 200, "\"access\"", "UnreadableResponse", "credential.access is missing"),
                arguments("nothing", 200, "\"credential\"", "UnreadableResponse", "credential is missing"),
                arguments("no agency", 401, "", "AccessDenied", "denied access to temporary keys of this ECS"),
                arguments("no path", 404, "", "AccessDenied", "denied access to temporary keys of this ECS"),
                arguments(
                        "an outage",
                        500,
                        "",
                        "Unavailable",
                        "is unavailable; the request was for temporary keys of this ECS"),
                arguments("a redirect", 302, "", "UnreadableResponse", "undocumented"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void advises_an_agency_if_access_is_denied_with_a_web_page(int status) {
        METADATA.stubFor(get(urlEqualTo(KEYS))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "text/html")
                        .withBody("<html><title>Forbidden</title></html>")));

        OtaFailure failure = find(open()).getLeft();

        assertFailure(failure, "AccessDenied", "denied access to temporary keys of this ECS");
        assertThat(failure.advice()).contains("agency");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidResponses")
    void reports_an_invalid_response(String name, int status, String removed, String kind, String text) {
        METADATA.stubFor(get(urlEqualTo(KEYS))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Location", ELSEWHERE.baseUrl())
                        .withBody(removed.isEmpty() ? keys() : keys().replace(removed, "\"other\""))));

        assertFailure(find(open()).getLeft(), kind, text);
        ELSEWHERE.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void hides_a_truncated_response() {
        givenKeys(keys().substring(0, keys().length() - 3));

        assertFailure(find(open()).getLeft(), "UnreadableResponse", "not JSON, or cut off");
    }

    @Test
    void hides_an_invalid_key() {
        givenKeys(keys().replace(simulator.secretKey(), simulator.secretKey() + "\\n"));

        assertFailure(find(open()).getLeft(), "UnreadableResponse", "secret \"***\" is not valid");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 500})
    void gets_no_keys_if_the_session_is_rejected(int status) {
        METADATA.stubFor(put(urlEqualTo(SESSION)).willReturn(aResponse().withStatus(status)));

        assertThat(find(open()).isLeft()).isTrue();
        METADATA.verify(0, getRequestedFor(urlEqualTo(KEYS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb"})
    void rejects_an_invalid_session_token(String token) {
        METADATA.stubFor(put(urlEqualTo(SESSION)).willReturn(aResponse().withBody(token)));

        assertFailure(find(open()).getLeft(), "UnreadableResponse", "the session token");
    }

    @Test
    void fails_at_the_deadline_without_a_response() {
        METADATA.stubFor(put(urlEqualTo(SESSION)).willReturn(aResponse().withFixedDelay(60_000)));
        settings.put("timeout", "500ms");

        OtaFailure failure = find(open()).getLeft();

        assertFailure(failure, "DeadlineExceeded", "the request was for temporary keys of this ECS");
        assertThat(failure.advice()).contains("source: ecs works only on a Huawei Cloud ECS");
    }

    @Test
    void connects_to_the_service_without_a_proxy() {
        givenKeys(keys());
        InetSocketAddress proxy = InetSocketAddress.createUnresolved(
                "127.0.0.1", ELSEWHERE.getRuntimeInfo().getHttpPort());
        context = context.withResource(
                HttpTransport.class,
                HttpTransport.over(new OkHttpClient.Builder()
                        .proxy(new Proxy(Proxy.Type.HTTP, proxy))
                        .build()));

        find(open());

        METADATA.verify(1, getRequestedFor(urlEqualTo(KEYS)));
        ELSEWHERE.verify(0, getRequestedFor(urlEqualTo(KEYS)));
    }

    @Test
    void signs_with_the_keys_of_the_application() {
        AtomicInteger requests = new AtomicInteger();
        givenSource(backend -> {
            requests.incrementAndGet();
            return Either.right(new TemporaryAccessKey(
                    new AccessKey(
                            simulator.accessKey(),
                            Secret.of(simulator.secretKey()),
                            Option.some(Secret.of(simulator.securityToken()))),
                    clock.instant().plus(Duration.ofHours(1))));
        });
        Backend backend = open();

        assertThat(find(backend).isRight()).isTrue();
        assertThat(find(backend).isRight()).isTrue();
        assertThat(requests).hasValue(1);
        clock.advance(Duration.ofHours(1));
        assertThat(find(backend).isRight()).isTrue();
        assertThat(requests).hasValue(2);
    }

    @Test
    void rotated_keys_of_one_backend_share_one_quota() {
        RateLimiter limiter = RateLimiter.over(QuotaStore.inMemory());
        AtomicInteger issued = new AtomicInteger();
        givenSource(backend -> Either.right(new TemporaryAccessKey(
                new AccessKey("AK" + issued.incrementAndGet(), Secret.of("secret"), Option.none()),
                clock.instant().plus(Duration.ofHours(1)))));
        context = context.withResource(RateLimiter.class, limiter);
        settings.remove("pacing");
        settings.put("endpoint", ELSEWHERE.baseUrl());
        ELSEWHERE.stubFor(any(anyUrl()).willReturn(okJson(HuaweiFixture.payload("package-found"))));
        Backend backend = open();

        for (int i = 0; i < 10; i++) {
            assertThat(find(backend).isRight()).isTrue();
            clock.advance(Duration.ofHours(1));
        }

        assertThat(issued).hasValue(10);
        assertThat(limiter.usage()).hasSize(1);
    }

    @Test
    void reports_why_the_application_has_no_key() {
        givenSource(backend -> Either.left("The vault is sealed for " + backend));

        OtaFailure failure = find(open()).getLeft();

        assertThat(failure.summary())
                .isEqualTo("Backend prod received no access key from the application: The vault is sealed for prod");
        assertThat(simulator.requestCount()).isZero();
    }

    private void givenSource(AccessKeyProvider source) {
        credentials.remove("metadata-endpoint");
        credentials.put("source", "application");
        context = context.withResource(AccessKeyProvider.class, source);
    }

    private void assertFailure(OtaFailure failure, String kind, String text) {
        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.summary()).startsWith("Backend prod").contains(text);
        assertThat(failure.advice()).isNotBlank();
        assertThat(failure.toString())
                .doesNotContain(simulator.accessKey())
                .doesNotContain(simulator.secretKey())
                .doesNotContain(simulator.securityToken())
                .doesNotContain("session-1");
        assertThat(simulator.requestCount()).isZero();
    }

    private void givenKeys(String body) {
        ResponseDefinitionBuilder response = okJson(body);
        METADATA.stubFor(get(urlEqualTo(KEYS)).willReturn(response));
    }

    private String keys() {
        return """
            {"credential":{"access":"%s","secret":"%s","securitytoken":"%s",
            "expires_at":"2026-01-16T08:15:30.000000Z"}}\
            """.formatted(simulator.accessKey(), simulator.secretKey(), simulator.securityToken());
    }

    private static Either<OtaFailure, Firmware> find(Backend backend) {
        return backend.firmware().find(PACKAGE);
    }

    private Backend open() {
        return new HuaweiProvider()
                .open("prod", SettingsReader.of("backends.prod", settings), context)
                .get();
    }
}
