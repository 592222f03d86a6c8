package io.otabridge.domain.spi;

import io.otabridge.domain.backend.Secret;
import io.vavr.control.Option;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of a configuration: a text or a section of named nodes. Immutable. */
public sealed interface ConfigNode {

    /** Returns the line in the file, from 1; absent if the configuration does not come from a file. */
    Option<Integer> line();

    /**
     * Returns a section of values from code: nested maps, texts, secrets, numbers, booleans and nodes. Placeholders are
     * not replaced.
     *
     * @param path the path of the section, for the message of the exception
     * @throws IllegalArgumentException for a value of another type; the message shows a key only if it cannot be a
     *     secret
     */
    static Section section(String path, Map<String, ?> values) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        values.forEach((key, value) -> entries.put(key, node(path + "." + ConfigTextMasker.key(path, key), value)));
        return new Section(entries, Option.none());
    }

    private static ConfigNode node(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> inner = new LinkedHashMap<>();
            map.forEach((name, nested) -> inner.put(String.valueOf(name), nested));
            return section(path, inner);
        }
        if (value instanceof ConfigNode node) {
            return node;
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return new Text(value.toString(), value.toString(), Option.none());
        }
        if (value instanceof Secret secret) {
            return new Text(secret.toString(), secret.reveal(), Option.none());
        }
        throw new IllegalArgumentException("setting " + path + " must be a text, number, boolean or map, but is "
                + (value == null ? "null" : "a " + value.getClass().getSimpleName()));
    }

    /** A single value. Not a record, whose components a JSON library would write: the texts may be secrets. */
    final class Text implements ConfigNode {

        private final transient String written;
        private final transient String resolved;
        private final Option<Integer> line;

        /**
         * @param written the text as written, with placeholders such as <code>${HW_SK}</code>
         * @param resolved the text with placeholders replaced
         */
        public Text(String written, String resolved, Option<Integer> line) {
            this.written = written;
            this.resolved = resolved;
            this.line = line;
        }

        /** Returns the text with placeholders replaced. It may be a secret and must not be shown. */
        public String resolved() {
            return resolved;
        }

        @Override
        public Option<Integer> line() {
            return line;
        }

        /**
         * Returns the written text in quotation marks, for a message; absent unless it consists of plain words, numbers
         * and placeholders. Other texts may be a misplaced secret.
         */
        public Option<String> quoted() {
            return Option.when(ConfigTextMasker.isValue(written), () -> "\"" + written + "\"");
        }

        @Override
        public String toString() {
            return "Text[line=" + line + "]";
        }
    }

    /** Named nodes, in the order of the file. */
    record Section(Map<String, ConfigNode> entries, Option<Integer> line) implements ConfigNode {

        public Section {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** Omits the keys, because a key may be a misplaced secret. */
        @Override
        public String toString() {
            return "Section[line=" + line + "]";
        }
    }

    /**
     * A node that is not allowed in a configuration, such as a list.
     *
     * @param problem what is wrong, a phrase that follows the key in a sentence; without any text of the file
     */
    record Other(String problem, Option<Integer> line) implements ConfigNode {}
}
