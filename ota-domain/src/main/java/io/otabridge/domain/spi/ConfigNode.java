package io.otabridge.domain.spi;

import io.otabridge.domain.backend.Secret;
import io.vavr.control.Option;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of configuration before anybody knows what it means: a text or a section of named pieces. */
public sealed interface ConfigNode {

    /** The line in the file, from 1; absent if the configuration does not come from a file. */
    Option<Integer> line();

    /**
     * A section of values that come from a program: nested maps, and texts, secrets, numbers and booleans, taken as they are.
     *
     * @param path where the section is, for the message of the exception
     * @throws IllegalArgumentException for a value of another kind; the message names a key only if it cannot be a secret
     */
    static Section section(String path, Map<String, ?> values) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        values.forEach((key, value) -> entries.put(key, node(path + "." + TextSanitizer.key(path, key), value)));
        return new Section(entries, Option.none());
    }

    private static ConfigNode node(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> inner = new LinkedHashMap<>();
            map.forEach((name, nested) -> inner.put(String.valueOf(name), nested));
            return section(path, inner);
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

    /**
     * A single value.
     *
     * @param written as it was written, with references such as <code>${HW_SK}</code>
     * @param resolved the value meant; it may be a secret and is never shown
     */
    record Text(String written, String resolved, Option<Integer> line) implements ConfigNode {

        /**
         * The written form in quotation marks, for a message. Absent unless it consists of plain words, numbers and
         * references: other texts may be a secret that was written in the wrong place.
         */
        public Option<String> quoted() {
            return Option.when(TextSanitizer.isValue(written), () -> "\"" + written + "\"");
        }

        @Override
        public String toString() {
            return "Text[line=" + line + "]";
        }
    }

    /** Named pieces, in the order of the file. */
    record Section(Map<String, ConfigNode> entries, Option<Integer> line) implements ConfigNode {

        public Section {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** Without the keys: a secret that was written in the wrong place may be one. */
        @Override
        public String toString() {
            return "Section[line=" + line + "]";
        }
    }

    /**
     * Something that no setting can be, such as a list.
     *
     * @param problem what is wrong, as the end of a sentence that begins with the key; without any text of the file
     */
    record Other(String problem, Option<Integer> line) implements ConfigNode {}
}
