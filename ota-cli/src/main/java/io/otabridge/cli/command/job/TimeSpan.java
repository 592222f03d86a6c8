package io.otabridge.cli.command.job;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a duration, such as {@code 90s}, {@code 30m}, {@code 2h}, {@code 1d}, or {@code PT30M} as in ISO 8601. */
final class TimeSpan implements ITypeConverter<Duration> {

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})([smhd])");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    @Override
    public Duration convert(String text) {
        Matcher span = SPAN.matcher(text);
        try {
            return span.matches()
                    ? Duration.of(Long.parseLong(span.group(1)), UNITS.get(span.group(2)))
                    : Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException invalid) {
            throw new TypeConversionException(
                    "it must be a duration such as 90s, 30m, 2h, 1d or PT30M, but is \"" + text + "\"");
        }
    }
}
