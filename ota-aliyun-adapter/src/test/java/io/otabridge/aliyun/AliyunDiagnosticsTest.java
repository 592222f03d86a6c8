package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.otabridge.contracts.DiagnosisAssertions.assertWrong;
import static io.otabridge.contracts.DiagnosisAssertions.finding;
import static io.otabridge.contracts.DiagnosisAssertions.severities;
import static io.otabridge.contracts.DiagnosisAssertions.what;
import static io.otabridge.contracts.DiagnosisAssertions.wrong;
import static io.otabridge.domain.backend.Check.CLOCK;
import static io.otabridge.domain.backend.Check.CREDENTIALS;
import static io.otabridge.domain.backend.Check.DNS;
import static io.otabridge.domain.backend.Check.OBJECT_STORE;
import static io.otabridge.domain.backend.Check.PERMISSION;
import static io.otabridge.domain.backend.Check.QUOTA;
import static io.otabridge.domain.backend.Check.SCOPE;
import static io.otabridge.domain.backend.Check.SERVICE;
import static io.otabridge.domain.backend.Check.SIGNATURE;
import static io.otabridge.domain.backend.Check.TLS;
import static io.otabridge.domain.backend.Finding.Severity.OK;
import static io.otabridge.domain.backend.Finding.Severity.SKIPPED;
import static io.otabridge.domain.backend.Finding.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.RateLimiter;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.contracts.DiagnosisAssertions;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.vavr.collection.List;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every documented pitfall of the platform and its diagnosis. */
class AliyunDiagnosticsTest {

    /** Sends its own address as the host, which the newer signature covers and the older one does not. */
    @RegisterExtension
    static final WireMockExtension PROXY = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final AliyunSimulator simulator = AliyunSimulator.start();
    private final Map<String, Object> credentials = new HashMap<>();
    private final Map<String, Object> settings = AliyunFixture.settings(simulator, credentials);
    private BackendContext context = BackendContext.system()
            .withEnvironment(Map.of())
            .withResource(RateLimiter.class, RateLimiter.over(QuotaStore.inMemory()));

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acs3-hmac-sha256", "hmac-sha1"})
    void reports_no_problem_with_three_requests(String signature) {
        settings.put("signature", signature);

        Diagnosis diagnosis = diagnosis();

        assertThat(diagnosis.findings().reject(found -> found.check() == TLS).map(Finding::severity))
                .containsOnly(OK);
        assertThat(what(diagnosis, SIGNATURE)).isEqualToIgnoringCase("the endpoint accepts " + signature);
        assertThat(what(diagnosis, SCOPE)).isEqualTo("instance " + simulator.instanceId());
        assertThat(what(diagnosis, QUOTA))
                .endsWith("10 a second for each operation, 5 for ModifyOTAFirmware and CancelOTATaskByJob, 20 for"
                        + " QueryOTAFirmware and 4 more, 50 for QueryProductList and QueryDevice, 100 for"
                        + " QueryDeviceGroupList");
        assertThat(diagnosis.of(OBJECT_STORE).map(Finding::description))
                .contains("the object store for uploads, "
                        + simulator.objectStore().endpoint() + ", responds");
        assertThat(simulator.requestCount()).isEqualTo(3);
        assertThat(simulator.objectStore().receivedBytes()).isZero();
    }

    @Test
    void detects_an_object_store_that_cannot_be_reached() {
        simulator.objectStore().close();

        Diagnosis diagnosis = diagnosis();

        Finding store = diagnosis.of(OBJECT_STORE).last();
        assertThat(wrong(diagnosis)).containsExactly(OBJECT_STORE);
        assertThat(store.description())
                .startsWith("the object store for uploads, "
                        + simulator.objectStore().endpoint() + ", cannot be reached: ");
        assertThat(store.advice()).isNotEmpty();
    }

