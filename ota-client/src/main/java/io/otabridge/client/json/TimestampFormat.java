package io.otabridge.client.json;

import io.vavr.control.Option;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A form in which a vendor writes times in UTC, with a digit wherever the form has one of the letters {@code yMdHmsS}, and
 * itself everywhere else. Reading and writing it takes a small part of what Java's formatters take. Immutable and safe for
 * many threads.
 */
public final class TimestampFormat {

    private static final String PARTS = "yMdHmsS";
    private static final int NANOS_IN_MILLI = 1_000_000;

    private final String form;

    private TimestampFormat(String form) {
        this.form = form;
    }

    /**
     * A form.
     *
     * @param form such as {@code yyyy-MM-ddTHH:mm:ss.SSSZ}; {@code S} are milliseconds
     */
    public static TimestampFormat of(String form) {
        return new TimestampFormat(form);
    }

    /** The moment; absent if the text has another form or names none that there is. */
    public Option<Instant> read(String text) {
        if (text.length() != form.length()) {
            return Option.none();
        }
        int[] parts = new int[PARTS.length()];
        for (int i = 0; i < form.length(); i++) {
            int part = PARTS.indexOf(form.charAt(i));
            char c = text.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            if (part < 0 ? c != form.charAt(i) : !isDigit) {
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
        } catch (DateTimeException notOnTheCalendar) {
            return Option.none();
        }
    }

    /** The moment in this form, which leaves out what it has no letters for. */
    public String write(Instant moment) {
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
        char[] text = form.toCharArray();
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
