package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.vavr.collection.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list in every form the platform is documented to write it: a bare array, one object in place of an array of one,
 * and an object whose only member holds the array (in XML: whose only member repeats).
 */
public final class LenientListDeserializer {

    private LenientListDeserializer() {}

    /** The elements in order; none if the list is absent, null or an empty text. An element may be of any type. */
    public static List<JsonNode> elements(@Nullable JsonNode node) {
        if (node == null
                || node.isNull()
                || (node.isTextual() && node.textValue().isBlank())) {
            return List.empty();
        }
        if (node.isArray()) {
            return List.ofAll(node);
        }
        if (node.isObject() && node.size() == 1) {
            JsonNode only = node.elements().next();
            if (only.isArray() || only.isObject()) {
                return elements(only);
            }
        }
        return node.isEmpty() && node.isObject() ? List.empty() : List.of(node);
    }
}
