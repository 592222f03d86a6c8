package io.otabridge.simulators.huawei;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.simulators.server.PercentEncoding;
import io.otabridge.simulators.server.ReceivedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the authenticator with requests signed by the vendor's SDKs. */
class HuaweiVectorsTest {

    private static final Clock SOON_AFTER = Clock.fixed(Instant.parse("2026-01-15T08:20:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @MethodSource("vectors")
    void accepts_signatures_of_the_vendor(JsonNode vector) {
        assertThat(authenticator(vector, secret(vector)).authenticate(call(vector)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void rejects_another_secret(JsonNode vector) {
        String other = secret(vector).replaceFirst("Example", "Exbmple");

        assertThat(authenticator(vector, other).authenticate(call(vector)))
                .map(HuaweiError::message)
                .containsExactly("Incorrect IAM authentication information: verify aksk signature fail");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void rejects_another_method(JsonNode vector) {
        ReceivedRequest signed = call(vector);
        ReceivedRequest other =
                new ReceivedRequest("PATCH", signed.rawPath(), query(vector), signed.headers(), new byte[0]);

        assertThat(authenticator(vector, secret(vector)).authenticate(other)).isNotEmpty();
    }

    @Test
    void reads_all_vectors() throws IOException {
        assertThat(vectors()).hasSize(20);
    }

    static Stream<Arguments> vectors() throws IOException {
        try (InputStream file = HuaweiVectorsTest.class.getResourceAsStream("/vectors/huawei-signing-vectors.json")) {
            JsonNode vectors = new ObjectMapper().readTree(file).get("vectors");
            return StreamSupport.stream(vectors.spliterator(), false)
                    .map(vector -> Arguments.of(Named.of(vector.get("name").asText(), vector)));
        }
    }

    private static HuaweiAuthenticator authenticator(JsonNode vector, String secret) {
        JsonNode credentials = vector.get("credentials");
        HuaweiAuthenticator authenticator = new HuaweiAuthenticator(
                new HuaweiAccount(
                        credentials.get("access_key").asText(),
                        secret,
                        credentials.path("security_token").asText(),
                        "no token",
                        credentials.path("region_id").asText()),
                new HuaweiIam(new HuaweiIam.User("none", "none", "none"), SOON_AFTER),
                SOON_AFTER);
        authenticator.requireSecurityToken(credentials.has("security_token"));
        return authenticator;
    }

    private static String secret(JsonNode vector) {
        return vector.get("credentials").get("secret_key").asText();
    }

    private static ReceivedRequest call(JsonNode vector) {
        JsonNode request = vector.get("request");
        Map<String, String> headers = new TreeMap<>();
        request.get("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        headers.put("Host", vector.get("expected").get("host_header").asText());
        headers.put("Authorization", vector.get("expected").get("authorization").asText());
        String path = Arrays.stream(request.get("path").asText().split("/", -1))
                .map(PercentEncoding::encode)
                .collect(joining("/"));
        byte[] body = request.get("body").asText("").getBytes(UTF_8);
        return new ReceivedRequest(request.get("method").asText(), path, query(vector), headers, body);
    }

    private static String query(JsonNode vector) {
        return StreamSupport.stream(vector.get("request").get("query").spliterator(), false)
                .map(pair -> PercentEncoding.encode(pair.get("name").asText()) + "="
                        + PercentEncoding.encode(pair.get("value").asText()))
                .collect(joining("&"));
    }
}
