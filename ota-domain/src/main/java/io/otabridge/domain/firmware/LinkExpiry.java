package io.otabridge.domain.firmware;

import io.vavr.control.Option;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the expiry of a pre-signed link from its query. Two forms are in use in object stores: {@code Expires} in seconds
 * since 1970, and a signing date with a life time in seconds ({@code x-oss-date} and {@code x-oss-expires}, likewise with
 * {@code amz} or {@code obs}).
 */
final class LinkExpiry {

    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private static final String[] STORES = {"x-oss-", "x-obs-", "x-amz-"};
    private static final int MOST_DIGITS = 12;

    private LinkExpiry() {}

    static Option<Instant> read(String url) {
        int fragment = url.indexOf('#');
        String address = fragment < 0 ? url : url.substring(0, fragment);
        int query = address.indexOf('?');
        if (query < 0) {
            return Option.none();
        }
        Option<Long> absolute = number(value(address, query, "expires"));
        if (absolute.isDefined()) {
            return absolute.flatMap(LinkExpiry::epochSecond);
        }
        for (String store : STORES) {
            @Nullable String date = value(address, query, store + "date");
            Option<Long> seconds = number(value(address, query, store + "expires"));
            if (date != null && seconds.isDefined()) {
                return seconds.flatMap(life -> signedAt(date).flatMap(at -> later(at, life)));
            }
        }
        return Option.none();
    }

    /** The value of the first parameter of this name, in any case, without taking the query to pieces. */
    private static @Nullable String value(String address, int query, String name) {
        for (int before = query; before >= 0; before = address.indexOf('&', before + 1)) {
            int equals = before + 1 + name.length();
            if (address.startsWith("=", equals) && address.regionMatches(true, before + 1, name, 0, name.length())) {
                int end = address.indexOf('&', equals);
                return address.substring(equals + 1, end < 0 ? address.length() : end);
            }
        }
        return null;
    }

    private static Option<Long> number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MOST_DIGITS) {
            return Option.none();
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return Option.none();
            }
            number = 10 * number + c - '0';
        }
        return Option.some(number);
    }

    private static Option<Instant> epochSecond(long seconds) {
        return Option.some(Instant.ofEpochSecond(seconds));
    }

    private static Option<Instant> signedAt(String date) {
        try {
            return Option.some(LocalDateTime.parse(date, BASIC).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException notADate) {
            return Option.none();
        }
    }

    private static Option<Instant> later(Instant at, long seconds) {
        return Option.some(at.plusSeconds(seconds));
    }
}
