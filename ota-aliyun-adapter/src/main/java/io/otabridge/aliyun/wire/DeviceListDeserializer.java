package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Reads a list of devices of any form, and drops every {@code DeviceSecret} in it. */
final class DeviceListDeserializer extends StdDeserializer<JsonNode> {

    private static final long serialVersionUID = 1L;
    private static final String SECRET = "DeviceSecret";

    DeviceListDeserializer() {
        super(JsonNode.class);
    }

    @Override
    public JsonNode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode tree = context.readTree(parser);
        drop(tree);
        return tree;
    }

    private static void drop(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(member -> member.getKey().equalsIgnoreCase(SECRET));
        }
        node.forEach(DeviceListDeserializer::drop);
    }
}
