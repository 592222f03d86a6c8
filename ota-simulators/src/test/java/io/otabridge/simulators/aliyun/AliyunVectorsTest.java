package io.otabridge.simulators.aliyun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.simulators.server.PercentEncoding;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the authenticator with requests signed by the vendor's SDKs, and with published examples. */
class AliyunVectorsTest {

    private static final JsonNode VECTORS = read();

    @ParameterizedTest
    @MethodSource("rpcVectors")
    void accepts_v1_signatures_of_the_vendor(JsonNode vector) {
        ReceivedRequest call = rpcCall(vector, "signature");

        assertThat(error(vector, call, secret(vector))).isEmpty();
        assertThat(SimulatedDialect.ALIBABA.verifierFor(AliyunRequest.of(call)).stringToSign())
                .isEqualTo(vector.get("expected").get("stringToSign").asText());
    }

    @ParameterizedTest
    @MethodSource("rpcVectors")
    void rejects_v1_with_another_secret(JsonNode vector) {
        assertThat(error(vector, rpcCall(vector, "signature"), otherSecret(vector)))
                .map(AliyunError::code)
                .containsExactly("SignatureDoesNotMatch");
    }

    @Test
    void accepts_v1_without_empty_values() {
        JsonNode vector = rpcVectors()
                .map(arguments -> ((Named<?>) arguments.get()[0]).getPayload())
                .map(JsonNode.class::cast)
                .filter(candidate -> candidate.get("expected").has("signatureWithEmptyValuesSkipped"))
                .findFirst()
                .orElseThrow();

        assertThat(error(vector, rpcCall(vector, "signatureWithEmptyValuesSkipped"), secret(vector)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("acs3Vectors")
    void accepts_v3_signatures_of_the_vendor(JsonNode vector) {
        ReceivedRequest call = acs3Call(vector);

        assertThat(error(vector, call, secret(vector))).isEmpty();
        assertThat(new Acs3Verifier(AliyunRequest.of(call)).stringToSign())
                .isEqualTo(vector.get("expected").get("stringToSign").asText());
    }

    @ParameterizedTest
    @MethodSource("acs3Vectors")
    void rejects_v3_with_another_secret(JsonNode vector) {
        assertThat(error(vector, acs3Call(vector), otherSecret(vector)))
                .map(AliyunError::code)
                .containsExactly("SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void encodes_like_the_vendor(String text, String encoded) {
        assertThat(PercentEncoding.encode(text)).isEqualTo(encoded);
        assertThat(PercentEncoding.decodeParameter(encoded)).isEqualTo(text);
        assertThat(PercentEncoding.decodeSegment(encoded)).isEqualTo(text);
    }

    @Test
    void reads_all_vectors() {
        assertThat(rpcVectors()).hasSize(9);
        assertThat(acs3Vectors()).hasSize(7);
        assertThat(encodings()).hasSize(31);
    }

    static Stream<Arguments> rpcVectors() {
        return named("v1HmacSha1");
    }

    static Stream<Arguments> acs3Vectors() {
        return named("v3Acs3HmacSha256");
    }

    static Stream<Arguments> encodings() {
        return elements("percentEncode")
                .map(vector -> Arguments.of(
                        vector.get("input").asText(), vector.get("expected").asText()));
    }

    private static Stream<Arguments> named(String section) {
        return elements(section)
                .map(vector -> Arguments.of(Named.of(vector.get("id").asText(), vector)));
    }

    private static Stream<JsonNode> elements(String section) {
        return StreamSupport.stream(VECTORS.get(section).spliterator(), false);
    }

    private static Option<AliyunError> error(JsonNode vector, ReceivedRequest http, String secret) {
        AliyunRequest call = AliyunRequest.of(http);
        AliyunVerifier verifier = SimulatedDialect.ALIBABA.verifierFor(call);
        AliyunAccount account = new AliyunAccount(
                vector.get("input").get("accessKeyId").asText(),
                secret,
                verifier.securityToken().getOrElse(""));
        Clock clock = Clock.fixed(Instant.parse(verifier.time()).plusSeconds(60), ZoneOffset.UTC);
        AliyunAuthenticator authenticator = new AliyunAuthenticator(SimulatedDialect.ALIBABA, account, clock);
        authenticator.requireSecurityToken(verifier.securityToken().isDefined());
        return authenticator.authenticate(call);
    }

    private static String secret(JsonNode vector) {
        return vector.get("input").get("accessKeySecret").asText();
    }

    private static String otherSecret(JsonNode vector) {
        return secret(vector).replaceFirst("e", "f");
    }

    private static ReceivedRequest rpcCall(JsonNode vector, String signatureMember) {
        JsonNode input = vector.get("input");
        String signature = vector.get("expected").get(signatureMember).asText();
        String query = form(input.get("queryParams")) + "&Signature=" + PercentEncoding.encode(signature);
        return new ReceivedRequest(
                input.get("httpMethod").asText(),
                "/",
                query,
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form(input.get("formBodyParams")).getBytes(UTF_8));
    }

    private static ReceivedRequest acs3Call(JsonNode vector) {
        JsonNode input = vector.get("input");
        Map<String, String> headers = new TreeMap<>();
        input.get("headersBeforeSigning")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        JsonNode expected = vector.get("expected");
        headers.put("x-acs-content-sha256", expected.get("hashedPayload").asText());
        headers.put("Authorization", expected.get("authorization").asText());
        return new ReceivedRequest(
                input.get("httpMethod").asText(),
                input.get("canonicalUri").asText(),
                form(input.get("queryParams")),
                headers,
                input.get("body").asText().getBytes(UTF_8));
    }

    private static String form(JsonNode parameters) {
        return parameters.properties().stream()
                .map(parameter -> PercentEncoding.encode(parameter.getKey()) + "="
                        + PercentEncoding.encode(parameter.getValue().asText()))
                .collect(joining("&"));
    }

    private static JsonNode read() {
        try (InputStream file = AliyunVectorsTest.class.getResourceAsStream("/vectors/aliyun-signing-vectors.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the vectors", e);
        }
    }
}
