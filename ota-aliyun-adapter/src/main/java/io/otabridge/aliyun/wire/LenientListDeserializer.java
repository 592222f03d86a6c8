package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.vavr.collection.List;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list in all documented forms: an array, a single object in place of an array of one, and an object whose only
 * field holds the array (in XML: whose only element repeats).
 */
public final class LenientListDeserializer {

    private LenientListDeserializer() {}

    /** Returns the elements in order; none if there is no {@link #list}. An element may have any type. */
    public static List<JsonNode> elements(@Nullable JsonNode node) {
        return list(node).getOrElse(List.empty());
    }

    /** Returns the elements in order; absent if the node is absent, null, a blank text or an object without fields. */
    public static Option<List<JsonNode>> list(@Nullable JsonNode node) {
        if (node == null
                || node.isNull()
                || (node.isTextual() && node.textValue().isBlank())
                || (node.isObject() && node.isEmpty())) {
            return Option.none();
        }
        if (node.isArray()) {
            return Option.some(List.ofAll(node));
        }
        if (node.isObject() && node.size() == 1) {
            JsonNode only = node.elements().next();
            if (only.isArray() || only.isObject()) {
                return list(only);
            }
        }
        return Option.some(List.of(node));
    }
}
