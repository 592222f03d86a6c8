package io.otabridge.cli.render;

import io.otabridge.domain.VendorTimestamp;
import io.vavr.control.Option;
import io.vavr.control.Try;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats values for tables, and knows the width of the output. */
public final class ValueFormatter {

    /** Shown for an absent value. */
    static final String ABSENT = "-";

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private final ZoneId zone;
    private final Clock clock;
    private final int width;

    /** @param width the width at which output is wrapped */
    public ValueFormatter(ZoneId zone, Clock clock, int width) {
        this.zone = zone;
        this.clock = clock;
        this.width = width;
    }

    /** Returns the width at which output is wrapped. */
    public int width() {
        return width;
    }

    public static String orAbsent(Option<?> value) {
        return value.map(Object::toString).getOrElse(ABSENT);
    }

    /** Formats a number with its noun, such as {@code 1 package} or {@code 2 packages}. */
    public static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** Formats a time as local time and UTC, or as the vendor's text if it could not be parsed. */
    public String time(Option<VendorTimestamp> time) {
        return time.map(t -> t.instant().map(this::time).getOrElse(() -> t.text() + " (as sent by the vendor)"))
                .getOrElse(ABSENT);
    }

    /** Formats a time for a list: in a narrow column only local time to the minute, or the day. */
    public Cell timeInList(Option<VendorTimestamp> time) {
        return time.flatMap(VendorTimestamp::instant)
                .flatMap(instant -> Try.of(() -> instant.atZone(zone)).toOption())
                .map(local -> Cell.of(time(time), MINUTE.format(local), DAY.format(local)))
                .getOrElse(() ->
                        Cell.of(time(time), time.map(VendorTimestamp::text).getOrElse(ABSENT)));
    }

    /** Formats the expiry of a link, with the remaining time. */
    String expiry(Option<Instant> expires) {
        return expires.map(at -> time(at) + ", " + remaining(at)).getOrElse("not stated");
    }

    static String size(Option<Long> size) {
        return size.map(ValueFormatter::exactAndShortSize).getOrElse(ABSENT);
    }

    static String sizeInList(Option<Long> size) {
        return size.map(ValueFormatter::shortSize).getOrElse(ABSENT);
    }

    public static String duration(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + " ms";
        }
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            return duration.toSeconds() + " s";
        }
        if (duration.compareTo(Duration.ofHours(2)) < 0) {
            return duration.toMinutes() + " min";
        }
        return duration.compareTo(Duration.ofDays(2)) < 0 ? duration.toHours() + " h" : duration.toDays() + " days";
    }

    /** Formats a duration in the largest unit of which it is a multiple, such as {@code 90 min}. */
    public static String exactDuration(Duration duration) {
        long seconds = duration.toSeconds();
        for (long unit : new long[] {86_400, 3_600, 60}) {
            if (seconds >= unit && seconds % unit == 0) {
                return seconds / unit
                        + (unit == 60 ? " min" : unit == 3_600 ? " h" : seconds == unit ? " day" : " days");
            }
        }
        return seconds + " s";
    }

    /** Formats a time as local time and UTC. */
    public String time(Instant instant) {
        String utc = instant.toString();
        if (zone.getRules().getOffset(instant).equals(ZoneOffset.UTC)) {
            return utc;
        }
        try {
            return LOCAL.format(instant.atZone(zone)) + " (" + utc + ")";
        } catch (DateTimeException outOfRange) {
            return utc;
        }
    }

    private String remaining(Instant at) {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? "expired" : "in " + duration(left);
    }

    /** Formats a size in the largest suitable unit. */
    public static String shortSize(long bytes) {
        if (bytes < 1024) {
            return exactSize(bytes);
        }
        double amount = bytes / 1024.0;
        int unit = 0;
        while (amount >= 1024 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    /** Formats a size in bytes, followed by the largest suitable unit. */
    public static String exactAndShortSize(long bytes) {
        String exact = exactSize(bytes);
        return bytes < 1024 ? exact : exact + " (" + shortSize(bytes) + ")";
    }

    private static String exactSize(long bytes) {
        return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
}