    @Test
    void checks_no_object_store_for_a_user_who_may_not_publish() {
        PROXY.stubFor(any(anyUrl())
                .willReturn(aResponse().proxiedFrom(simulator.endpoint().toString())));
        PROXY.stubFor(any(anyUrl())
                .withQueryParam("Action", equalTo("GenerateOTAUploadURL"))
                .willReturn(aResponse()
                        .withStatus(403)
                        .withBody("{\"Code\":\"Forbidden.RAM\",\"Message\":\"m\",\"RequestId\":\"r\"}")));
        settings.put("signature", "hmac-sha1");
        settings.put("endpoint", PROXY.baseUrl().replace("localhost", "127.0.0.1"));

        Diagnosis diagnosis = diagnosis();

        assertThat(diagnosis.hasFailed()).isFalse();
        assertThat(diagnosis.of(OBJECT_STORE).last().severity()).isEqualTo(SKIPPED);
        assertThat(simulator.objectStore().requestCount()).isZero();
    }

    @Test
    void refuses_an_unknown_object_store() {
        PROXY.stubFor(any(anyUrl())
                .willReturn(aResponse().proxiedFrom(simulator.endpoint().toString())));
        PROXY.stubFor(any(anyUrl())
                .withQueryParam("Action", equalTo("GenerateOTAUploadURL"))
                .willReturn(okJson(PublishServers.form("https://oss.example.com"))));
        settings.put("signature", "hmac-sha1");
        settings.put("endpoint", PROXY.baseUrl().replace("localhost", "127.0.0.1"));

        Diagnosis diagnosis = diagnosis();

        assertThat(wrong(diagnosis)).containsExactly(OBJECT_STORE);
        assertThat(diagnosis.of(OBJECT_STORE).last().description())
                .isEqualTo(
                        "the object store for uploads, https://oss.example.com, is not aliyuncs.com or a host below it");
    }

    @Test
    void detects_an_unknown_access_key() {
        credentials.put("access-key", "LTAI5tUnknownAccessKey00");

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, CREDENTIALS, "the vendor does not know the access key");
        assertThat(what(diagnosis, CREDENTIALS)).contains("InvalidAccessKeyId.NotFound");
        assertThat(severities(diagnosis, SERVICE)).containsOnly(OK);
        assertThat(severities(diagnosis, SIGNATURE, PERMISSION, SCOPE)).containsOnly(SKIPPED);
        assertThat(simulator.requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acs3-hmac-sha256", "hmac-sha1"})
    void detects_a_wrong_secret_key(String signature) {
        settings.put("signature", signature);
        credentials.put("secret-key", "AnotherSecretThanTheKeyHas001");

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, CREDENTIALS, "the access key exists, but the secret key does not belong to it");
        assertThat(what(diagnosis, CREDENTIALS))
                .contains("SignatureDoesNotMatch")
                .doesNotContain("x-acs-", "Action=");
        assertThat(simulator.requestCount()).isEqualTo(3);
    }

