package io.otabridge.simulators.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.simulators.aliyun.AliyunClient.Reply;
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

/** Authentication and authorization of the simulator, over real sockets. */
class AliyunAccessTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private AliyunSimulator simulator;
    private AliyunClient client;

    enum Version {
        V1 {
            @Override
            Reply query(AliyunClient client) throws Exception {
                return client.v1("QueryOTAFirmware");
            }
        },
        V3 {
            @Override
            Reply query(AliyunClient client) throws Exception {
                return client.v3("QueryOTAFirmware");
            }
        };

        abstract Reply query(AliyunClient client) throws Exception;
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
    void accepts_a_get(Version version) throws Exception {
        assertAccepted(version.query(client));
    }

    @ParameterizedTest
    @EnumSource
    void accepts_a_post(Version version) throws Exception {
        assertAccepted(version.query(client.method("POST")));
    }

    @ParameterizedTest
    @EnumSource
    void accepts_a_form(Version version) throws Exception {
        assertAccepted(version.query(client.inForm()));
    }

    @ParameterizedTest
    @EnumSource
    void accepts_signed_parameters_with_special_characters(Version version) throws Exception {
        assertAccepted(version.query(client.with("Udi *~+/%&=", "固件 \"升级\" *~+/%&='🚀\n")));
    }

    @ParameterizedTest
    @EnumSource
    void accepts_a_clock_skew_of_15_minutes(Version version) throws Exception {
        assertAccepted(version.query(client.time(NOW.minusSeconds(900))));
    }

    @ParameterizedTest
    @EnumSource
    void rejects_a_larger_clock_skew(Version version) throws Exception {
        assertRejected(version.query(client.time(NOW.minusSeconds(901))), 400, "InvalidTimeStamp.Expired");
        assertRejected(version.query(client().time(NOW.plusSeconds(901))), 400, "InvalidTimeStamp.Expired");
    }

    @ParameterizedTest
    @EnumSource
    void rejects_an_invalid_timestamp(Version version) throws Exception {
        assertRejected(
                version.query(client.common("Timestamp", "yesterday").header("x-acs-date", "yesterday")),
                400,
                "InvalidTimeStamp.Format");
    }

    @ParameterizedTest
    @EnumSource
    void rejects_a_used_nonce(Version version) throws Exception {
        assertAccepted(version.query(client.nonce("once")));

        assertRejected(version.query(client().nonce("once")), 400, "SignatureNonceUsed");
    }

    @ParameterizedTest
    @EnumSource
    void a_rejected_request_does_not_consume_its_nonce(Version version) throws Exception {
        assertRejected(version.query(client.nonce("once").secretKey("guess")), 400, "SignatureDoesNotMatch");

        assertAccepted(version.query(client().nonce("once")));
    }

    @ParameterizedTest
    @EnumSource
    void rejects_an_unknown_access_key(Version version) throws Exception {
        assertRejected(version.query(client.accessKey("LTAIunknown")), 404, "InvalidAccessKeyId.NotFound");
    }

    @ParameterizedTest
    @EnumSource
    void rejects_a_wrong_secret(Version version) throws Exception {
        assertRejected(version.query(client.secretKey("FakeSecretOfAliyunSimulator002")), 400, "SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @EnumSource
    void accepts_temporary_keys_with_their_token(Version version) throws Exception {
        simulator.requireSecurityToken(true);

        assertAccepted(version.query(client.common("SecurityToken", simulator.securityToken())
                .header("x-acs-security-token", simulator.securityToken())));
    }

    @ParameterizedTest
    @CsvSource({"V1, ''", "V1, wrong", "V3, ''", "V3, wrong"})
    void rejects_temporary_keys_without_their_token(Version version, String token) throws Exception {
        simulator.requireSecurityToken(true);
        client.common("SecurityToken", token);
        Reply reply = version.query(token.isEmpty() ? client : client.header("x-acs-security-token", token));

        assertRejected(reply, 400, "InvalidSecurityToken.Malformed");
    }

    @Test
    void rejects_temporary_keys_with_an_expired_token() throws Exception {
        simulator.requireSecurityToken(true);
        simulator.expireSecurityToken(true);

        assertRejected(
                client.common("SecurityToken", simulator.securityToken()).v1("QueryOTAFirmware"),
                400,
                "InvalidSecurityToken.Expired");
    }

    @ParameterizedTest
    @EnumSource
    void rejects_a_user_without_permission(Version version) throws Exception {
        simulator.permit(false);

        assertRejected(version.query(client), 403, "Forbidden.RAM");
    }

    @ParameterizedTest
    @EnumSource
    void throttles_authenticated_requests(Version version) throws Exception {
        simulator.throttle(true);

        assertRejected(version.query(client), 400, "Throttling.User");
        assertRejected(client().secretKey("guess").v1("QueryOTAFirmware"), 400, "SignatureDoesNotMatch");
    }

    @Test
    void accepts_v1_with_headers_of_v3() throws Exception {
        assertAccepted(client.header("x-acs-action", "QueryOTAFirmware")
                .header("x-acs-version", "2018-01-20")
                .v1("QueryOTAFirmware"));
    }

    @Test
    void returns_the_expected_string_to_sign() throws Exception {
        JsonNode rejected =
                client.nonce("n1").secretKey("guess").v1("QueryOTAFirmware").json();

        assertThat(rejected.get("Message").asText())
                .endsWith("server string to sign is:GET&%2F&AccessKeyId%3D" + simulator.accessKey()
                        + "%26Action%3DQueryOTAFirmware%26FirmwareId%3DUfuxnwygsuSkVE0VCN%252A%252A%252A%252A0100"
                        + "%26Format%3DJSON%26IotInstanceId%3D" + simulator.instanceId()
                        + "%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dn1%26SignatureVersion%3D1.0"
                        + "%26Timestamp%3D2026-01-02T03%253A04%253A05Z%26Version%3D2018-01-20");
    }

    @Test
    void rejects_a_replaced_body_with_v3() throws Exception {
        assertRejected(
                client.inForm().tampering("body", "FirmwareId=another").v3("QueryOTAFirmware"),
                400,
                "SignatureDoesNotMatch");
    }

    @Test
    void rejects_a_wrong_body_hash() throws Exception {
        assertRejected(
                client.header("x-acs-content-sha256", "0".repeat(64)).v3("QueryOTAFirmware"),
                400,
                "SignatureDoesNotMatch");
    }

    @Test
    void rejects_a_replaced_parameter_with_v1() throws Exception {
        assertRejected(client.tampering("FirmwareId", "another").v1("QueryOTAFirmware"), 400, "SignatureDoesNotMatch");
    }

    @Test
    void rejects_an_unsigned_header_with_v3() throws Exception {
        assertRejected(client.tampering("x-acs-later", "1").v3("QueryOTAFirmware"), 400, "IncompleteSignature");
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
    void rejects_v3_without_a_mandatory_header(String header, String code) throws Exception {
        assertRejected(client.tampering(header, "").v3("QueryOTAFirmware"), 400, code);
    }

    @ParameterizedTest
    @CsvSource({
        "ACS3-HMAC-SM3 Credential=a, InvalidSignatureMethod",
        "ACS3-HMAC-SHA256, InvalidSignatureMethod",
        "ACS3-HMAC-SHA256 nonsense, IncompleteSignature",
        "Bearer abc, InvalidSignatureMethod"
    })
    void rejects_a_malformed_authorization(String authorization, String code) throws Exception {
        assertRejected(client.header("Authorization", authorization).v3("QueryOTAFirmware"), 400, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessKeyId", "Signature", "SignatureNonce", "Timestamp", "SignatureMethod", "Action"})
    void rejects_v1_without_a_mandatory_parameter(String name) throws Exception {
        assertRejected(client.tampering(name, "").v1("QueryOTAFirmware"), 400, "Missing" + name);
    }

    @Test
    void rejects_another_signature_method_with_v1() throws Exception {
        assertRejected(
                client.common("SignatureMethod", "HMAC-SM3").v1("QueryOTAFirmware"), 400, "InvalidSignatureMethod");
    }

    @Test
    void rejects_a_request_without_parameters() throws Exception {
        assertRejected(client.common("Format", "JSON").unsigned(), 400, "MissingAction");
    }

    @Test
    void counts_rejected_requests() throws Exception {
        client.v1("QueryOTAFirmware");
        client().unsigned();

        assertThat(simulator.requestCount()).isEqualTo(2);
    }

    private AliyunClient client() {
        return new AliyunClient(simulator).time(NOW).with("FirmwareId", AliyunSimulator.DOCUMENTED_FIRMWARE);
    }

    private static void assertAccepted(Reply reply) throws Exception {
        assertThat(reply.json().path("Success").asBoolean()).as(reply.text()).isTrue();
        assertThat(reply.status()).isEqualTo(200);
    }

    private static void assertRejected(Reply reply, int status, String code) throws Exception {
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().get("HostId").asText()).startsWith("127.0.0.1:");
    }
}
