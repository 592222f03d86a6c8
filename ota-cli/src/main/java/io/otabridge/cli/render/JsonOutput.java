package io.otabridge.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.backend.Backend;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Locale;

/** Helpers for JSON output. Every key is always present, in a fixed order, with null for an absent value. */
public final class JsonOutput {

    private static final ObjectWriter WRITER = writer();

    private JsonOutput() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns an object with the backend, the vendor, and a value under a key. */
    static ObjectNode envelope(Backend backend, String key, JsonNode value) {
        return object().put("backend", backend.name())
                .put("vendor", backend.vendor().name())
                .set(key, value);
    }

    static Option<ObjectNode> time(Option<VendorTimestamp> time) {
        return time.map(
                t -> put(object(), "at", t.instant().map(Instant::toString)).put("text", t.text()));
    }

    static ObjectNode product(Product product) {
        return put(object().put("id", product.id().value()), "name", product.name());
    }

    /** Returns the JSON of a failure. */
    public static ObjectNode failure(OtaFailure failure) {
        ObjectNode node = object().put("kind", failure.getClass().getSimpleName())
                .put("operation", failure.operation())
                .put("summary", failure.summary())
                .put("advice", failure.advice())
                .put("status", failure.status().getOrNull());
        put(node, "vendorCode", failure.vendorCode());
        put(node, "vendorMessage", failure.vendorMessage());
        put(node, "requestId", failure.requestId());
        node.put("retryable", failure.isRetryable());
        put(node, "limit", limit(failure));
        return put(node, "clientToken", clientToken(failure));
    }

    /** Returns which rate limit was reached, {@code client} or {@code vendor}; absent for other failures. */
    public static Option<String> limit(OtaFailure failure) {
        return failure instanceof OtaFailure.RateLimited limited
                ? Option.some(limited.limit().name().toLowerCase(Locale.ROOT))
                : Option.none();
    }

    /** Returns the client token of a change whose outcome is unknown; absent for other failures. */
    public static Option<String> clientToken(OtaFailure failure) {
        return failure instanceof OtaFailure.OutcomeUnknown unknown ? unknown.clientToken() : Option.none();
    }

    /** Puts a text, or null if it is absent. */
    public static ObjectNode put(ObjectNode object, String key, Option<String> text) {
        return object.put(key, text.getOrNull());
    }

    /** Puts an object, or null if it is absent. */
    public static ObjectNode set(ObjectNode object, String key, Option<ObjectNode> value) {
        return object.set(key, value.getOrElse((ObjectNode) null));
    }

    /** Returns indented JSON, terminated by a line feed. Control and invisible characters are escaped. */
    public static String text(ObjectNode value) {
        try {
            return TerminalEscaper.ofJson(WRITER.writeValueAsString(value)) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree could not be written", impossible);
        }
    }

    private static ObjectWriter writer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator("");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
        printer.indentArraysWith(indenter);
        printer.indentObjectsWith(indenter);
        return new ObjectMapper().writer(printer);
    }
}
