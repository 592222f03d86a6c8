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

/** What all answers in JSON share. Every key is always there, in one order, with null for what is absent. */
public final class JsonOutput {

    private static final ObjectWriter WRITER = writer();

    private JsonOutput() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The envelope of an answer: the backend that gave it, and the answer under its own key. */
    static ObjectNode answer(Backend backend, String key, JsonNode value) {
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

    /** Why a backend did not answer. */
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

    /** Where the rate limit is enforced that was reached, {@code client} or {@code vendor}; absent for other failures. */
    public static Option<String> limit(OtaFailure failure) {
        return failure instanceof OtaFailure.RateLimited limited
                ? Option.some(limited.limit().name().toLowerCase(Locale.ROOT))
                : Option.none();
    }

    /** The token by which a change of unknown outcome can be found at the vendor. */
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

    /** The text of a value, indented, with a line feed at its end. What a terminal would obey or hide is escaped. */
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
