package io.otabridge.domain.firmware;

import io.vavr.control.Option;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the expiry of a pre-signed link from its query. Two forms are in use in object stores: {@code Expires} in seconds
 * since 1970, and a signing date with a life time in seconds ({@code x-oss-date} and {@code x-oss-expires}, likewise with
 * {@code amz} or {@code obs}).
 */
final class LinkExpiry {

    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private LinkExpiry() {}

    static Option<Instant> read(String url) {
        Map<String, String> query = query(url);
        Option<Long> absolute = number(query.get("expires"));
        if (absolute.isDefined()) {
            return absolute.flatMap(LinkExpiry::epochSecond);
        }
        for (String store : new String[] {"oss", "obs", "amz"}) {
            String date = query.get("x-" + store + "-date");
            Option<Long> seconds = number(query.get("x-" + store + "-expires"));
            if (date != null && seconds.isDefined()) {
                return seconds.flatMap(life -> signedAt(date).flatMap(at -> later(at, life)));
            }
        }
        return Option.none();
    }

    private static Map<String, String> query(String url) {
        Map<String, String> values = new HashMap<>();
        int fragment = url.indexOf('#');
        String address = fragment < 0 ? url : url.substring(0, fragment);
        int start = address.indexOf('?');
        String query = start < 0 ? "" : address.substring(start + 1);
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(pair.substring(0, equals).toLowerCase(Locale.ROOT), pair.substring(equals + 1));
            }
        }
        return values;
    }

    private static Option<Long> number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,12}") ? Option.some(Long.valueOf(text)) : Option.none();
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
