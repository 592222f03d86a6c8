package io.otabridge.app;

import io.otabridge.domain.spi.ConfigError;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.nio.file.Path;

/**
 * Thrown for an invalid configuration. It has all errors at once: those of the structure, and those of the backends to
 * be opened.
 *
 * <p>The message can be printed as it is: a headline, one line for each of the first 50 errors, and the number of the
 * others. Neither message nor errors contain the value of a secret or of an environment variable, or a key or value
 * that may be a misplaced secret.
 */
public final class ConfigurationException extends RuntimeException {

    private static final int MAX_LINE_LENGTH = 400;
    private static final int MAX_LISTED = 50;

    private final transient Option<Path> file;
    private final transient List<ConfigError> errors;

    ConfigurationException(Option<Path> file, List<ConfigError> errors) {
        super(message(file, inOrder(errors)));
        this.file = file;
        this.errors = inOrder(errors);
    }

    private static List<ConfigError> inOrder(List<ConfigError> errors) {
        return errors.sortBy(error -> error.line().getOrElse(0));
    }

    /** Returns the file of the configuration; absent if it was created in Java. */
    public Option<Path> file() {
        return file;
    }

    /** Returns all errors in the order of the file; at least one. */
    public List<ConfigError> errors() {
        return errors;
    }

    private static String message(Option<Path> file, List<ConfigError> errors) {
        String subject = file.map(path -> "Configuration " + path).getOrElse("The configuration");
        String headline = subject + " has " + (errors.size() == 1 ? "1 error:" : errors.size() + " errors:");
        int more = errors.size() - MAX_LISTED;
        return errors.take(MAX_LISTED)
                .map(error -> "\n  " + printable(error.toString()))
                .mkString(printable(headline), "", more > 0 ? "\n  and " + more + " more" : "");
    }

    /** Truncates a line and escapes control characters, because an error may quote external text. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < text.length() && shown.length() < MAX_LINE_LENGTH) {
            int c = text.codePointAt(at);
            if (isInvisible(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
            at += Character.charCount(c);
        }
        return at < text.length() ? shown.append('…').toString() : shown.toString();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
