package io.otabridge.cli;

import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** How an answer is written. */
enum Format {
    /** Aligned columns for people. */
    TABLE,
    /** One object for programs. */
    JSON,
    /** Rows for programs and spreadsheets. */
    CSV;

    static Format parse(String word) {
        for (Format format : values()) {
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
