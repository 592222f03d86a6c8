package io.otabridge.simulators.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.simulators.aliyun.AliyunClient.Answer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes in and who does not, over real sockets. */
class AliyunAccessTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private AliyunSimulator simulator;
    private AliyunClient client;

    enum Version {
        V1 {
            @Override
            Answer query(AliyunClient client) throws Exception {
                return client.v1("QueryOTAFirmware");
            }
        },
        V3 {
            @Override
            Answer query(AliyunClient client) throws Exception {
                return client.v3("QueryOTAFirmware");
            }
        };

        abstract Answer query(AliyunClient client) throws Exception;
    }

    @BeforeEach
    void start() {
        simulator = AliyunSimulator.start(0, Clock.fixed(NOW, ZoneOffset.UTC));
        client = client();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource
    void takes_a_get(Version version) throws Exception {
        assertTaken(version.query(client));
    }

    @ParameterizedTest
    @EnumSource
    void takes_a_post(Version version) throws Exception {
        assertTaken(version.query(client.method("POST")));
    }

    @ParameterizedTest
    @EnumSource
    void takes_a_form(Version version) throws Exception {
        assertTaken(version.query(client.inForm()));
    }

    @ParameterizedTest
    @EnumSource
    void signs_names_and_values_with_awkward_characters(Version version) throws Exception {
        assertTaken(version.query(client.with("Udi *~+/%&=", "固件 \"升级\" *~+/%&='🚀\n")));
    }

    @ParameterizedTest
    @EnumSource
    void takes_a_clock_that_is_quarter_of_an_hour_off(Version version) throws Exception {
        assertTaken(version.query(client.time(NOW.minusSeconds(900))));
    }

    @ParameterizedTest
    @EnumSource
    void refuses_a_clock_that_is_further_off(Version version) throws Exception {
        assertRefused(version.query(client.time(NOW.minusSeconds(901))), 400, "InvalidTimeStamp.Expired");
        assertRefused(version.query(client().time(NOW.plusSeconds(901))), 400, "InvalidTimeStamp.Expired");
    }

    @ParameterizedTest
    @EnumSource
    void refuses_a_time_that_is_none(Version version) throws Exception {
        assertRefused(
                version.query(client.common("Timestamp", "yesterday").header("x-acs-date", "yesterday")),
                400,
                "InvalidTimeStamp.Format");
    }

    @ParameterizedTest
    @EnumSource
    void refuses_a_nonce_that_was_used(Version version) throws Exception {
        assertTaken(version.query(client.nonce("once")));

        assertRefused(version.query(client().nonce("once")), 400, "SignatureNonceUsed");
    }

    @ParameterizedTest
    @EnumSource
    void a_refused_call_does_not_use_up_its_nonce(Version version) throws Exception {
        assertRefused(version.query(client.nonce("once").secretKey("guess")), 400, "SignatureDoesNotMatch");

        assertTaken(version.query(client().nonce("once")));
    }

    @ParameterizedTest
    @EnumSource
    void refuses_an_unknown_access_key(Version version) throws Exception {
        assertRefused(version.query(client.accessKey("LTAInobody")), 404, "InvalidAccessKeyId.NotFound");
    }

    @ParameterizedTest
    @EnumSource
    void refuses_a_wrong_secret(Version version) throws Exception {
        assertRefused(version.query(client.secretKey("FakeSecretOfAliyunSimulator002")), 400, "SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @EnumSource
    void temporary_keys_come_with_their_token(Version version) throws Exception {
        simulator.requireSecurityToken(true);

        assertTaken(version.query(client.common("SecurityToken", simulator.securityToken())
                .header("x-acs-security-token", simulator.securityToken())));
    }

    @ParameterizedTest
    @CsvSource({"V1, ''", "V1, wrong", "V3, ''", "V3, wrong"})
    void refuses_temporary_keys_without_their_token(Version version, String token) throws Exception {
        simulator.requireSecurityToken(true);
        client.common("SecurityToken", token);
        Answer answer = version.query(token.isEmpty() ? client : client.header("x-acs-security-token", token));

        assertRefused(answer, 400, "InvalidSecurityToken.Malformed");
    }

    @Test
    void refuses_temporary_keys_whose_token_has_ended() throws Exception {
        simulator.requireSecurityToken(true);
        simulator.expireSecurityToken(true);

        assertRefused(
                client.common("SecurityToken", simulator.securityToken()).v1("QueryOTAFirmware"),
                400,
                "InvalidSecurityToken.Expired");
    }

    @ParameterizedTest
    @EnumSource
    void refuses_a_user_without_permission(Version version) throws Exception {
        simulator.permit(false);

        assertRefused(version.query(client), 403, "Forbidden.RAM");
    }

    @ParameterizedTest
    @EnumSource
    void throttles_whoever_comes_in(Version version) throws Exception {
        simulator.throttle(true);

        assertRefused(version.query(client), 400, "Throttling.User");
        assertRefused(client().secretKey("guess").v1("QueryOTAFirmware"), 400, "SignatureDoesNotMatch");
    }

    @Test
    void takes_v1_with_headers_of_v3() throws Exception {
        assertTaken(client.header("x-acs-action", "QueryOTAFirmware")
                .header("x-acs-version", "2018-01-20")
                .v1("QueryOTAFirmware"));
    }

    @Test
    void tells_what_it_would_have_signed() throws Exception {
        JsonNode refused =
                client.nonce("n1").secretKey("guess").v1("QueryOTAFirmware").json();

        assertThat(refused.get("Message").asText())
                .endsWith("server string to sign is:GET&%2F&AccessKeyId%3D" + simulator.accessKey()
                        + "%26Action%3DQueryOTAFirmware%26FirmwareId%3DUfuxnwygsuSkVE0VCN%252A%252A%252A%252A0100"
                        + "%26Format%3DJSON%26IotInstanceId%3D" + simulator.instanceId()
                        + "%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dn1%26SignatureVersion%3D1.0"
                        + "%26Timestamp%3D2026-01-02T03%253A04%253A05Z%26Version%3D2018-01-20");
    }

    @Test
    void refuses_a_body_that_was_exchanged_under_v3() throws Exception {
        assertRefused(
                client.inForm().tampering("body", "FirmwareId=another").v3("QueryOTAFirmware"),
                400,
                "SignatureDoesNotMatch");
    }

    @Test
    void refuses_a_stated_hash_that_is_not_the_bodys() throws Exception {
        assertRefused(
                client.header("x-acs-content-sha256", "0".repeat(64)).v3("QueryOTAFirmware"),
                400,
                "SignatureDoesNotMatch");
    }

    @Test
    void refuses_a_parameter_that_was_exchanged_under_v1() throws Exception {
        assertRefused(client.tampering("FirmwareId", "another").v1("QueryOTAFirmware"), 400, "SignatureDoesNotMatch");
    }

    @Test
    void refuses_a_header_of_v3_that_is_not_signed() throws Exception {
        assertRefused(client.tampering("x-acs-later", "1").v3("QueryOTAFirmware"), 400, "IncompleteSignature");
    }

    @ParameterizedTest
    @CsvSource({
        "x-acs-action, MissingAction",
        "x-acs-version, MissingVersion",
        "x-acs-date, MissingTimestamp",
        "x-acs-signature-nonce, MissingSignatureNonce",
        "x-acs-content-sha256, MissingContentSha256",
        "Authorization, MissingAuthorization"
    })
    void refuses_v3_without_a_mandatory_header(String header, String code) throws Exception {
        assertRefused(client.tampering(header, "").v3("QueryOTAFirmware"), 400, code);
    }

    @ParameterizedTest
    @CsvSource({
        "ACS3-HMAC-SM3 Credential=a, InvalidSignatureMethod",
        "ACS3-HMAC-SHA256, InvalidSignatureMethod",
        "ACS3-HMAC-SHA256 nonsense, IncompleteSignature",
        "Bearer abc, InvalidSignatureMethod"
    })
    void refuses_a_garbled_authorization(String authorization, String code) throws Exception {
        assertRefused(client.header("Authorization", authorization).v3("QueryOTAFirmware"), 400, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessKeyId", "Signature", "SignatureNonce", "Timestamp", "SignatureMethod", "Action"})
    void refuses_v1_without_a_mandatory_parameter(String name) throws Exception {
        assertRefused(client.tampering(name, "").v1("QueryOTAFirmware"), 400, "Missing" + name);
    }

    @Test
    void refuses_another_method_of_v1() throws Exception {
        assertRefused(
                client.common("SignatureMethod", "HMAC-SM3").v1("QueryOTAFirmware"), 400, "InvalidSignatureMethod");
    }

    @Test
    void refuses_a_call_without_anything() throws Exception {
        assertRefused(client.common("Format", "JSON").unsigned(), 400, "MissingAction");
    }

    @Test
    void counts_refused_requests_too() throws Exception {
        client.v1("QueryOTAFirmware");
        client().unsigned();

        assertThat(simulator.requestCount()).isEqualTo(2);
    }

    private AliyunClient client() {
        return new AliyunClient(simulator).time(NOW).with("FirmwareId", AliyunSimulator.DOCUMENTED_FIRMWARE);
    }

    private static void assertTaken(Answer answer) throws Exception {
        assertThat(answer.json().path("Success").asBoolean()).as(answer.text()).isTrue();
        assertThat(answer.status()).isEqualTo(200);
    }

    private static void assertRefused(Answer answer, int status, String code) throws Exception {
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().get("HostId").asText()).startsWith("127.0.0.1:");
    }
}
