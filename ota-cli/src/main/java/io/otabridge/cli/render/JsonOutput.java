package io.otabridge.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.backend.Backend;
import io.otabridge.jackson.OtaJackson2Module;
import io.otabridge.jackson.SignedLinks;
import io.vavr.control.Option;

/** Writes JSON. The module for Jackson defines that of results; commands add keys of their own. */
public final class JsonOutput {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().registerModule(new OtaJackson2Module(SignedLinks.REVEALED));
    private static final ObjectWriter INDENTED = writer();

    private JsonOutput() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns an object with the backend, the vendor, and a result under a key. */
    public static ObjectNode of(Backend backend, String key, Object result) {
        return object().put("backend", backend.name())
                .put("vendor", backend.vendor().name())
                .putPOJO(key, result);
    }

    /** Returns an object with the backend, the vendor, and the keys and values of a result, in which links are masked. */
    public static ObjectNode withMaskedLinks(Backend backend, Object result) {
        return object().put("backend", backend.name())
                .put("vendor", backend.vendor().name())
                .setAll(masked(result));
    }

    /** Returns an object with the backend, the vendor, and a result under a key, in which links are masked. */
    public static ObjectNode withMaskedLinks(Backend backend, String key, Object result) {
        return object().put("backend", backend.name())
                .put("vendor", backend.vendor().name())
                .set(key, masked(result));
    }

    /** Returns the keys and values of a result, in which links are masked. */
    public static ObjectNode masked(Object result) {
        return new ObjectMapper()
                .registerModule(new OtaJackson2Module(SignedLinks.MASKED))
                .valueToTree(result);
    }

    /** Returns the keys and values of a result. */
    public static ObjectNode fields(Object result) {
        return MAPPER.valueToTree(result);
    }

    /** Puts an object, or null if it is absent. */
    public static ObjectNode set(ObjectNode object, String key, Option<ObjectNode> value) {
        return object.set(key, value.getOrElse((ObjectNode) null));
    }

    /** Returns indented JSON, terminated by a line feed. Control and invisible characters are escaped. */
    public static String text(Object value) {
        return text(INDENTED, value);
    }

    /** Returns JSON in one line. Control and invisible characters are escaped. */
    public static String line(Object value) {
        return text(MAPPER.writer(), value);
    }

    private static String text(ObjectWriter writer, Object value) {
        try {
            return TerminalEscaper.ofJson(writer.writeValueAsString(value)) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a result could not be written as JSON", impossible);
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
        return MAPPER.writer(printer);
    }
}
