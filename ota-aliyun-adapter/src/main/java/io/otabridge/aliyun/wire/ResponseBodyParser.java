package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.HttpResponse;
import io.vavr.control.Either;

/** Reads a body as a tree of members: JSON, which is asked for, or XML, the service's other form. */
public final class ResponseBodyParser {

    private static final LenientJsonReader<JsonNode> JSON = LenientJsonReader.of(JsonNode.class);

    private ResponseBodyParser() {}

    /** The tree, or in words why there is none. */
    public static Either<String, JsonNode> read(HttpResponse answer) {
        byte[] body = answer.body();
        Either<String, JsonNode> tree = startsWithMarkup(body) ? XmlToJsonTree.read(body) : JSON.read(body);
        return tree.flatMap(
                node -> node.isObject() ? Either.right(node) : Either.left("the body is not an object with members"));
    }

    /** Whether the first character that is not white space or a byte order mark is {@code <}. */
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
