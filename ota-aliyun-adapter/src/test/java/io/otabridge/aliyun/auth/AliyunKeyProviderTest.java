package io.otabridge.aliyun.auth;

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
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.aliyun.AliyunProvider;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.credentials.AccessKeyProvider;
import io.otabridge.client.credentials.TemporaryAccessKey;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Temporary keys of a metadata service, a URI and an application, against a simulator that checks signatures. */
class AliyunKeyProviderTest {

    private static final int THREADS = 16;
    private static final FirmwareId DOCUMENTED = FirmwareId.of(AliyunSimulator.DOCUMENTED_FIRMWARE);
    private static final String SESSION = "/latest/api/token";
    private static final String ROLES = "/latest/meta-data/ram/security-credentials/";
    private static final String TOKEN_HEADER = "X-aliyun-ecs-metadata-token";
    private static final String LIFE_HEADER = "X-aliyun-ecs-metadata-token-ttl-seconds";

    @RegisterExtension
    static final WireMockExtension METADATA = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @RegisterExtension
    static final WireMockExtension VENDOR = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final AliyunSimulator simulator = AliyunSimulator.start();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Object> credentials = new HashMap<>();
    private final Map<String, Object> settings = new HashMap<>();
    private Map<String, String> environment = Map.of();
    private Option<AccessKeyProvider> source = Option.none();

    AliyunKeyProviderTest() {
        simulator.requireSecurityToken(true);
        credentials.put("source", "ecs");
        credentials.put("metadata-endpoint", METADATA.baseUrl());
        settings.put("endpoint", simulator.endpoint().toString());
        settings.put("region", simulator.region());
        settings.put("instance-id", simulator.instanceId());
        settings.put("credentials", credentials);
        settings.put("pacing", "off");
        settings.put("retries", 0);
    }

