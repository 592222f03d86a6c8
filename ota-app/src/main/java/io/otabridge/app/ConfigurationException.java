package io.otabridge.app;

import io.otabridge.domain.spi.ConfigError;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.nio.file.Path;

/**
 * A configuration that cannot be used. It carries every error at once: those of the structure, and those of the backends
 * that were to be opened. Its message is meant to be printed as it is:
 * a headline, then one line for each of the first 50 faults, and how many more there are. Neither ever holds the value of a
 * secret or of an environment variable, or a key or value that may be a secret in the wrong place.
 */
public final class ConfigurationException extends RuntimeException {

    private static final int SHOWN = 400;
    private static final int LISTED = 50;

    private final transient Option<Path> file;
    private final transient List<ConfigError> faults;

    ConfigurationException(Option<Path> file, List<ConfigError> faults) {
        super(message(file, inOrder(faults)));
        this.file = file;
        this.faults = inOrder(faults);
    }

    private static List<ConfigError> inOrder(List<ConfigError> faults) {
        return faults.sortBy(fault -> fault.line().getOrElse(0));
    }

    /** The file that the configuration was read from; absent if it was made in Java. */
    public Option<Path> file() {
        return file;
    }

    /** Everything that is wrong, in the order of the file; at least one. */
    public List<ConfigError> faults() {
        return faults;
    }

    private static String message(Option<Path> file, List<ConfigError> faults) {
        String subject = file.map(path -> "Configuration " + path).getOrElse("The configuration");
        String headline = subject + " has " + (faults.size() == 1 ? "1 fault:" : faults.size() + " faults:");
        int more = faults.size() - LISTED;
        return faults.take(LISTED)
                .map(fault -> "\n  " + printable(fault.toString()))
                .mkString(printable(headline), "", more > 0 ? "\n  and " + more + " more" : "");
    }

    /** A fault may quote what somebody wrote: one line of bounded length and without control characters. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < text.length() && shown.length() < SHOWN) {
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
