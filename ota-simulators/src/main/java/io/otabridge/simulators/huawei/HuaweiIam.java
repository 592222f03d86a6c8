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
 * Gives out tokens to the account's one user, and knows which of them are good: {@code POST /v3/auth/tokens}, after the document
 * "Obtaining a User Token Through Password Authentication".
 */
final class HuaweiIam {

    private static final String PATH = "/v3/auth/tokens";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** Who gets tokens. */
    record User(String name, String password, String accountName) {}

    private final User user;
    private final Clock clock;
    private final Map<String, Instant> ends = new HashMap<>();
    private Duration life = Duration.ofHours(24);
    private long issued;

    HuaweiIam(User user, Clock clock) {
        this.user = user;
        this.clock = clock;
    }

    static boolean isFor(ReceivedRequest call) {
        return call.rawPath().equals(PATH);
    }

    synchronized void issueFor(Duration newLife) {
        life = newLife;
    }

    synchronized void revokeAll() {
        ends.replaceAll((token, end) -> Instant.MIN);
    }

    synchronized long issued() {
        return issued;
    }

    HttpReply answer(ReceivedRequest call, String requestId) {
        if (!call.method().equals("POST")) {
            return refused(405, "Method Not Allowed", "This is asked for with POST.", requestId);
        }
        JsonNode auth = body(call).path("auth");
        JsonNode asking = auth.path("identity").path("password").path("user");
        if (!auth.path("identity").path("methods").path(0).asText().equals("password") || !asking.isObject()) {
            return refused(400, "Bad Request", "The request body is invalid.", requestId);
        }
        boolean isKnown = asking.path("name").asText().equals(user.name())
                && asking.path("password").asText().equals(user.password())
                && asking.path("domain").path("name").asText().equals(user.accountName());
        if (!isKnown) {
            return refused(401, "Unauthorized", "The username or password is wrong.", requestId);
        }
        return auth.path("scope").path("project").path("id").asText().equals(HuaweiSimulator.PROJECT_ID)
                ? token(requestId)
                : refused(400, "Bad Request", "The project of the scope is not found.", requestId);
    }

    private synchronized HttpReply token(String requestId) {
        Instant now = clock.instant();
        Instant end = now.plus(life);
        String token = "MIIFakeIssuedToken-" + ++issued + "-" + "fedcba9876543210".repeat(128);
        ends.put(token, end);
        ObjectNode body = JSON.createObjectNode();
        ObjectNode content = body.putObject("token");
        content.putArray("methods").add("password");
        content.put("issued_at", TIME.format(now));
        content.put("expires_at", TIME.format(end));
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

    /** Why a token that was given out here is not good; none if it is good, or not from here. */
    synchronized Option<HuaweiError> refusal(String token) {
        Option<Instant> end = Option.of(ends.get(token));
        if (end.contains(Instant.MIN)) {
            return Option.some(HuaweiError.revokedToken());
        }
        return end.filter(instant -> !clock.instant().isBefore(instant)).map(over -> HuaweiError.endedToken());
    }

    synchronized boolean knows(String token) {
        return ends.containsKey(token);
    }

    private static JsonNode body(ReceivedRequest call) {
        try {
            return JSON.readTree(call.body());
        } catch (JsonProcessingException malformed) {
            return JSON.missingNode();
        }
    }

    /** IAM words its errors in its own way. */
    private static HttpReply refused(int status, String title, String message, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("code", status).put("message", message).put("title", title);
        return new HttpReply(
                status,
                Map.of("Content-Type", "application/json;charset=UTF-8", "X-Request-Id", requestId),
                body.toString());
    }
}
