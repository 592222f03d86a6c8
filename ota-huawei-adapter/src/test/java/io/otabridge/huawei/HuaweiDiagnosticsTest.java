package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.otabridge.contracts.DiagnosisAssertions.assertWrong;
import static io.otabridge.contracts.DiagnosisAssertions.finding;
import static io.otabridge.contracts.DiagnosisAssertions.severities;
import static io.otabridge.contracts.DiagnosisAssertions.what;
import static io.otabridge.contracts.DiagnosisAssertions.wrong;
import static io.otabridge.domain.backend.Check.CLOCK;
import static io.otabridge.domain.backend.Check.CREDENTIALS;
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
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator.Edition;
import io.vavr.collection.List;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every documented pitfall of the platform and its diagnosis. */
class HuaweiDiagnosticsTest {

    /** Responds in place of IoTDA. */
    @RegisterExtension
    static final WireMockExtension INTERMEDIARY = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final HuaweiSimulator simulator = HuaweiSimulator.start();
    private final Map<String, Object> credentials = new HashMap<>();
    private final Map<String, Object> settings = HuaweiFixture.settings(simulator, credentials);
    private BackendContext context = BackendContext.system()
            .withEnvironment(Map.of())
            .withResource(RateLimiter.class, RateLimiter.over(QuotaStore.inMemory()));

    HuaweiDiagnosticsTest() {
        settings.put("region", simulator.region());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void reports_no_problem_with_three_requests() {
        Diagnosis diagnosis = diagnosis();

        assertThat(diagnosis
                        .findings()
                        .reject(found -> found.check() == TLS || found.check() == OBJECT_STORE)
                        .map(Finding::severity))
                .containsOnly(OK);
        assertThat(what(diagnosis, PERMISSION)).isEqualTo("the user may list packages and modules");
        assertThat(what(diagnosis, SIGNATURE)).isEqualTo("the endpoint accepts the plain signature");
        assertThat(what(diagnosis, SCOPE)).contains(simulator.projectId(), simulator.instanceId(), simulator.appId());
        assertThat(what(diagnosis, QUOTA)).endsWith("200 a second in all, 1 for SearchDevices, 50 for ShowDevice");
        assertThat(simulator.requestCount()).isEqualTo(3);
    }

    @Test
    void detects_a_plain_signature_on_an_instances_own_endpoint() {
        simulator.play(Edition.OWN_INSTANCE);

        Diagnosis diagnosis = diagnosis();

        assertWrong(
                diagnosis,
                SIGNATURE,
                "the endpoint accepts the signature derived for cn-north-4, but requests use the plain signature");
        assertThat(finding(diagnosis, SIGNATURE).description()).contains("IOTDA.000002");
        assertThat(finding(diagnosis, SIGNATURE).advice()).contains("Set signature: derived");
        assertThat(severities(diagnosis, SERVICE, CREDENTIALS, PERMISSION, SCOPE))
                .containsOnly(OK);
        assertThat(simulator.requestCount()).isEqualTo(4);
    }

    @Test
    void detects_a_derived_signature_on_a_shared_endpoint() {
        simulator.play(Edition.BASIC_PLAIN_ONLY);
        settings.put("signature", "derived");

        Diagnosis diagnosis = diagnosis();

        assertWrong(
                diagnosis,
                SIGNATURE,
                "the endpoint accepts the plain signature, but requests use the signature derived for cn-north-4");
        assertThat(finding(diagnosis, SIGNATURE).advice().get()).startsWith("Set signature: plain");
        assertThat(severities(diagnosis, SERVICE, CREDENTIALS, PERMISSION, SCOPE))
                .containsOnly(OK);
    }

    @ParameterizedTest
    @EnumSource(names = {"BASIC", "OWN_INSTANCE", "BASIC_PLAIN_ONLY"})
    void distinguishes_a_wrong_key_from_a_wrong_kind_of_signature(Edition edition) {
        simulator.play(edition);
        credentials.put("secret-key", "another" + simulator.secretKey());

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, CREDENTIALS, "the secret key is wrong: the vendor rejects both kinds of signature");
        assertThat(severities(diagnosis, SIGNATURE, PERMISSION, SCOPE)).containsOnly(SKIPPED);
        assertThat(simulator.requestCount()).isEqualTo(3);
    }

    @Test
    void names_an_unknown_access_key() {
        credentials.put("access-key", "ANOTHERACCESSKEY");

        assertWrong(diagnosis(), CREDENTIALS, "the access key is unknown to the vendor");
    }

    @Test
    void names_a_wrong_secret_key_if_the_other_signature_cannot_be_tried() {
        settings.remove("region");
        credentials.put("secret-key", "another" + simulator.secretKey());

        assertWrong(diagnosis(), CREDENTIALS, "the secret key, or the kind of signature, is wrong");
    }

