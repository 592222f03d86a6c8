package io.otabridge.domain.spi;

import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * An error in a configuration. Immutable.
 *
 * @param key the path of the setting, such as {@code backends.prod.region}
 * @param line the line in the file, from 1; absent if the configuration does not come from a file
 * @param problem what is wrong and what is allowed, a phrase that follows the key in a sentence
 */
public record ConfigError(String key, Option<Integer> line, String problem) {

    private static final int MAX_LISTED = 20;

    /**
     * Returns the error of an unknown key. The message shows the key only if it is clearly a misspelled name: in YAML,
     * a comma in a value or a missing space after a colon makes a part of the value a key, and that part may be a
     * secret.
     *
     * @param section the path of the section that holds the key, such as {@code backends.prod}; empty for the root
     * @param known the keys that are known there
     */
    public static ConfigError unknownKey(String section, Option<Integer> line, String key, List<String> known) {
        String place = section.isEmpty() ? "the configuration" : section;
        if (key.isBlank()) {
            return new ConfigError(place, line, "has a key that is not a text");
        }
        if (ConfigTextMasker.isMisspelling(section, key, known.take(MAX_LISTED))) {
            String path = section.isEmpty() ? key : section + "." + key;
            return new ConfigError(
                    path,
                    line,
                    "is not a known setting" + suggestion(key, known.take(MAX_LISTED)) + "; known here: "
                            + listed(known));
        }
        return new ConfigError(
                place,
                line,
                "has an unknown setting (not shown, because it may be part of a secret); put values with a comma or a colon"
                        + " in quotes, and a space after the colon of a key; known here: " + listed(known));
    }

    /** Returns the known name that a misspelled one probably means, in brackets after a space; otherwise an empty text. */
    public static String suggestion(String written, List<String> known) {
        return ConfigTextMasker.similar(written, known)
                .map(similar -> " (did you mean " + similar + "?)")
                .getOrElse("");
    }

    /** Joins names for a message: the first 20, and the number of the others. */
    public static String listed(List<String> names) {
        int more = names.size() - MAX_LISTED;
        return names.take(MAX_LISTED).mkString(", ") + (more > 0 ? " and " + more + " more" : "");
    }

    @Override
    public String toString() {
        return line.map(number -> "line " + number + ": ").getOrElse("") + key + " " + problem;
    }
}
