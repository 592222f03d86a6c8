package io.otabridge.cli.command.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a number of devices each minute, such as {@code 50/min} or {@code 50}. */
final class Rate implements ITypeConverter<Integer> {

    private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,6})(?:/min)?");

    @Override
    public Integer convert(String text) {
        Matcher rate = RATE.matcher(text);
        if (!rate.matches()) {
            throw new TypeConversionException(
                    "it must be a number of devices each minute, such as 50/min, but is \"" + text + "\"");
        }
        return Integer.valueOf(rate.group(1));
    }
}
