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

    /** Reads a body that may be empty, which is an object without members. */
    static Either<HuaweiError, RequestMembers> ofOptional(ReceivedRequest call) {
        return call.body().isEmpty() ? Either.right(new RequestMembers(JSON.createObjectNode())) : of(call);
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

    /** Returns whether there is a member that is not null. */
    boolean has(String name) {
        return members.hasNonNull(name);
    }

    /** Returns an optional whole number; none if it is missing. */
    Option<Integer> optionalInt(String name, int min, int max) {
        JsonNode member = members.path(name);
        if (!has(name)) {
            return Option.none();
        }
        if (!member.isInt() || member.intValue() < min || member.intValue() > max) {
            reject(name);
        }
        return Option.some(member.intValue());
    }

    /** Returns an optional boolean; false if it is missing. */
    boolean optionalBoolean(String name) {
        if (has(name) && !members.path(name).isBoolean()) {
            reject(name);
        }
        return members.path(name).asBoolean();
    }

    /** Returns the JSON of an optional object; none if it is missing. */
    Option<String> optionalObject(String name, int maxLength) {
        JsonNode member = members.path(name);
        if (!has(name)) {
            return Option.none();
        }
        if (!member.isObject() || member.toString().length() > maxLength) {
            reject(name);
        }
        return Option.some(member.toString());
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

    void reject(String name) {
        error = error.orElse(Option.some(HuaweiError.invalid(name)));
    }
}
