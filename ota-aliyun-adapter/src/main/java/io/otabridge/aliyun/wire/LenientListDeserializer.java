package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.vavr.collection.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list in all documented forms: an array, a single object in place of an array of one, and an object whose only
 * field holds the array (in XML: whose only element repeats).
 */
public final class LenientListDeserializer {

    private LenientListDeserializer() {}

    /**
     * Returns the elements in order; none if the list is absent, null or a blank text. An element may have any type.
     */
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
