package io.otabridge.simulators.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuing and expiry of IAM tokens. */
class HuaweiTokensTest {

    private static final Instant NOW = Instant.parse("2026-01-15T08:15:30Z");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String PACKAGE = "/ota-upgrades/packages/" + HuaweiSimulator.DOCUMENTED_PACKAGE;

    private final HuaweiSimulator simulator = HuaweiSimulator.start(0, Clock.fixed(NOW, ZoneOffset.UTC));

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void issues_a_token_for_24_hours() throws Exception {
        HttpResponse<String> response = requestToken();

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(json(response).at("/token/expires_at").asText()).isEqualTo("2026-01-16T08:15:30.000000Z");
        assertThat(statusWith(token(response))).isEqualTo(200);
        assertThat(simulator.issuedTokenCount()).isEqualTo(1);
    }

    @Test
    void accepts_all_tokens_until_they_expire() throws Exception {
        String first = token(requestToken());
        String second = token(requestToken());

        assertThat(first).isNotEqualTo(second);
        assertThat(statusWith(first)).isEqualTo(200);
        assertThat(statusWith(second)).isEqualTo(200);
    }

    @Test
    void rejects_an_expired_token() throws Exception {
        simulator.issueTokensFor(Duration.ZERO);

        assertThat(errorCodeOf(token(requestToken()))).isEqualTo("APIGW.0307");
    }

    @Test
    void rejects_a_revoked_token() throws Exception {
        String token = token(requestToken());
        simulator.revokeIssuedTokens();

        assertThat(errorCodeOf(token)).isEqualTo("IOTDA.000004");
        assertThat(statusWith(simulator.token())).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"ota-reader, ota-simulator", "password, wrong", "ota-simulator, ota-reader"})
    void issues_no_token_to_another_user(String right, String wrong) throws Exception {
        HttpResponse<String> response = post(tokenRequest().replace("\"" + right + "\"", "\"" + wrong + "\""));

        assertThat(response.statusCode()).isIn(400, 401);
        assertThat(response.headers().firstValue("X-Subject-Token")).isEmpty();
        assertThat(json(response).at("/error/code").asInt()).isEqualTo(response.statusCode());
    }

    @Test
    void issues_no_token_for_a_wrong_password() throws Exception {
        HttpResponse<String> response = post(tokenRequest().replace(simulator.password(), "guess"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response).at("/error/message").asText()).contains("password is wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "null", "{\"auth\":{\"identity\":{\"methods\":[\"password\"]}}}"})
    void issues_no_token_for_an_invalid_request(String body) throws Exception {
        assertThat(post(body).statusCode()).isEqualTo(400);
    }

    @Test
    void issues_no_token_for_another_project() throws Exception {
        assertThat(post(tokenRequest().replace(simulator.projectId(), "0a")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void accepts_only_post() throws Exception {
        assertThat(HTTP.send(HttpRequest.newBuilder(address()).build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    private HttpResponse<String> requestToken() throws IOException, InterruptedException {
        return post(tokenRequest());
    }

    private String tokenRequest() {
        return """
                {"auth":{"identity":{"methods":["password"],"password":{"user":
                {"name":"%s","password":"%s","domain":{"name":"%s"}}}},"scope":{"project":{"id":"%s"}}}}""".formatted(
                        simulator.userName(), simulator.password(), simulator.accountName(), simulator.projectId());
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(address())
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI address() {
        return URI.create(simulator.endpoint() + "/v3/auth/tokens?nocatalog=true");
    }

    private static String token(HttpResponse<String> response) {
        return response.headers().firstValue("X-Subject-Token").orElseThrow();
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private int statusWith(String token) throws IOException, InterruptedException {
        return new HuaweiClient(simulator)
                .adding("X-Auth-Token", token)
                .getUnsigned(PACKAGE)
                .status();
    }

    private String errorCodeOf(String token) throws IOException, InterruptedException {
        return new HuaweiClient(simulator)
                .adding("X-Auth-Token", token)
                .getUnsigned(PACKAGE)
                .errorCode();
    }
}
