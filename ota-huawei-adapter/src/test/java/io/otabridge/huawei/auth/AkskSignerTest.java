package io.otabridge.huawei.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.domain.backend.Secret;
import io.otabridge.huawei.HuaweiFixture;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares signatures with those of the official signers for the same requests. */
class AkskSignerTest {

    static Stream<Vector> vectors() throws IOException {
        JsonNode file = new ObjectMapper().readTree(HuaweiFixture.resource("/vectors/huawei-signing-vectors.json"));
        return StreamSupport.stream(file.get("vectors").spliterator(), false).map(Vector::new);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signs_as_the_official_signers_do(Vector vector) throws IOException {
        assertThat(vector.authorization(vector.secret())).isEqualTo(vector.expectedAuthorization());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signs_differently_with_another_secret(Vector vector) throws IOException {
        assertThat(vector.authorization(vector.secret() + "x")).isNotEqualTo(vector.expectedAuthorization());
    }

    /** The official signers omit headers with an underscore at any position. */
    @ParameterizedTest
    @ValueSource(strings = {"_trace", "trace_id", "trace_"})
    void signs_no_header_with_an_underscore(String name) throws IOException {
        Vector vector = vectors().findFirst().orElseThrow();
        Request request = vector.request().newBuilder().header(name, "1").build();

        assertThat(vector.authorization(vector.secret(), request)).isEqualTo(vector.expectedAuthorization());
    }

    @Test
    void has_all_twenty_vectors() throws IOException {
        assertThat(vectors()).hasSize(20);
    }

    record Vector(JsonNode json) {

        String authorization(String secret) throws IOException {
            return authorization(secret, request());
        }

        String authorization(String secret, Request request) throws IOException {
            JsonNode credentials = json.get("credentials");
            AccessKey key = new AccessKey(credentials.get("access_key").asText(), Secret.of(secret), Option.none());
            boolean derived = json.get("algorithm").asText().startsWith("V11");
            Option<String> region =
                    derived ? Option.some(credentials.get("region_id").asText()) : Option.none();
            return new AkskSigner(() -> key, region, Clock.systemUTC()).authorization(request, key);
        }

        Request request() {
            JsonNode request = json.get("request");
            HttpUrl.Builder url =
                    HttpUrl.get(request.get("scheme_and_host").asText()).newBuilder();
            for (String segment : request.get("path").asText().substring(1).split("/", -1)) {
                url.addPathSegment(segment);
            }
            request.get("query")
                    .forEach(pair -> url.addQueryParameter(
                            pair.get("name").asText(), pair.get("value").asText()));
            String method = request.get("method").asText();
            Request.Builder builder = new Request.Builder().url(url.build()).method(method, body(method));
            request.get("headers")
                    .properties()
                    .forEach(header ->
                            builder.header(header.getKey(), header.getValue().asText()));
            return builder.build();
        }

        private RequestBody body(String method) {
            JsonNode body = json.get("request").get("body");
            if (body.isNull()) {
                return method.equals("POST") ? RequestBody.create(new byte[0]) : null;
            }
            return RequestBody.create(body.asText().getBytes(StandardCharsets.UTF_8));
        }

        String secret() {
            return json.get("credentials").get("secret_key").asText();
        }

        String expectedAuthorization() {
            return json.get("expected").get("authorization").asText();
        }

        @Override
        public String toString() {
            return json.get("name").asText();
        }
    }
}
