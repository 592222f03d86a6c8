package io.otabridge.cli.render;

import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** How an answer is written. */
public enum OutputFormat {
    /** Aligned columns for people. */
    TABLE,
    /** One object for programs. */
    JSON,
    /** Rows for programs and spreadsheets. */
    CSV;

    public static OutputFormat parse(String word) {
        for (OutputFormat format : values()) {
            if (format.toString().equals(word)) {
                return format;
            }
        }
        throw new TypeConversionException("it must be table, json or csv, but is \"" + word + "\"");
    }

    /** The word on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