    @Test
    void detects_a_proxy_that_breaks_one_kind_of_signature() {
        PROXY.stubFor(any(anyUrl())
                .willReturn(aResponse().proxiedFrom(simulator.endpoint().toString())));
        settings.put("endpoint", PROXY.baseUrl().replace("localhost", "127.0.0.1"));

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, SIGNATURE, "the endpoint rejects ACS3-HMAC-SHA256 and accepts HMAC-SHA1");
        assertThat(finding(diagnosis, SIGNATURE).advice().get()).startsWith("Set signature: hmac-sha1");
        assertThat(severities(diagnosis, SERVICE, CREDENTIALS, PERMISSION, SCOPE))
                .containsOnly(OK);
    }

    @Test
    void detects_a_missing_instance_id() {
        settings.remove("instance-id");

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, SCOPE, "the account's instance in this region has an id, but instance-id is not set");
        assertThat(severities(diagnosis, CREDENTIALS, SIGNATURE)).containsOnly(OK);
        assertThat(simulator.requestCount()).isEqualTo(2);
    }

    @Test
    void detects_a_superfluous_instance_id() {
        simulator.requireInstance(false);

        Diagnosis diagnosis = diagnosis();

        assertWrong(
                diagnosis,
                SCOPE,
                "the vendor rejects instance " + simulator.instanceId() + " and accepts calls without");
        assertThat(finding(diagnosis, SCOPE).advice().get()).startsWith("Remove instance-id");
    }

    @Test
    void detects_an_instance_of_another_region() {
        settings.put("instance-id", "iot-of-another-region");

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, SCOPE, "instance iot-of-another-region does not exist");
        assertThat(finding(diagnosis, SCOPE).advice().get()).contains("region");
        assertThat(simulator.requestCount()).isEqualTo(3);
    }

    @Test
    void reports_no_problem_with_an_old_public_instance() {
        simulator.requireInstance(false);
        settings.remove("instance-id");

        Diagnosis diagnosis = diagnosis();

        assertThat(diagnosis.hasFailed()).isFalse();
        assertThat(what(diagnosis, SCOPE)).isEqualTo("the public instance without an id");
    }

    @Test
    void detects_a_missing_permission() {
        simulator.permit(false);

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, PERMISSION, "the user of this access key may not call ListOTAFirmware");
        assertThat(finding(diagnosis, PERMISSION).advice().get()).contains("RAM permission iot:");
        assertThat(severities(diagnosis, CREDENTIALS, SIGNATURE)).containsOnly(OK);
        assertThat(severities(diagnosis, SCOPE)).containsOnly(SKIPPED);
    }

    @Test
    void detects_an_expired_security_token() {
        simulator.requireSecurityToken(true);
        simulator.expireSecurityToken(true);
        credentials.put("security-token", simulator.securityToken());

        assertWrong(diagnosis(), CREDENTIALS, "the security token has expired");
    }

    @Test
    void detects_a_security_token_of_another_key() {
        simulator.requireSecurityToken(true);
        credentials.put("security-token", "CAISAnotherToken0123456789");

        assertWrong(diagnosis(), CREDENTIALS, "the security token does not belong to this access key");
    }

    @Test
    void detects_temporary_keys_without_their_security_token() {
        simulator.requireSecurityToken(true);

        assertWrong(diagnosis(), CREDENTIALS, "the access key is temporary, and its security token is missing");
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600})
    void detects_clock_skew_and_other_problems(long seconds) {
        context = context.withClock(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds)));
        simulator.permit(false);

        Diagnosis diagnosis = diagnosis();

        assertThat(wrong(diagnosis)).containsExactly(CLOCK, PERMISSION);
        assertThat(what(diagnosis, CLOCK)).startsWith("this machine's clock is 1 h 0 min ");
        assertThat(simulator.requestCount()).isEqualTo(3);
    }

    @Test
    void reports_throttling_without_a_retry() {
        simulator.throttle(true);

        Diagnosis diagnosis = diagnosis();

        assertThat(wrong(diagnosis)).containsExactly(QUOTA);
        assertThat(diagnosis.of(QUOTA).find(Finding::hasFailed).get().description())
                .contains("Throttling.User");
        assertThat(simulator.requestCount()).isEqualTo(2);
    }

    @Test
    void reports_earlier_throttling() {
        Backend backend = backend();
        simulator.throttle(true);
        backend.diagnose();
        simulator.throttle(false);

        Diagnosis diagnosis = backend.diagnose();

        assertThat(diagnosis.hasFailed()).isFalse();
        assertThat(diagnosis.of(QUOTA).map(Finding::severity)).containsExactly(OK, WARNING);
        assertThat(diagnosis.of(QUOTA).last().description())
                .startsWith("ListOTAFirmware was throttled by the vendor once");
    }

    @Test
    void detects_an_endpoint_that_is_not_the_platform() {
        try (HuaweiSimulator other = HuaweiSimulator.start()) {
            settings.put("endpoint", other.endpoint().toString());

            assertWrong(diagnosis(), SERVICE, "the service at this endpoint is not Alibaba Cloud IoT's API");
        }
    }

    @Test
    void detects_a_proxy_that_requires_a_login() {
        PROXY.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(407).withBody("<html>Log in</html>")));
        context = context.withEnvironment(Map.of("http_proxy", "http://127.0.0.1:" + PROXY.getPort()));
        settings.put("endpoint", "http://iot.example:8080");
        settings.put("allow-cleartext", true);

        Diagnosis diagnosis = diagnosis();

        assertWrong(
                diagnosis, Check.CONNECTION, "the proxy 127.0.0.1:" + PROXY.getPort() + " asks for a login (HTTP 407)");
        assertThat(severities(diagnosis, SERVICE, CREDENTIALS, SIGNATURE, PERMISSION, SCOPE))
                .containsOnly(SKIPPED);
    }

    @Test
    void detects_a_web_page_instead_of_the_service() {
        PROXY.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(403).withBody("<html><title>Blocked</title>by policy</html>")));
        settings.put("endpoint", PROXY.baseUrl());

        Diagnosis diagnosis = diagnosis();

        assertWrong(
                diagnosis,
                SERVICE,
                "the service at this endpoint is not Alibaba Cloud IoT's API: a web page \"Blocked: by policy\"");
        assertThat(severities(diagnosis, CREDENTIALS, PERMISSION)).containsOnly(SKIPPED);
    }

    @Test
    void advises_about_an_unknown_host() {
        settings.remove("endpoint");
        settings.put("region", "cn-nowhere");
        context = context.withResource(
                HttpTransport.class,
                HttpTransport.over(new OkHttpClient.Builder()
                        .dns(host -> {
                            throw new UnknownHostException(host);
                        })
                        .build()));

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, DNS, "unknown host iot.cn-nowhere.aliyuncs.com");
        assertThat(finding(diagnosis, DNS).advice().get()).contains("region");
    }

    @Test
    void reports_no_problem_with_a_deployment_of_tuya() {
        try (AliyunSimulator tuya = AliyunSimulator.startTuya()) {
            Diagnosis diagnosis = diagnosis(new TuyaProvider(), tuya, tuya.secretKey());

            assertThat(diagnosis.hasFailed()).isFalse();
            assertThat(severities(diagnosis, CREDENTIALS, SIGNATURE, PERMISSION, SCOPE))
                    .containsOnly(OK);
            assertThat(severities(diagnosis, QUOTA)).containsOnly(SKIPPED);
            assertThat(tuya.requestCount()).isEqualTo(2);
        }
    }

    @Test
    void detects_a_wrong_secret_key_of_tuya() {
        try (AliyunSimulator tuya = AliyunSimulator.startTuya()) {
            assertWrong(
                    diagnosis(new TuyaProvider(), tuya, "Another" + tuya.secretKey()),
                    CREDENTIALS,
                    "the access key exists, but the secret key does not belong to it");
            assertThat(tuya.requestCount()).isEqualTo(2);
        }
    }

    @Test
    void reports_that_tuya_does_not_support_the_newer_signature() {
        try (AliyunSimulator tuya = AliyunSimulator.startTuya()) {
            settings.remove("instance-id");
            Diagnosis diagnosis = diagnosis(new AliyunProvider(), tuya, tuya.secretKey());

            assertThat(diagnosis.hasFailed()).isTrue();
            assertThat(severities(diagnosis, CREDENTIALS)).doesNotContain(OK);
        }
    }

    private Diagnosis diagnosis(BackendProvider provider, AliyunSimulator at, String secretKey) {
        Map<String, Object> own = Map.of(
                "endpoint",
                at.endpoint().toString(),
                "credentials",
                Map.of("access-key", at.accessKey(), "secret-key", secretKey));
        return provider.open("site", SettingsReader.of("backends.site", own), context)
                .get()
                .diagnose();
    }

    @Test
    void reports_that_no_temporary_keys_are_available() {
        credentials.clear();
        credentials.put("source", "uri");
        credentials.put("uri", "http://127.0.0.1:1/keys?token=s3cr3t-token");

        Diagnosis diagnosis = backend().diagnose();

        assertThat(wrong(diagnosis)).containsExactly(CREDENTIALS);
        assertThat(finding(diagnosis, CREDENTIALS).description()).contains("the request was for temporary keys");
        assertThat(diagnosis.toString()).doesNotContain("s3cr3t-token");
    }

    private Backend backend() {
        return new AliyunProvider()
                .open("prod", SettingsReader.of("backends.prod", settings), context)
                .get();
    }

    private Diagnosis diagnosis() {
        return DiagnosisAssertions.of(
                backend(), List.ofAll(credentials.values()).map(Object::toString));
    }
}
