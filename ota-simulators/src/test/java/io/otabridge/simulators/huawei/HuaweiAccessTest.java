package io.otabridge.simulators.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.simulators.huawei.HuaweiClient.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Authentication and authorization of the simulator, over real sockets. */
class HuaweiAccessTest {

    private static final Instant NOW = Instant.parse("2026-01-15T08:15:30Z");
    private static final String PACKAGE = "/ota-upgrades/packages/" + HuaweiSimulator.DOCUMENTED_PACKAGE;

    private HuaweiSimulator simulator;
    private HuaweiClient client;

    @BeforeEach
    void start() {
        simulator = HuaweiSimulator.start(0, Clock.fixed(NOW, ZoneOffset.UTC));
        client = new HuaweiClient(simulator).date(NOW);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void accepts_a_plain_signature() throws Exception {
        assertThat(client.get(PACKAGE).status()).isEqualTo(200);
    }

    @Test
    void accepts_a_derived_signature() throws Exception {
        assertThat(client.derived("cn-north-4/iotdm").get(PACKAGE).status()).isEqualTo(200);
    }

    @Test
    void accepts_a_token_without_a_signature() throws Exception {
        Reply reply = client.adding("X-Auth-Token", simulator.token()).getUnsigned(PACKAGE);

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void accepts_unsigned_headers() throws Exception {
        assertThat(client.adding("X-Trace", "added by a proxy").get(PACKAGE).status())
                .isEqualTo(200);
    }

    @Test
    void accepts_the_instance_id_of_the_account() throws Exception {
        assertThat(client.signing("instance-id", simulator.instanceId())
                        .get(PACKAGE)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {-15, 15})
    void accepts_a_clock_skew_of_15_minutes(long minutes) throws Exception {
        assertThat(client.date(NOW.plus(Duration.ofMinutes(minutes)))
                        .get(PACKAGE)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {-901, 901})
    void rejects_a_larger_clock_skew(long seconds) throws Exception {
        assertRejected(client.date(NOW.plusSeconds(seconds)).get(PACKAGE), "expired");
    }

    @Test
    void rejects_an_unknown_access_key() throws Exception {
        assertRejected(client.accessKey("HPUAUNKNOWN").get(PACKAGE), "ak HPUAUNKNOWN not exist");
    }

    @Test
    void rejects_a_wrong_secret() throws Exception {
        assertRejected(
                client.secretKey("FakeSecretOfTheHuaweiSimulator0123456788").get(PACKAGE), "verify aksk");
    }

    @Test
    void rejects_a_request_without_credentials() throws Exception {
        assertRejected(client.getUnsigned(PACKAGE), "neither Authorization nor X-Auth-Token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic dTpw",
                "SDK-HMAC-SHA256",
                "SDK-HMAC-SHA256 Access=, SignedHeaders=host, Signature=00",
                "SDK-HMAC-SM3 Access=a, SignedHeaders=host;x-sdk-date, Signature=00",
                "V11-HMAC-SHA256 Credential=a, SignedHeaders=host;x-sdk-date, Signature=00"
            })
    void rejects_a_malformed_authorization(String authorization) throws Exception {
        assertRejected(client.adding("Authorization", authorization).getUnsigned(PACKAGE), "malformed");
    }

    @Test
    void rejects_a_wrong_token() throws Exception {
        assertRejected(client.adding("X-Auth-Token", "MIIWrong").getUnsigned(PACKAGE), "decrypt token fail");
    }

    @Test
    void rejects_a_signature_without_the_host() throws Exception {
        assertRejected(client.notSigning("host").get(PACKAGE), "not signed");
    }

    @Test
    void rejects_a_signature_without_the_date() throws Exception {
        assertRejected(client.notSigning("x-sdk-date").get(PACKAGE), "not signed");
    }

    @Test
    void rejects_a_request_without_a_signed_header() throws Exception {
        assertRejected(
                client.signing("x-custom", "1").neverSending("x-custom").get(PACKAGE), "a signed header is missing");
    }

    @Test
    void rejects_a_wrong_body_hash() throws Exception {
        assertRejected(client.signing("x-sdk-content-sha256", "0".repeat(64)).get(PACKAGE), "does not match the body");
    }

    @Test
    void accepts_an_unsigned_payload() throws Exception {
        assertThat(client.signing("x-sdk-content-sha256", "UNSIGNED-PAYLOAD")
                        .send("GET", PACKAGE, "anything")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cn-north-1/iotdm", "cn-north-4/iotda"})
    void rejects_a_key_derived_for_another_scope(String regionAndService) throws Exception {
        assertRejected(client.derived(regionAndService).get(PACKAGE), "another day, region or service");
    }

    @Test
    void own_instance_rejects_a_plain_signature() throws Exception {
        simulator.play(HuaweiSimulator.Edition.OWN_INSTANCE);

        Reply reply = client.get(PACKAGE);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.errorCode()).isEqualTo("IOTDA.000002");
    }

    @Test
    void own_instance_accepts_a_derived_signature() throws Exception {
        simulator.play(HuaweiSimulator.Edition.OWN_INSTANCE);

        assertThat(client.derived("cn-north-4/iotdm").get(PACKAGE).status()).isEqualTo(200);
    }

    @Test
    void plain_only_endpoint_rejects_a_derived_signature() throws Exception {
        simulator.play(HuaweiSimulator.Edition.BASIC_PLAIN_ONLY);

        assertThat(client.get(PACKAGE).status()).isEqualTo(200);
        assertRejected(client.derived("cn-north-4/iotdm").get(PACKAGE), 401, "IOTDA.000002");
    }

    @Test
    void endpoint_of_another_edition_rejects_an_authenticated_user() throws Exception {
        simulator.play(HuaweiSimulator.Edition.NOT_SUBSCRIBED);

        assertRejected(client.get(PACKAGE), 403, "IOTDA.000021");
        assertRejected(client.secretKey("wrong").get(PACKAGE), "verify aksk");
    }

    @Test
    void rejects_an_expired_token() throws Exception {
        simulator.expireToken(true);

        assertRejected(client.adding("X-Auth-Token", simulator.token()).getUnsigned(PACKAGE), 403, "IOTDA.000004");
    }

    @Test
    void requires_a_resource_space_if_there_are_several() throws Exception {
        String type = "package_type=firmwarePackage";
        simulator.requireSpace(true);

        assertRejected(client.get("/ota-upgrades/packages?" + type), 403, "IOTDA.001005");
        assertThat(client.get("/ota-upgrades/packages?app_id=" + simulator.appId() + "&" + type)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void has_separate_permissions_for_packages_and_modules() throws Exception {
        String modules = "/ota-upgrades/modules/" + HuaweiSimulator.DOCUMENTED_MODULE;
        simulator.permitModules(false);
        assertRejected(client.get(modules), 403, "APIGW.0302");
        assertThat(client.get(PACKAGE).status()).isEqualTo(200);

        simulator.permitModules(true);
        simulator.permitPackages(false);
        assertRejected(client.get(PACKAGE), 403, "APIGW.0302");
        assertThat(client.get(modules).status()).isEqualTo(200);
    }

    @Test
    void throttles_authenticated_requests() throws Exception {
        simulator.throttle(true);

        assertRejected(client.get(PACKAGE), 403, "IOTDA.021102");
        assertRejected(client.getUnsigned(PACKAGE), "neither Authorization nor X-Auth-Token");
    }

    @Test
    void accepts_temporary_keys_with_their_token() throws Exception {
        simulator.requireSecurityToken(true);

        assertThat(client.signing("x-security-token", simulator.securityToken())
                        .get(PACKAGE)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void rejects_temporary_keys_without_a_token() throws Exception {
        simulator.requireSecurityToken(true);

        assertRejected(client.get(PACKAGE), "security token");
    }

    @Test
    void rejects_temporary_keys_with_an_unsigned_token() throws Exception {
        simulator.requireSecurityToken(true);

        assertRejected(
                client.adding("x-security-token", simulator.securityToken()).get(PACKAGE), "security token");
    }

    @Test
    void rejects_another_project() throws Exception {
        Reply reply = client.projectId("0123456789abcdef0123456789abcdef").get(PACKAGE);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.errorCode()).isEqualTo(HuaweiError.FOREIGN_PROJECT);
    }

    @Test
    void rejects_another_instance() throws Exception {
        assertThat(client.signing("instance-id", "0a7ffc5c").get(PACKAGE).status())
                .isEqualTo(403);
    }

    @Test
    void counts_rejected_requests() throws Exception {
        client.get(PACKAGE);
        client.getUnsigned(PACKAGE);

        assertThat(simulator.requestCount()).isEqualTo(2);
    }

    private static void assertRejected(Reply reply, int status, String code) {
        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
    }

    private static void assertRejected(Reply reply, String message) {
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.errorCode()).isEqualTo("APIGW.0301");
        assertThat(reply.errorMessage())
                .startsWith("Incorrect IAM authentication information: ")
                .contains(message);
        assertThat(reply.body().get("request_id").asText())
                .isEqualTo(reply.requestId())
                .hasSize(32);
    }
}