    @Test
    void needs_a_region_to_try_the_other_signature() {
        simulator.play(Edition.OWN_INSTANCE);
        settings.remove("region");

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, CREDENTIALS, "the vendor rejects the access key, its secret, or the plain signature");
        assertThat(finding(diagnosis, CREDENTIALS).advice().get())
                .contains("set region", "can be tried")
                .doesNotContain("ota doctor");
    }

    @Test
    void continues_with_the_accepted_signature() {
        simulator.play(Edition.OWN_INSTANCE);
        settings.put("app-id", "unknown");

        Diagnosis diagnosis = diagnosis();

        assertThat(wrong(diagnosis)).containsExactly(SIGNATURE, SCOPE);
        assertThat(what(diagnosis, SCOPE)).startsWith("resource space unknown does not exist");
    }

    @Test
    void detects_the_endpoint_of_another_edition() {
        simulator.play(Edition.NOT_SUBSCRIBED);

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, SERVICE, "the key is valid, but the user has no resources at this endpoint");
        assertThat(what(diagnosis, SERVICE)).contains("IOTDA.000021");
        assertThat(finding(diagnosis, SERVICE).advice().get()).contains("Copy the endpoint", "project-id");
        assertThat(severities(diagnosis, CREDENTIALS, SIGNATURE)).containsOnly(OK);
        assertThat(severities(diagnosis, PERMISSION, SCOPE)).containsOnly(SKIPPED);
    }

    @Test
    void detects_a_project_of_another_user() {
        settings.put("project-id", "05ed32dc1b0025b52fe3c01a27c2b0a8");

        assertWrong(diagnosis(), SCOPE, "project 05ed32dc1b0025b52fe3c01a27c2b0a8 does not belong to this user");
    }

    @Test
    void detects_an_instance_of_another_user() {
        settings.put("instance-id", "00000000-0000-0000-0000-000000000000");

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, SCOPE, "instance 00000000-0000-0000-0000-000000000000 does not belong to this user");
        assertThat(severities(diagnosis, CREDENTIALS, SIGNATURE)).containsOnly(OK);
    }

    @Test
    void reports_that_app_id_is_required() {
        simulator.requireSpace(true);
        settings.remove("app-id");

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, SCOPE, "the account has several resource spaces, and app-id is not set");
        assertThat(what(diagnosis, SCOPE)).contains("IOTDA.001005");
    }

    @Test
    void detects_a_missing_resource_space() {
        settings.put("app-id", "unknown");

        assertWrong(diagnosis(), SCOPE, "resource space unknown does not exist");
    }

    @Test
    void warns_that_modules_need_a_resource_space() {
        settings.remove("app-id");

        Diagnosis diagnosis = diagnosis();

        assertThat(diagnosis.hasFailed()).isFalse();
        assertThat(finding(diagnosis, SCOPE).severity()).isEqualTo(WARNING);
        assertThat(finding(diagnosis, SCOPE).advice()).contains("Set app-id to the id of the resource space");
        assertThat(what(diagnosis, PERMISSION)).isEqualTo("the user may list packages; modules were not checked");
        assertThat(simulator.requestCount()).isEqualTo(2);
    }

    @Test
    void distinguishes_permissions_for_packages_and_modules() {
        simulator.permitModules(false);

        assertWrong(diagnosis(), PERMISSION, "the user may list packages, but not modules");

        simulator.permitPackages(false);

        Diagnosis neither = diagnosis();
        assertWrong(neither, PERMISSION, "the user may not list packages");
        assertThat(severities(neither, CREDENTIALS, SIGNATURE)).containsOnly(OK);
        assertThat(severities(neither, SCOPE)).containsOnly(SKIPPED);
    }

    @Test
    void reports_no_problem_with_a_token() {
        settings.put("credentials", Map.of("token", simulator.token()));

        Diagnosis diagnosis = diagnosis();

        assertThat(diagnosis.hasFailed()).isFalse();
        assertThat(what(diagnosis, CREDENTIALS)).isEqualTo("the IAM token is accepted");
        assertThat(what(diagnosis, SIGNATURE)).isEqualTo("not used: requests carry an IAM token");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void detects_an_expired_or_invalid_token(boolean expired) {
        simulator.expireToken(expired);
        settings.put("credentials", Map.of("token", expired ? simulator.token() : "x" + simulator.token()));

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, CREDENTIALS, "the IAM token has expired, or is for another region or project");
        assertThat(severities(diagnosis, SIGNATURE, PERMISSION, SCOPE)).containsOnly(SKIPPED);
        assertThat(simulator.requestCount()).isEqualTo(2);
    }

    @Test
    void reports_no_problem_with_refreshed_tokens() {
        usePassword(simulator.password());

        Diagnosis diagnosis = diagnosis();

        assertThat(severities(diagnosis, SERVICE, CREDENTIALS, PERMISSION, SCOPE))
                .containsOnly(OK);
        assertThat(finding(diagnosis, SIGNATURE).severity()).isEqualTo(SKIPPED);
    }

    @Test
    void detects_a_wrong_password() {
        usePassword("Wrong-Password-1");

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, CREDENTIALS, "Backend prod denied access to an IAM token");
        assertThat(diagnosis.toString()).doesNotContain("Wrong-Password-1");
    }

    private void usePassword(String password) {
        credentials.clear();
        credentials.put("user-name", simulator.userName());
        credentials.put("password", password);
        credentials.put("account-name", simulator.accountName());
        credentials.put("iam-endpoint", simulator.endpoint().toString());
    }

    @Test
    void detects_temporary_keys_without_their_security_token() {
        simulator.requireSecurityToken(true);

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, CREDENTIALS, "the vendor rejects the access key with both kinds of signature");
        assertThat(finding(diagnosis, CREDENTIALS).advice().get()).contains("security-token");
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600})
    void detects_clock_skew_and_other_problems(long seconds) {
        context = context.withClock(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds)));
        simulator.permitModules(false);

        Diagnosis diagnosis = diagnosis();

        assertThat(wrong(diagnosis)).containsExactly(CLOCK, PERMISSION);
        assertThat(what(diagnosis, CLOCK)).startsWith("this machine's clock is 1 h 0 min ");
        assertThat(severities(diagnosis, CREDENTIALS, SIGNATURE)).containsOnly(OK);
    }

    @Test
    void reports_throttling_without_a_retry() {
        simulator.throttle(true);

        Diagnosis diagnosis = diagnosis();

        assertThat(wrong(diagnosis)).containsExactly(QUOTA);
        assertThat(diagnosis.of(QUOTA).map(Finding::description))
                .anySatisfy(what -> assertThat(what).contains("IOTDA.021102"));
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
        assertThat(diagnosis.of(QUOTA).last().description()).startsWith("total was throttled by the vendor once");
    }

    @Test
    void warns_that_rate_limiting_is_off() {
        settings.put("pacing", "off");

        assertThat(finding(diagnosis(), QUOTA).severity()).isEqualTo(WARNING);
    }

    @Test
    void detects_an_endpoint_that_is_not_iotda() {
        try (AliyunSimulator other = AliyunSimulator.start()) {
            settings.put("endpoint", other.endpoint().toString());

            assertWrong(diagnosis(), SERVICE, "the service at this endpoint is not IoTDA's API");
        }
    }

    @Test
    void detects_a_proxy_that_requires_a_login() {
        INTERMEDIARY.stubFor(
                any(anyUrl()).willReturn(aResponse().withStatus(407).withBody("<html>Log in</html>")));
        context = context.withEnvironment(Map.of("http_proxy", "http://127.0.0.1:" + INTERMEDIARY.getPort()));
        settings.put("endpoint", "http://iot.example:8080");
        settings.put("allow-cleartext", true);

        Diagnosis diagnosis = diagnosis();

        assertWrong(
                diagnosis,
                Check.CONNECTION,
                "the proxy 127.0.0.1:" + INTERMEDIARY.getPort() + " asks for a login (HTTP 407)");
        assertThat(severities(diagnosis, SERVICE, CREDENTIALS, SIGNATURE, PERMISSION, SCOPE))
                .containsOnly(SKIPPED);
    }

    @Test
    void detects_a_web_page_instead_of_the_service() {
        INTERMEDIARY.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(403).withBody("<html><title>Blocked</title>by policy</html>")));
        settings.put("endpoint", INTERMEDIARY.baseUrl());

        Diagnosis diagnosis = diagnosis();

        assertWrong(
                diagnosis,
                SERVICE,
                "the service at this endpoint is not IoTDA's API: a web page \"Blocked: by policy\"");
        assertThat(severities(diagnosis, CREDENTIALS, PERMISSION)).containsOnly(SKIPPED);
    }

    @Test
    void advises_about_an_unknown_host() {
        settings.remove("endpoint");
        context = context.withResource(
                HttpTransport.class,
                HttpTransport.over(new OkHttpClient.Builder()
                        .dns(host -> {
                            throw new UnknownHostException(host);
                        })
                        .build()));

        Diagnosis diagnosis = diagnosis();

        assertWrong(diagnosis, Check.DNS, "unknown host iotda.cn-north-4.myhuaweicloud.com");
        assertThat(finding(diagnosis, Check.DNS).advice().get()).contains("basic edition", "the instance's own");
        assertThat(simulator.requestCount()).isZero();
    }

    @Test
    void diagnoses_a_backend_with_an_open_circuit_breaker() throws IOException {
        // The socket stays open until the end, so that no other process listens on its port.
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            settings.put("endpoint", "http://127.0.0.1:" + socket.getLocalPort());
            settings.put("retries", 0);
            Backend backend = backend();
            for (int i = 0; i < 25; i++) {
                backend.firmware().find(FirmwareId.of("f1"));
            }

            assertThat(wrong(backend.diagnose())).containsExactly(Check.CONNECTION);
        }
    }

    @Test
    void does_not_throw_when_interrupted() {
        Backend backend = backend();
        Thread.currentThread().interrupt();

        Diagnosis diagnosis = backend.diagnose();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(diagnosis.hasFailed()).isTrue();
    }

    private Backend backend() {
        return new HuaweiProvider()
                .open("prod", SettingsReader.of("backends.prod", settings), context)
                .get();
    }

    private Diagnosis diagnosis() {
        return DiagnosisAssertions.of(
                backend(), List.of(simulator.accessKey(), simulator.secretKey(), simulator.token()));
    }
}
