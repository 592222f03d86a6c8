package io.otabridge.aliyun.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.aliyun.AliyunFixture;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.auth.Canonicalization;
import io.otabridge.domain.backend.Secret;
import io.vavr.control.Option;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares signatures with those of the official signers for the same requests. */
class AliyunRequestSignerTest {

    private static JsonNode file() throws IOException {
        return new ObjectMapper().readTree(AliyunFixture.resource("/vectors/aliyun-signing-vectors.json"));
    }

    private static Stream<Vector> vectors(String kind) throws IOException {
        return StreamSupport.stream(file().get(kind).spliterator(), false).map(Vector::new);
    }

    static Stream<Vector> rpc() throws IOException {
        return vectors("v1HmacSha1");
    }

    static Stream<Vector> acs3() throws IOException {
        return vectors("v3Acs3HmacSha256");
    }

    static Stream<Vector> encodings() throws IOException {
        return vectors("percentEncode");
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void encodes_as_the_official_signers_do(Vector vector) {
        assertThat(Canonicalization.percentEncode(vector.json().get("input").asText()))
                .isEqualTo(vector.json().get("expected").asText());
    }

    @ParameterizedTest
    @MethodSource("rpc")
    void signs_hmac_sha1_as_the_official_signers_do(Vector vector) {
        assertThat(new RpcSigner(Map.of(), Option.none())
                        .signature(vector.method(), vector.url("queryParams", "formBodyParams"), vector.key("")))
                .isEqualTo(vector.expected("signature"));
    }

    @ParameterizedTest
    @MethodSource("rpc")
    void signs_hmac_sha1_differently_with_another_secret(Vector vector) {
        assertThat(new RpcSigner(Map.of(), Option.none())
                        .signature(vector.method(), vector.url("queryParams", "formBodyParams"), vector.key("x")))
                .isNotEqualTo(vector.expected("signature"));
    }

    @ParameterizedTest
    @MethodSource("acs3")
    void signs_acs3_as_the_official_signers_do(Vector vector) {
        assertThat(new Acs3Signer().authorization(vector.request(), vector.key("")))
                .isEqualTo(vector.expected("authorization"));
    }

    @ParameterizedTest
    @MethodSource("acs3")
    void signs_acs3_differently_with_another_secret(Vector vector) {
        assertThat(new Acs3Signer().authorization(vector.request(), vector.key("x")))
                .isNotEqualTo(vector.expected("authorization"));
    }

    @Test
    void builds_the_whole_acs3_request_of_a_vector() throws IOException {
        Vector vector = acs3().findFirst().orElseThrow();
        Request bare = new Request.Builder()
                .url(vector.url("queryParams"))
                .header("x-acs-action", "QueryOTAFirmware")
                .header("accept", "application/json")
                .build();

        Request signed = new Acs3Signer()
                .sign(
                        bare,
                        vector.key(""),
                        Instant.parse("2026-01-02T03:04:05Z"),
                        "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf");

        assertThat(signed.header("Authorization")).isEqualTo(vector.expected("authorization"));
    }

    @Test
    void builds_the_whole_hmac_sha1_request_of_a_vector() throws IOException {
        Vector vector = rpc().findFirst().orElseThrow();
        Request bare = new Request.Builder()
                .url("https://iot.cn-shanghai.aliyuncs.com/?FirmwareId=s8SSHiKjpBfrM3BSN0z803")
                .header("x-acs-action", "QueryOTAFirmware")
                .build();

        Request signed = new RpcSigner(Dialect.ALIBABA.commonParameters(), Option.some("cn-shanghai"))
                .sign(
                        bare,
                        vector.key(""),
                        Instant.parse("2026-01-02T03:04:05Z"),
                        "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf");

        assertThat(signed.url().queryParameter("Signature")).isEqualTo(vector.expected("signature"));
        assertThat(signed.header("x-acs-action")).isNull();
    }

    @Test
    void has_all_vectors() throws IOException {
        assertThat(rpc()).hasSize(9);
        assertThat(acs3()).hasSize(7);
        assertThat(encodings()).hasSize(31);
    }

    record Vector(JsonNode json) {

        String method() {
            return input().get("httpMethod").asText();
        }

        AccessKey key(String suffix) {
            return new AccessKey(
                    input().get("accessKeyId").asText(),
                    Secret.of(input().get("accessKeySecret").asText() + suffix),
                    Option.none());
        }

        HttpUrl url(String... parameterSets) {
            JsonNode host = input().path("headersBeforeSigning").path("host");
            HttpUrl.Builder url = HttpUrl.get("https://" + (host.isMissingNode() ? "iot" : host.asText()))
                    .newBuilder();
            for (String set : parameterSets) {
                input().get(set)
                        .properties()
                        .forEach(pair -> url.addQueryParameter(
                                pair.getKey(), pair.getValue().asText()));
            }
            return url.build();
        }

        Request request() {
            RequestBody body = method().equals("POST")
                    ? RequestBody.create(input().get("body").asText().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    : null;
            Request.Builder request =
                    new Request.Builder().url(url("queryParams")).method(method(), body);
            input().get("headersBeforeSigning")
                    .properties()
                    .forEach(header ->
                            request.header(header.getKey(), header.getValue().asText()));
            return request.header("x-acs-content-sha256", expected("hashedPayload"))
                    .build();
        }

        String expected(String name) {
            return json.get("expected").get(name).asText();
        }

        private JsonNode input() {
            return json.get("input");
        }

        @Override
        public String toString() {
            return json.has("id") ? json.get("id").asText() : json.get("input").asText();
        }
    }
}
