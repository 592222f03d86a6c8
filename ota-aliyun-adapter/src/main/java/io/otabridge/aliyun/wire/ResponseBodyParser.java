package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.HttpResponse;
import io.vavr.control.Either;

/** Parses a body to a JSON tree. The body is JSON, as requested, or XML, the other format of the service. */
public final class ResponseBodyParser {

    private static final LenientJsonReader<JsonNode> JSON = LenientJsonReader.of(JsonNode.class);

    private ResponseBodyParser() {}

    /** Returns the tree, or the reason why the body cannot be parsed. */
    public static Either<String, JsonNode> read(HttpResponse response) {
        byte[] body = response.body();
        Either<String, JsonNode> tree = startsWithMarkup(body) ? XmlToJsonTree.read(body) : JSON.read(body);
        return tree.flatMap(
                node -> node.isObject() ? Either.right(node) : Either.left("the body is not an object with members"));
    }

    /** Whether the first character is {@code <}, apart from white space and a byte order mark. */
    private static boolean startsWithMarkup(byte[] body) {
        for (byte b : body) {
            boolean skipped = b == ' ' || b == '\t' || b == '\r' || b == '\n' || b < 0;
            if (!skipped) {
                return b == '<';
            }
        }
        return false;
    }
}
