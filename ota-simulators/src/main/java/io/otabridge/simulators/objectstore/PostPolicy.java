package io.otabridge.simulators.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vavr.control.Either;
import io.vavr.control.Option;
import io.vavr.control.Try;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;

/**
 * The conditions for a form upload, as described in "PostObject".
 *
 * @param minSize the minimum size of the file in bytes
 * @param maxSize the maximum size of the file in bytes
 */
record PostPolicy(Instant expiration, JsonNode conditions, long minSize, long maxSize) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the encoded policy for one key. */
    static String write(Instant expiration, String key, long maxSize) {
        ObjectNode policy = JSON.createObjectNode();
        policy.put("expiration", expiration.truncatedTo(ChronoUnit.MILLIS).toString());
        ArrayNode conditions = policy.putArray("conditions");
        conditions.addArray().add("content-length-range").add(0).add(maxSize);
        conditions.addArray().add("eq").add("$key").add(key);
        return Base64.getEncoder().encodeToString(policy.toString().getBytes(UTF_8));
    }

    static Either<StoreError, PostPolicy> read(String encoded) {
        try {
            JsonNode policy = JSON.readTree(Base64.getDecoder().decode(encoded));
            long min = 0;
            long max = Long.MAX_VALUE;
            for (JsonNode condition : policy.path("conditions")) {
                if (condition.path(0).asText().equals("content-length-range")) {
                    min = condition.path(1).asLong();
                    max = condition.path(2).asLong();
                }
            }
            long minSize = min;
            long maxSize = max;
            return Try.of(() -> Instant.parse(policy.path("expiration").asText()))
                    .toEither(PostPolicy::malformed)
                    .map(expiration -> new PostPolicy(expiration, policy.path("conditions"), minSize, maxSize));
        } catch (IOException | IllegalArgumentException e) {
            return Either.left(malformed());
        }
    }

    /** Returns why fields do not meet the conditions; none if they do. */
    Option<StoreError> check(Map<String, String> fields) {
        for (JsonNode condition : conditions) {
            if (condition.isObject()) {
                for (Map.Entry<String, JsonNode> member : condition.properties()) {
                    if (!isMet("eq", member.getKey(), member.getValue().asText(), fields)) {
                        return Option.some(failed(member.toString()));
                    }
                }
            } else if (!condition.path(0).asText().equals("content-length-range")
                    && !isMet(
                            condition.path(0).asText(),
                            condition.path(1).asText().replaceFirst("^\\$", ""),
                            condition.path(2).asText(),
                            fields)) {
                return Option.some(failed(condition.toString()));
            }
        }
        return Option.none();
    }

    private static boolean isMet(String operator, String field, String value, Map<String, String> fields) {
        String sent = field.equals("bucket") ? OssSimulator.BUCKET : fields.getOrDefault(field, "");
        return operator.equals("starts-with") ? sent.startsWith(value) : operator.equals("eq") && sent.equals(value);
    }

    private static StoreError failed(String condition) {
        return StoreError.accessDenied("Invalid according to Policy: Policy Condition failed: " + condition);
    }

    private static StoreError malformed() {
        return new StoreError(400, "InvalidPolicyDocument", "The content of the form does not meet the conditions.");
    }
}
