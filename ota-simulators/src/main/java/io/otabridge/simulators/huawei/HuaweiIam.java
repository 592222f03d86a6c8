package io.otabridge.simulators.huawei;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.server.HttpReply;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/**
 * Issues and checks IAM tokens for the only user of the account: {@code POST /v3/auth/tokens}, as described in
 * "Obtaining a User Token Through Password Authentication".
 */
final class HuaweiIam {

    private static final String PATH = "/v3/auth/tokens";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** The user that tokens are issued to. */
    record User(String name, String password, String accountName) {}

    private final User user;
    private final Clock clock;
    private final Map<String, Instant> expirations = new HashMap<>();
    private Duration lifetime = Duration.ofHours(24);
    private long issued;

    HuaweiIam(User user, Clock clock) {
        this.user = user;
        this.clock = clock;
    }

    static boolean isFor(ReceivedRequest call) {
        return call.rawPath().equals(PATH);
    }

    synchronized void setLifetime(Duration newLifetime) {
        lifetime = newLifetime;
    }

    synchronized void revokeAll() {
        expirations.replaceAll((token, expiration) -> Instant.MIN);
    }

    synchronized long issued() {
        return issued;
    }

    HttpReply handle(ReceivedRequest call, String requestId) {
        if (!call.method().equals("POST")) {
            return errorResponse(405, "Method Not Allowed", "Use POST.", requestId);
        }
        JsonNode auth = body(call).path("auth");
        JsonNode sent = auth.path("identity").path("password").path("user");
        if (!auth.path("identity").path("methods").path(0).asText().equals("password") || !sent.isObject()) {
            return errorResponse(400, "Bad Request", "The request body is invalid.", requestId);
        }
        boolean isKnown = sent.path("name").asText().equals(user.name())
                && sent.path("password").asText().equals(user.password())
                && sent.path("domain").path("name").asText().equals(user.accountName());
        if (!isKnown) {
            return errorResponse(401, "Unauthorized", "The username or password is wrong.", requestId);
        }
        return auth.path("scope").path("project").path("id").asText().equals(HuaweiSimulator.PROJECT_ID)
                ? token(requestId)
                : errorResponse(400, "Bad Request", "The project of the scope is not found.", requestId);
    }

    private synchronized HttpReply token(String requestId) {
        Instant now = clock.instant();
        Instant expiration = now.plus(lifetime);
        String token = "MIIFakeIssuedToken-" + ++issued + "-" + "fedcba9876543210".repeat(128);
        expirations.put(token, expiration);
        ObjectNode body = JSON.createObjectNode();
        ObjectNode content = body.putObject("token");
        content.putArray("methods").add("password");
        content.put("issued_at", TIME.format(now));
        content.put("expires_at", TIME.format(expiration));
        content.putObject("project").put("id", HuaweiSimulator.PROJECT_ID).put("name", HuaweiSimulator.REGION);
        return new HttpReply(
                201,
                Map.of(
                        "Content-Type",
                        "application/json;charset=UTF-8",
                        "X-Request-Id",
                        requestId,
                        "X-Subject-Token",
                        token),
                body.toString());
    }

    /** Returns why an issued token is invalid; none if it is valid or was not issued here. */
    synchronized Option<HuaweiError> check(String token) {
        Option<Instant> expiration = Option.of(expirations.get(token));
        if (expiration.contains(Instant.MIN)) {
            return Option.some(HuaweiError.revokedToken());
        }
        return expiration
                .filter(instant -> !clock.instant().isBefore(instant))
                .map(expired -> HuaweiError.expiredToken());
    }

    synchronized boolean hasIssued(String token) {
        return expirations.containsKey(token);
    }

    private static JsonNode body(ReceivedRequest call) {
        try {
            return JSON.readTree(call.body());
        } catch (JsonProcessingException malformed) {
            return JSON.missingNode();
        }
    }

    /** Returns an error response in the form of IAM. */
    private static HttpReply errorResponse(int status, String title, String message, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("code", status).put("message", message).put("title", title);
        return new HttpReply(
                status,
                Map.of("Content-Type", "application/json;charset=UTF-8", "X-Request-Id", requestId),
                body.toString());
    }
}
