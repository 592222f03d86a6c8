package io.otabridge.cli.render;

import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** The output formats. */
public enum OutputFormat {
    /** Text in aligned columns. */
    TABLE,
    /** One JSON object. */
    JSON,
    /** CSV with a header. */
    CSV,
    /** The ids of a list, each on a line, as input of another command. */
    IDS;

    public static OutputFormat parse(String text) {
        for (OutputFormat format : values()) {
            if (format.toString().equals(text)) {
                return format;
            }
        }
        throw new TypeConversionException("it must be table, json, csv or ids, but is \"" + text + "\"");
    }

    /** Returns the name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
