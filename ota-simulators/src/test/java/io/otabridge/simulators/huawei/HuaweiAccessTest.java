package io.otabridge.simulators.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.simulators.huawei.HuaweiClient.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes in and who does not, over real sockets. */
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
    void takes_a_plain_signature() throws Exception {
        assertThat(client.get(PACKAGE).status()).isEqualTo(200);
    }

    @Test
    void takes_a_derived_signature() throws Exception {
        assertThat(client.derived("cn-north-4/iotdm").get(PACKAGE).status()).isEqualTo(200);
    }

    @Test
    void takes_a_token_without_a_signature() throws Exception {
        Answer answer = client.adding("X-Auth-Token", simulator.token()).getUnsigned(PACKAGE);

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void takes_unsigned_headers_that_came_later() throws Exception {
        assertThat(client.adding("X-Trace", "added by a proxy").get(PACKAGE).status())
                .isEqualTo(200);
    }

    @Test
    void takes_the_instance_id_of_the_account() throws Exception {
        assertThat(client.signing("instance-id", simulator.instanceId())
                        .get(PACKAGE)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {-15, 15})
    void takes_a_clock_that_is_quarter_of_an_hour_off(long minutes) throws Exception {
        assertThat(client.date(NOW.plus(Duration.ofMinutes(minutes)))
                        .get(PACKAGE)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {-901, 901})
    void refuses_a_clock_that_is_further_off(long seconds) throws Exception {
        assertRefused(client.date(NOW.plusSeconds(seconds)).get(PACKAGE), "expired");
    }

    @Test
    void refuses_an_unknown_access_key() throws Exception {
        assertRefused(client.accessKey("HPUANOBODY").get(PACKAGE), "ak HPUANOBODY not exist");
    }

    @Test
    void refuses_a_wrong_secret() throws Exception {
        assertRefused(
                client.secretKey("FakeSecretOfTheHuaweiSimulator0123456788").get(PACKAGE), "verify aksk");
    }

    @Test
    void refuses_a_call_without_credentials() throws Exception {
        assertRefused(client.getUnsigned(PACKAGE), "neither Authorization nor X-Auth-Token");
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
    void refuses_a_garbled_authorization(String authorization) throws Exception {
        assertRefused(client.adding("Authorization", authorization).getUnsigned(PACKAGE), "malformed");
    }

    @Test
    void refuses_a_wrong_token() throws Exception {
        assertRefused(client.adding("X-Auth-Token", "MIIWrong").getUnsigned(PACKAGE), "decrypt token fail");
    }

    @Test
    void refuses_a_signature_without_the_host() throws Exception {
        assertRefused(client.notSigning("host").get(PACKAGE), "not signed");
    }

    @Test
    void refuses_a_signature_without_the_date() throws Exception {
        assertRefused(client.notSigning("x-sdk-date").get(PACKAGE), "not signed");
    }

    @Test
    void refuses_when_a_signed_header_does_not_arrive() throws Exception {
        assertRefused(
                client.signing("x-custom", "1").neverSending("x-custom").get(PACKAGE), "a signed header is missing");
    }

    @Test
    void refuses_a_stated_hash_that_is_not_the_bodys() throws Exception {
        assertRefused(client.signing("x-sdk-content-sha256", "0".repeat(64)).get(PACKAGE), "does not match the body");
    }

    @Test
    void takes_an_unsigned_payload() throws Exception {
        assertThat(client.signing("x-sdk-content-sha256", "UNSIGNED-PAYLOAD")
                        .send("GET", PACKAGE, "anything")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cn-north-1/iotdm", "cn-north-4/iotda"})
    void refuses_a_key_derived_for_something_else(String regionAndService) throws Exception {
        assertRefused(client.derived(regionAndService).get(PACKAGE), "another day, region or service");
    }

    @Test
    void own_instance_refuses_a_plain_signature() throws Exception {
        simulator.play(HuaweiSimulator.Edition.OWN_INSTANCE);

        Answer answer = client.get(PACKAGE);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.errorCode()).isEqualTo("IOTDA.000002");
    }

    @Test
    void own_instance_takes_a_derived_signature() throws Exception {
        simulator.play(HuaweiSimulator.Edition.OWN_INSTANCE);

        assertThat(client.derived("cn-north-4/iotdm").get(PACKAGE).status()).isEqualTo(200);
    }

    @Test
    void an_endpoint_for_plain_signatures_refuses_a_derived_one() throws Exception {
        simulator.play(HuaweiSimulator.Edition.BASIC_PLAIN_ONLY);

        assertThat(client.get(PACKAGE).status()).isEqualTo(200);
        assertRefused(client.derived("cn-north-4/iotdm").get(PACKAGE), 401, "IOTDA.000002");
    }

    @Test
    void an_endpoint_of_another_edition_knows_the_key_alone() throws Exception {
        simulator.play(HuaweiSimulator.Edition.NOT_SUBSCRIBED);

        assertRefused(client.get(PACKAGE), 403, "IOTDA.000021");
        assertRefused(client.secretKey("wrong").get(PACKAGE), "verify aksk");
    }

    @Test
    void refuses_a_token_that_has_ended() throws Exception {
        simulator.expireToken(true);

        assertRefused(client.adding("X-Auth-Token", simulator.token()).getUnsigned(PACKAGE), 403, "IOTDA.000004");
    }

    @Test
    void wants_a_resource_space_where_there_are_several() throws Exception {
        String type = "package_type=firmwarePackage";
        simulator.requireSpace(true);

        assertRefused(client.get("/ota-upgrades/packages?" + type), 403, "IOTDA.001005");
        assertThat(client.get("/ota-upgrades/packages?app_id=" + simulator.appId() + "&" + type)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void permits_packages_and_modules_one_by_one() throws Exception {
        String modules = "/ota-upgrades/modules/" + HuaweiSimulator.DOCUMENTED_MODULE;
        simulator.permitModules(false);
        assertRefused(client.get(modules), 403, "APIGW.0302");
        assertThat(client.get(PACKAGE).status()).isEqualTo(200);

        simulator.permitModules(true);
        simulator.permitPackages(false);
        assertRefused(client.get(PACKAGE), 403, "APIGW.0302");
        assertThat(client.get(modules).status()).isEqualTo(200);
    }

    @Test
    void throttles_whoever_comes_in() throws Exception {
        simulator.throttle(true);

        assertRefused(client.get(PACKAGE), 403, "IOTDA.021102");
        assertRefused(client.getUnsigned(PACKAGE), "neither Authorization nor X-Auth-Token");
    }

    @Test
    void temporary_keys_come_with_their_token() throws Exception {
        simulator.requireSecurityToken(true);

        assertThat(client.signing("x-security-token", simulator.securityToken())
                        .get(PACKAGE)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refuses_temporary_keys_without_a_token() throws Exception {
        simulator.requireSecurityToken(true);

        assertRefused(client.get(PACKAGE), "security token");
    }

    @Test
    void refuses_temporary_keys_with_an_unsigned_token() throws Exception {
        simulator.requireSecurityToken(true);

        assertRefused(
                client.adding("x-security-token", simulator.securityToken()).get(PACKAGE), "security token");
    }

    @Test
    void refuses_another_project() throws Exception {
        Answer answer = client.projectId("0123456789abcdef0123456789abcdef").get(PACKAGE);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo(HuaweiError.FOREIGN_PROJECT);
    }

    @Test
    void refuses_another_instance() throws Exception {
        assertThat(client.signing("instance-id", "0a7ffc5c").get(PACKAGE).status())
                .isEqualTo(403);
    }

    @Test
    void counts_refused_requests_too() throws Exception {
        client.get(PACKAGE);
        client.getUnsigned(PACKAGE);

        assertThat(simulator.requestCount()).isEqualTo(2);
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    private static void assertRefused(Answer answer, String complaint) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.errorCode()).isEqualTo("APIGW.0301");
        assertThat(answer.errorMessage())
                .startsWith("Incorrect IAM authentication information: ")
                .contains(complaint);
        assertThat(answer.body().get("request_id").asText())
                .isEqualTo(answer.requestId())
                .hasSize(32);
    }
}
