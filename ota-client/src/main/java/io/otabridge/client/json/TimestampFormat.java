package io.otabridge.client.json;

import io.vavr.control.Option;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A fixed-width format of UTC timestamps. Each of the letters {@code yMdHmsS} in the pattern is a digit; all other characters are
 * literals. Much faster than {@link java.time.format.DateTimeFormatter}. Immutable and thread-safe.
 */
public final class TimestampFormat {

    private static final String PARTS = "yMdHmsS";
    private static final int NANOS_IN_MILLI = 1_000_000;

    private final String pattern;

    private TimestampFormat(String pattern) {
        this.pattern = pattern;
    }

    /**
     * Creates a format.
     *
     * @param pattern such as {@code yyyy-MM-ddTHH:mm:ss.SSSZ}; {@code S} is a digit of the milliseconds
     */
    public static TimestampFormat of(String pattern) {
        return new TimestampFormat(pattern);
    }

    /** Parses a timestamp; absent if the text does not match the pattern or is not a valid date and time. */
    public Option<Instant> parse(String text) {
        if (text.length() != pattern.length()) {
            return Option.none();
        }
        int[] parts = new int[PARTS.length()];
        for (int i = 0; i < pattern.length(); i++) {
            int part = PARTS.indexOf(pattern.charAt(i));
            char c = text.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            if (part < 0 ? c != pattern.charAt(i) : !isDigit) {
                return Option.none();
            }
            if (part >= 0) {
                parts[part] = 10 * parts[part] + c - '0';
            }
        }
        try {
            return Option.some(LocalDateTime.of(
                            parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6] * NANOS_IN_MILLI)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException invalidDate) {
            return Option.none();
        }
    }

    /** Formats a timestamp. Truncates parts that the pattern does not contain. */
    public String format(Instant moment) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), ZoneOffset.UTC);
        int[] parts = {
            time.getYear(),
            time.getMonthValue(),
            time.getDayOfMonth(),
            time.getHour(),
            time.getMinute(),
            time.getSecond(),
            time.getNano() / NANOS_IN_MILLI
        };
        char[] text = pattern.toCharArray();
        for (int i = text.length - 1; i >= 0; i--) {
            int part = PARTS.indexOf(text[i]);
            if (part >= 0) {
                text[i] = (char) ('0' + parts[part] % 10);
                parts[part] /= 10;
            }
        }
        return new String(text);
    }
}