    @BeforeEach
    void stubSessionsAndRole() {
        METADATA.stubFor(put(urlEqualTo(SESSION)).willReturn(aResponse().withBody("session-1")));
        METADATA.stubFor(get(urlEqualTo(ROLES)).willReturn(aResponse().withBody("OtaReader\n")));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acs3-hmac-sha256", "hmac-sha1"})
    void signs_with_the_keys_of_the_role(String signature) {
        givenKeys(keys());
        settings.put("signature", signature);

        assertThat(find(open()).isRight()).isTrue();

        METADATA.verify(1, putRequestedFor(urlEqualTo(SESSION)).withHeader(LIFE_HEADER, equalTo("300")));
        METADATA.verify(1, getRequestedFor(urlEqualTo(ROLES)).withHeader(TOKEN_HEADER, equalTo("session-1")));
        METADATA.verify(
                1, getRequestedFor(urlEqualTo(ROLES + "OtaReader")).withHeader(TOKEN_HEADER, equalTo("session-1")));
    }

    @Test
    void gets_keys_once_for_sixteen_threads() {
        givenKeys(keys());
        Backend backend = open();
        CyclicBarrier start = new CyclicBarrier(THREADS);

        List<CompletableFuture<Either<OtaFailure, Firmware>>> calls = List.ofAll(simulator.firmware())
                .take(THREADS)
                .map(AliyunFirmware::firmwareId)
                .map(id -> CompletableFuture.supplyAsync(
                        () -> {
                            meet(start);
                            return backend.firmware().find(FirmwareId.of(id));
                        },
                        threads));

        assertThat(calls.map(CompletableFuture::join)).allMatch(Either::isRight);
        METADATA.verify(1, getRequestedFor(urlEqualTo(ROLES + "OtaReader")));
    }

    @Test
    void uses_the_configured_role() {
        credentials.put("role", "OtaReader");
        givenKeys(keys());

        assertThat(find(open()).isRight()).isTrue();
        METADATA.verify(0, getRequestedFor(urlEqualTo(ROLES)));
    }

    static Stream<Arguments> failedSessions() {
        return Stream.concat(
                Stream.of(400, 401, 403, 404, 405, 429, 500, 501, 503, 302)
                        .map(status -> arguments("" + status, aResponse().withStatus(status))),
                Stream.of(
                        arguments("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                        arguments("no response", aResponse().withFault(Fault.EMPTY_RESPONSE)),
                        arguments("garbage", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
                        arguments("timeout", aResponse().withFixedDelay(60_000)),
                        arguments("an empty token", aResponse().withBody("")),
                        arguments("a page", aResponse().withBody("<html> page </html>"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failedSessions")
    void gets_keys_without_a_session(String name, ResponseDefinitionBuilder response) {
        METADATA.stubFor(put(urlEqualTo(SESSION)).willReturn(response));
        givenKeys(keys());
        settings.put("timeout", name.equals("timeout") ? "4s" : "60s");

        assertThat(find(open()).isRight()).isTrue();
        METADATA.verify(1, getRequestedFor(urlEqualTo(ROLES + "OtaReader")).withHeader(TOKEN_HEADER, absent()));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500})
    void gets_no_keys_without_a_session_if_one_is_required(int status) {
        METADATA.stubFor(put(urlEqualTo(SESSION)).willReturn(aResponse().withStatus(status)));
        givenKeys(keys());
        environment = Map.of("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");

        assertThat(find(open()).getLeft().status()).contains(status);
        METADATA.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void does_not_use_a_disabled_metadata_service() {
        environment = Map.of("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "True");

        assertThat(errors().map(ConfigError::toString))
                .singleElement()
                .asString()
                .contains("credentials.source must not be ecs: ALIBABA_CLOUD_ECS_METADATA_DISABLED is true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2099-01-01T00:00:00+0000", "2099-01-01T08:00:00+08:00", "2099-01-01t00:00:00.5z"})
    void reads_an_expiry_with_an_offset(String expiry) {
        givenKeys(keys().replace("2099-01-01T00:00:00Z", expiry));

        assertThat(find(open()).isRight()).isTrue();
    }

    @Test
    void sends_nothing_before_the_first_call() {
        assertThat(open().authentication()).isEqualTo("temporary AccessKey of this ECS, refreshed, ACS3-HMAC-SHA256");
        METADATA.verify(0, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SecurityTokenExpired", "InvalidSecurityToken.Expired", "InvalidAccessKeyId.NotFound"})
    void refreshes_rejected_keys_once(String code) {
        givenKeys(keys());
        settings.put("endpoint", VENDOR.baseUrl());
        VENDOR.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(403)
                        .withBody("{\"Code\":\"" + code + "\",\"Message\":\"" + simulator.securityToken() + "\"}")));
        Backend backend = open();

        OtaFailure failure = find(backend).getLeft();
        find(backend);

        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.vendorMessage()).contains("***");
        METADATA.verify(2, getRequestedFor(urlEqualTo(ROLES + "OtaReader")));
        VENDOR.verify(3, anyRequestedFor(anyUrl()));
    }

    @Test
    void refreshes_nothing_for_a_missing_permission() {
        givenKeys(keys());
        settings.put("endpoint", VENDOR.baseUrl());
        VENDOR.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(403).withBody("{\"Code\":\"Forbidden.RAM\",\"Message\":\"no\"}")));

        find(open());

        METADATA.verify(1, getRequestedFor(urlEqualTo(ROLES + "OtaReader")));
        VENDOR.verify(1, anyRequestedFor(anyUrl()));
    }

    static Stream<Arguments> invalidResponses() {
        return Stream.of(
                arguments("\"Expiration\"", "\"Other\"", "UnreadableResponse", "member Expiration is missing"),
                arguments("\"SecurityToken\"", "\"Other\"", "UnreadableResponse", "member SecurityToken is missing"),
                arguments("\"AccessKeyId\"", "\"Other\"", "UnreadableResponse", "member AccessKeyId is missing"),
                arguments("\"AccessKeySecret\"", "\"Other\"", "UnreadableResponse", "AccessKeySecret is missing"),
                arguments("\"Success\"", "\"Failed\"", "UnreadableResponse", "member Code is not Success"),
                arguments("}", "", "UnreadableResponse", "not JSON, or cut off"),
                arguments("20", "in 20", "UnreadableResponse", "time \"***\" is not valid"),
                arguments("20", "10", "AccessDenied", "that expired at 10"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("invalidResponses")
    void reports_an_invalid_response(String part, String replacement, String kind, String text) {
        int at = keys().lastIndexOf(part);
        givenKeys(keys().substring(0, at) + replacement + keys().substring(at + part.length()));

        assertFailure(find(open()).getLeft(), kind, text);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void reports_access_denied_with_a_web_page(int status) {
        METADATA.stubFor(get(urlEqualTo(ROLES + "OtaReader"))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "text/html")
                        .withBody("<html><title>Forbidden</title></html>")));

        assertFailure(find(open()).getLeft(), "AccessDenied", "denied access to temporary keys of this ECS");
    }

    @ParameterizedTest
    @CsvSource({
        "404, AccessDenied, denied access to temporary keys of this ECS",
        "403, AccessDenied, denied access",
        "500, Unavailable, is unavailable",
        "429, RateLimited, throttles",
        "301, UnreadableResponse, undocumented"
    })
    void reports_missing_keys(int status, String kind, String text) {
        METADATA.stubFor(get(urlEqualTo(ROLES + "OtaReader"))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Location", VENDOR.baseUrl())
                        .withBody(keys())));

        assertFailure(find(open()).getLeft(), kind, text);
        VENDOR.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void reports_a_missing_role() {
        METADATA.stubFor(get(urlEqualTo(ROLES)).willReturn(aResponse().withStatus(404)));

        OtaFailure failure = find(open()).getLeft();

        assertFailure(failure, "AccessDenied", "denied access to temporary keys");
        assertThat(failure.advice()).contains("RAM role");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<role>", "../../token", "one\n../two"})
    void rejects_an_invalid_role_name(String name) {
        METADATA.stubFor(get(urlEqualTo(ROLES)).willReturn(aResponse().withBody(name)));

        assertFailure(find(open()).getLeft(), "UnreadableResponse", "not the name of a role");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\ntwo", "one\r\ntwo\r\n"})
    void requires_a_choice_among_several_roles(String names) {
        METADATA.stubFor(get(urlEqualTo(ROLES)).willReturn(aResponse().withBody(names)));

        assertFailure(find(open()).getLeft(), "UnreadableResponse", "several roles; set role in credentials");
    }

    @Test
    void reports_a_service_that_does_not_respond() {
        METADATA.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        OtaFailure failure = find(open()).getLeft();

        assertFailure(failure, "Unavailable", "the request was for temporary keys of this ECS");
        assertThat(failure.advice()).contains("source: ecs works only on an Alibaba Cloud ECS");
    }

    @Test
    void signs_with_keys_from_a_uri() {
        givenUri("/keys/ota?t=a%2Fb");
        credentials.put("uri", METADATA.baseUrl() + "/keys/ota?t=a%2Fb");

        Backend backend = open();

        assertThat(backend.authentication()).isEqualTo("temporary AccessKey from a URI, refreshed, ACS3-HMAC-SHA256");
        assertThat(find(backend).isRight()).isTrue();
        METADATA.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void reads_the_uri_from_the_environment_only_if_configured() {
        givenUri("/keys");
        environment = Map.of("ALIBABA_CLOUD_CREDENTIALS_URI", METADATA.baseUrl() + "/keys");

        assertThat(find(open()).isRight()).isTrue();
        settings.remove("credentials");
        assertThat(errors().mkString()).contains("credentials are missing");
    }

    static Stream<Arguments> failedUris() {
        String echo = "not found: /s3cr3t-path/keys?token=s3cr3t-query";
        return Stream.of(
                arguments("Rejected", aResponse().withStatus(404).withBody(echo)),
                arguments("AccessDenied", aResponse().withStatus(401).withBody(echo)),
                arguments("Unavailable", aResponse().withStatus(500).withBody(echo)),
                arguments(
                        "UnreadableResponse",
                        aResponse().withStatus(302).withHeader("Location", "/s3cr3t-path/other?s3cr3t-query")),
                arguments("UnreadableResponse", aResponse().withBody(echo)),
                arguments("Unavailable", aResponse().withFault(Fault.EMPTY_RESPONSE)),
                arguments("UnreadableResponse", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
    }

    @ParameterizedTest
    @MethodSource("failedUris")
    void hides_path_and_query_of_the_uri(String kind, ResponseDefinitionBuilder response) {
        givenUri("/keys");
        credentials.put("uri", METADATA.baseUrl() + "/s3cr3t-path/keys?token=s3cr3t-query");
        METADATA.stubFor(get(anyUrl()).willReturn(response));

        OtaFailure failure = find(open()).getLeft();

        assertFailure(failure, kind, "temporary keys");
        assertThat(failure.toString()).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @CsvSource({
        "200, UnreadableResponse",
        "403, UnreadableResponse",
        "407, Rejected",
        "502, Unavailable",
        "511, Rejected",
    })
    void recognizes_responses_of_intermediaries(int status, String kind) {
        givenUri("/keys");
        credentials.put("uri", METADATA.baseUrl() + "/keys");
        METADATA.stubFor(get(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withBody("<html>" + (status == 200 ? simulator.secretKey() : "Blocked"))));

        OtaFailure failure = find(open()).getLeft();

        assertFailure(failure, kind, "the request was for temporary keys");
        assertThat(failure.status()).contains(status);
        assertThat(failure.advice()).contains("uri in credentials");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/s3cr3t",
                "http://10.0.0.1/s3cr3t",
                "https://u:s3cr3t@example.com/",
                "ftp://127.0.0.1/s3cr3t",
                "s3cr3t"
            })
    void rejects_unsafe_uris_without_showing_them(String uri) {
        givenUri("/keys");
        credentials.put("uri", uri);

        assertThat(errors().map(ConfigError::key)).containsExactly("backends.legacy.credentials.uri");
        assertThat(errors().mkString()).doesNotContain("s3cr3t");
    }

    @Test
    void signs_with_the_keys_of_the_application() {
        credentials.clear();
        credentials.put("source", "application");
        assertThat(errors().map(ConfigError::key)).containsExactly("backends.legacy.credentials.source");
        source = Option.some(backend -> Either.right(new TemporaryAccessKey(
                new AccessKey(
                        simulator.accessKey(),
                        Secret.of(simulator.secretKey()),
                        Option.some(Secret.of(simulator.securityToken()))),
                Instant.now().plus(Duration.ofHours(1)))));

        assertThat(find(open()).isRight()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "metadata-endpoint, http://10.0.0.1",
        "metadata-endpoint, http://metadata.example.com",
        "role, ../x",
        "uri, http://127.0.0.1/keys",
        "access-key, LTAI",
        "source, sts"
    })
    void rejects_conflicting_settings(String key, String value) {
        credentials.put(key, value);

        assertThat(errors()).isNotEmpty().allMatch(error -> error.key().startsWith("backends.legacy.credentials."));
    }

    @Test
    void accepts_the_default_address_of_the_service() {
        credentials.put("metadata-endpoint", "http://100.100.100.200");
        assertThat(open().name()).isEqualTo("legacy");
        credentials.remove("metadata-endpoint");
        assertThat(open().name()).isEqualTo("legacy");
    }

    private void assertFailure(OtaFailure failure, String kind, String text) {
        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.summary()).startsWith("Backend legacy").contains(text);
        assertThat(failure.advice()).isNotBlank();
        assertThat(failure.toString())
                .doesNotContain(simulator.accessKey())
                .doesNotContain(simulator.secretKey())
                .doesNotContain(simulator.securityToken())
                .doesNotContain("session-1");
        assertThat(simulator.requestCount()).isZero();
    }

    private void givenKeys(String body) {
        METADATA.stubFor(get(urlEqualTo(ROLES + "OtaReader")).willReturn(okJson(body)));
    }

    private void givenUri(String path) {
        credentials.clear();
        credentials.put("source", "uri");
        METADATA.stubFor(get(urlEqualTo(path)).willReturn(okJson(keys())));
    }

    private String keys() {
        return """
                {"AccessKeyId":"%s","AccessKeySecret":"%s","SecurityToken":"%s","Code":"Success",
                "Expiration":"2099-01-01T00:00:00Z"}""".formatted(simulator.accessKey(), simulator.secretKey(), simulator.securityToken());
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    private static Either<OtaFailure, Firmware> find(Backend backend) {
        return backend.firmware().find(DOCUMENTED);
    }

    private Backend open() {
        return opened().get();
    }

    private List<ConfigError> errors() {
        return opened().getLeft();
    }

    private Either<List<ConfigError>, Backend> opened() {
        BackendContext plain =
                BackendContext.system().withEnvironment(environment).withHome(Path.of("no-such-home"));
        BackendContext context = source.map(given -> plain.withResource(AccessKeyProvider.class, given))
                .getOrElse(plain);
        return new AliyunProvider().open("legacy", SettingsReader.of("backends.legacy", settings), context);
    }
}
