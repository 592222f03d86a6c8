package io.otabridge.cli.render;

import io.otabridge.domain.VendorTimestamp;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Puts values that tables show into words for people. */
public final class ValueFormatter {

    /** Stands for what the vendor did not say. */
    static final String ABSENT = "-";

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private final ZoneId zone;
    private final Clock clock;

    public ValueFormatter(ZoneId zone, Clock clock) {
        this.zone = zone;
        this.clock = clock;
    }

    public static String orAbsent(Option<?> value) {
        return value.map(Object::toString).getOrElse(ABSENT);
    }

    /** So many things, such as {@code 1 package} or {@code 2 packages}. */
    public static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** Local time and UTC, or the vendor's own text where that could not be read. */
    String time(Option<VendorTimestamp> time) {
        return time.map(t -> t.instant().map(this::time).getOrElse(() -> t.text() + " (as the vendor wrote it)"))
                .getOrElse(ABSENT);
    }

    /** When a link ends, and how far off that is. */
    String expiry(Option<Instant> expires) {
        return expires.map(at -> time(at) + ", " + distance(at)).getOrElse("not stated");
    }

    static String size(Option<Long> size) {
        return size.map(ValueFormatter::size).getOrElse(ABSENT);
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

    private String time(Instant instant) {
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

    private String distance(Instant at) {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? "expired" : "in " + duration(left);
    }

    /** A size in the unit that suits it. */
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

    private static String size(long bytes) {
        String exact = exactSize(bytes);
        return bytes < 1024 ? exact : exact + " (" + shortSize(bytes) + ")";
    }

    private static String exactSize(long bytes) {
        return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
}
