package io.otabridge.app.file;

import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * One line of a JSON lines file. Values are texts, numbers, booleans, maps and iterables of these; an absent {@code
 * Option} is omitted.
 */
public final class JsonLine {

    private JsonLine() {}

    /** Returns an object as one line without a line end. */
    public static String of(Map<String, ?> object) {
        StringBuilder line = new StringBuilder();
        write(object, line);
        return line.toString();
    }

    /** Returns the object in a line; absent if the line is incomplete or not an object. */
    public static Option<Map<String, Object>> parse(String line) {
        // JSON is a subset of YAML, and its parser is a dependency already.
        if (!line.startsWith("{")) {
            return Option.none();
        }
        try {
            Object value = new Load(LoadSettings.builder().build()).loadFromString(line);
            return value instanceof Map<?, ?> map ? Option.some(object(map)) : Option.none();
        } catch (YamlEngineException | IllegalArgumentException invalid) {
            return Option.none();
        }
    }

    private static Map<String, Object> object(Map<?, ?> map) {
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (key instanceof String name && value != null) {
                object.put(name, value);
            }
        });
        return object;
    }

    private static void write(Object value, StringBuilder line) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Object member = entry.getValue() instanceof Option<?> option ? option.getOrNull() : entry.getValue();
                if (member != null) {
                    line.append(separator);
                    quote(String.valueOf(entry.getKey()), line);
                    line.append(':');
                    write(member, line);
                    separator = ",";
                }
            }
            line.append(separator.equals("{") ? "{}" : "}");
        } else if (value instanceof Iterable<?> items) {
            String separator = "[";
            for (Object item : items) {
                line.append(separator);
                write(item, line);
                separator = ",";
            }
            line.append(separator.equals("[") ? "[]" : "]");
        } else if (value instanceof Number || value instanceof Boolean) {
            line.append(value);
        } else {
            quote(value.toString(), line);
        }
    }

    /** Escapes everything that a terminal or a YAML parser does not accept as it is. */
    private static void quote(String text, StringBuilder line) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (isPlain(c)) {
                line.append(c);
            } else {
                line.append(String.format("\\u%04x", (int) c));
            }
        }
        line.append('"');
    }

    private static boolean isPlain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
