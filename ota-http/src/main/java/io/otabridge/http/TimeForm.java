package io.otabridge.http;

import io.vavr.control.Option;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A form in which a vendor writes times in UTC, with a digit wherever the form has one of the letters {@code yMdHmsS}, and
 * itself everywhere else. Reading it takes a small part of what the platform's formatters take. Immutable and safe for many
 * threads.
 */
public final class TimeForm {

    private static final int NANOS_IN_MILLI = 1_000_000;

    private final String form;

    private TimeForm(String form) {
        this.form = form;
    }

    /**
     * A form.
     *
     * @param form such as {@code yyyy-MM-ddTHH:mm:ss.SSSZ}; {@code S} are milliseconds
     */
    public static TimeForm of(String form) {
        return new TimeForm(form);
    }

    /** The moment; absent if the text has another form or names none that there is. */
    public Option<Instant> read(String text) {
        if (text.length() != form.length()) {
            return Option.none();
        }
        int year = 0;
        int month = 0;
        int day = 0;
        int hour = 0;
        int minute = 0;
        int second = 0;
        int milli = 0;
        for (int i = 0; i < form.length(); i++) {
            char place = form.charAt(i);
            char c = text.charAt(i);
            int digit = c >= '0' && c <= '9' ? c - '0' : -1;
            boolean fits = digit >= 0;
            switch (place) {
                case 'y' -> year = 10 * year + digit;
                case 'M' -> month = 10 * month + digit;
                case 'd' -> day = 10 * day + digit;
                case 'H' -> hour = 10 * hour + digit;
                case 'm' -> minute = 10 * minute + digit;
                case 's' -> second = 10 * second + digit;
                case 'S' -> milli = 10 * milli + digit;
                default -> fits = c == place;
            }
            if (!fits) {
                return Option.none();
            }
        }
        return moment(year, month, day, hour, minute, second, milli);
    }

    private static Option<Instant> moment(int year, int month, int day, int hour, int minute, int second, int milli) {
        try {
            return Option.some(LocalDateTime.of(year, month, day, hour, minute, second, milli * NANOS_IN_MILLI)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException notOnTheCalendar) {
            return Option.none();
        }
    }
}
