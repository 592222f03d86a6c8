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

/** Who gets a token, and how long it is taken. */
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
    void gives_a_token_for_a_day_to_the_user() throws Exception {
        HttpResponse<String> answer = ask();

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(json(answer).at("/token/expires_at").asText()).isEqualTo("2026-01-16T08:15:30.000000Z");
        assertThat(statusWith(token(answer))).isEqualTo(200);
        assertThat(simulator.issuedTokenCount()).isEqualTo(1);
    }

    @Test
    void takes_every_token_until_its_end() throws Exception {
        String first = token(ask());
        String second = token(ask());

        assertThat(first).isNotEqualTo(second);
        assertThat(statusWith(first)).isEqualTo(200);
        assertThat(statusWith(second)).isEqualTo(200);
    }

    @Test
    void takes_no_token_that_is_over() throws Exception {
        simulator.issueTokensFor(Duration.ZERO);

        assertThat(refusalOf(token(ask()))).isEqualTo("APIGW.0307");
    }

    @Test
    void takes_no_token_that_was_revoked() throws Exception {
        String token = token(ask());
        simulator.revokeIssuedTokens();

        assertThat(refusalOf(token)).isEqualTo("IOTDA.000004");
        assertThat(statusWith(simulator.token())).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"ota-reader, ota-simulator", "password, wrong", "ota-simulator, ota-reader"})
    void gives_none_to_anybody_else(String right, String wrong) throws Exception {
        HttpResponse<String> answer = post(question().replace("\"" + right + "\"", "\"" + wrong + "\""));

        assertThat(answer.statusCode()).isIn(400, 401);
        assertThat(answer.headers().firstValue("X-Subject-Token")).isEmpty();
        assertThat(json(answer).at("/error/code").asInt()).isEqualTo(answer.statusCode());
    }

    @Test
    void gives_none_for_a_wrong_password() throws Exception {
        HttpResponse<String> answer = post(question().replace(simulator.password(), "guess"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).at("/error/message").asText()).contains("password is wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "null", "{\"auth\":{\"identity\":{\"methods\":[\"password\"]}}}"})
    void gives_none_for_what_is_no_question(String body) throws Exception {
        assertThat(post(body).statusCode()).isEqualTo(400);
    }

    @Test
    void gives_none_for_another_project() throws Exception {
        assertThat(post(question().replace(simulator.projectId(), "0a")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void is_asked_with_post_alone() throws Exception {
        assertThat(HTTP.send(HttpRequest.newBuilder(address()).build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    private HttpResponse<String> ask() throws IOException, InterruptedException {
        return post(question());
    }

    private String question() {
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

    private static String token(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Subject-Token").orElseThrow();
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private int statusWith(String token) throws IOException, InterruptedException {
        return new HuaweiClient(simulator)
                .adding("X-Auth-Token", token)
                .getUnsigned(PACKAGE)
                .status();
    }

    private String refusalOf(String token) throws IOException, InterruptedException {
        return new HuaweiClient(simulator)
                .adding("X-Auth-Token", token)
                .getUnsigned(PACKAGE)
                .errorCode();
    }
}
