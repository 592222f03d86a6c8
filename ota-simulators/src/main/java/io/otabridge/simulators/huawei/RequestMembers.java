package io.otabridge.simulators.huawei;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the members of a body and records the first error. */
final class RequestMembers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TextNode EMPTY = TextNode.valueOf("");

    private final JsonNode members;
    private Option<HuaweiError> error = Option.none();

    private RequestMembers(JsonNode members) {
        this.members = members;
    }

    static Either<HuaweiError, RequestMembers> of(ReceivedRequest call) {
        boolean isJson = call.header("content-type").exists(type -> type.startsWith("application/json"));
        try {
            JsonNode members = JSON.readTree(call.body());
            return isJson && members.isObject()
                    ? Either.right(new RequestMembers(members))
                    : Either.left(HuaweiError.malformed());
        } catch (JsonProcessingException e) {
            return Either.left(HuaweiError.malformed());
        }
    }

    String required(String name, Pattern rule) {
        @Nullable String text = optional(name, rule);
        if (text == null) {
            reject(name);
        }
        return String.valueOf(text);
    }

    /** Returns an optional string; null if it is missing, null or empty. */
    @Nullable String optional(String name, Pattern rule) {
        JsonNode member = members.path(name);
        if (member.isMissingNode() || member.isNull() || member.equals(EMPTY)) {
            return null;
        }
        if (!member.isTextual() || !rule.matcher(member.textValue()).matches()) {
            reject(name);
        }
        return member.asText();
    }

    /** Returns the members of an object; no members if it is missing. */
    RequestMembers object(String name) {
        return new RequestMembers(members.path(name));
    }

    /** Returns a list of strings; empty if it is missing. */
    List<String> optionalList(String name, Pattern rule, int maxSize) {
        JsonNode list = members.path(name);
        List<String> texts = new ArrayList<>();
        boolean isValid = list.isMissingNode() || list.isNull() || (list.isArray() && list.size() <= maxSize);
        for (JsonNode element : list) {
            isValid &= element.isTextual() && rule.matcher(element.textValue()).matches();
            texts.add(element.asText());
        }
        if (!isValid) {
            reject(name);
        }
        return texts;
    }

    Option<HuaweiError> error() {
        return error;
    }

    private void reject(String name) {
        error = error.orElse(Option.some(HuaweiError.invalid(name)));
    }
}
