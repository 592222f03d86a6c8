package io.otabridge.huawei.obs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.config.Endpoint;
import io.otabridge.domain.backend.Secret;
import io.otabridge.huawei.HuaweiFixture;
import io.vavr.control.Option;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObsSignerTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-10-02T08:12:38Z"), ZoneOffset.UTC);

    static List<JsonNode> vectors() throws IOException {
        JsonNode file = new ObjectMapper().readTree(HuaweiFixture.resource("/vectors/obs-signing-vectors.json"));
        List<JsonNode> vectors = new ArrayList<>();
        file.path("vectors").forEach(vectors::add);
        return vectors;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signs_the_same_text_as_the_official_sdk(JsonNode vector) {
        String method = vector.path("method").asText();
        Request.Builder request = new Request.Builder()
                .url("http://127.0.0.1" + vector.path("resource").asText())
                .method(
                        method,
                        method.equals("PUT") || method.equals("POST") ? RequestBody.create(new byte[0], null) : null);
        vector.path("headers")
                .properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().asText()));

        assertThat(signer(ObsForm.OBS).stringToSign(request.build()))
                .isEqualTo(vector.path("stringToSign").asText());
    }

    @ParameterizedTest
    @CsvSource({"OBS, x-obs-", "AWS, x-amz-"})
    void signs_the_bucket_of_the_host_name_and_the_token(ObsForm form, String prefix) {
        ObsBucket bucket = bucket("https://obs.cn-north-4.myhuaweicloud.com", "fw-bucket");
        Request request = bucket.request(bucket.url("ota/app.bin").get()).build();

        Request signed = signer(form).sign(request);

        assertThat(signed.url()).hasToString("https://fw-bucket.obs.cn-north-4.myhuaweicloud.com/ota/app.bin");
        assertThat(signed.header("Date")).isEqualTo("Wed, 02 Oct 2024 08:12:38 GMT");
        assertThat(signed.header(prefix + "security-token")).isEqualTo("token");
        assertThat(signed.header("Authorization")).startsWith(form + " AKEXAMPLE:");
        assertThat(signer(form).stringToSign(signed))
                .isEqualTo("GET\n\n\nWed, 02 Oct 2024 08:12:38 GMT\n" + prefix
                        + "security-token:token\n/fw-bucket/ota/app.bin");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, fw-bucket, http://127.0.0.1:8080/fw-bucket/k",
        "http://[::1]:8080, fw-bucket, http://[::1]:8080/fw-bucket/k",
        "http://localhost:8080, fw-bucket, http://localhost:8080/fw-bucket/k",
        "https://obs.eu-west-0.example.com, my.bucket, https://obs.eu-west-0.example.com/my.bucket/k",
        "https://obs.eu-west-0.example.com, bucket, https://bucket.obs.eu-west-0.example.com/k"
    })
    void puts_the_bucket_in_the_path_where_no_host_or_certificate_exists(String endpoint, String bucket, String url) {
        assertThat(bucket(endpoint, bucket).url("k").get()).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "ota/固件/v 1+a.bin, /fw-bucket/ota/%E5%9B%BA%E4%BB%B6/v%201%2Ba.bin",
        "100%25.bin, /fw-bucket/100%2525.bin",
        "a?b#c&d=e, /fw-bucket/a%3Fb%23c%26d%3De",
        "a/../b, /fw-bucket/a%2F..%2Fb",
        "a/./b, /fw-bucket/a%2F.%2Fb",
        "a//b, /fw-bucket/a//b",
        "/a, /fw-bucket//a",
        "a/%2e%2e/b, /fw-bucket/a/%252e%252e/b"
    })
    void encodes_a_key_once(String key, String path) {
        assertThat(bucket("http://127.0.0.1", "fw-bucket").url(key).get().encodedPath())
                .isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", ".", "\ud800"})
    void refuses_a_key_that_cannot_be_sent(String key) {
        assertThat(bucket("http://127.0.0.1", "fw-bucket").url(key)).isEmpty();
    }

    @Test
    void limits_keys_to_1024_bytes() {
        ObsBucket bucket = bucket("http://127.0.0.1", "fw-bucket");

        assertThat(bucket.url("k".repeat(1_024))).isNotEmpty();
        assertThat(bucket.url("固".repeat(341) + "k")).isNotEmpty();
        assertThat(bucket.url("固".repeat(342))).isEmpty();
    }

    private static ObsBucket bucket(String endpoint, String name) {
        return ObsBucket.of(Endpoint.parse(endpoint, false).get(), "cn-north-4", name);
    }

    private static ObsSigner signer(ObsForm form) {
        AccessKey key = new AccessKey("AKEXAMPLE", Secret.of("secret"), Option.some(Secret.of("token")));
        return new ObsSigner(() -> key, form, CLOCK);
    }
}
