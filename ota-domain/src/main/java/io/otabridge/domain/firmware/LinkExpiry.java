package io.otabridge.domain.firmware;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the expiry of a presigned link from its query, in the forms of the object stores in use. Names match in any case, in any
 * order. Where a link contradicts itself the earliest expiry counts; where a part cannot be read the expiry is unknown.
 *
 * <ul>
 *   <li>{@code Expires}, seconds since 1970: OSS V1, OBS, S3 V2, GCS V2
 *   <li>{@code x-oss-expires}, seconds since 1970: OSS V2
 *   <li>{@code x-oss-}, {@code x-obs-}, {@code X-Amz-}, {@code X-Goog-} with {@code Date} and {@code Expires}, seconds after that
 *       date: OSS V4, OBS, S3 V4, GCS V4
 *   <li>{@code q-sign-time} and {@code q-key-time}, start and end in seconds since 1970: COS
 *   <li>{@code se} beside {@code sig}, an ISO time: Azure SAS
 * </ul>
 */
final class LinkExpiry {

    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private static final String[] STORES = {"x-oss-", "x-obs-", "x-amz-", "x-goog-"};
    private static final Set<String> KNOWN = new HashSet<>(
            Arrays.asList("expires", "q-sign-time", "q-key-time", "se", "sig", "x-oss-signature-version"));

    static {
        for (String store : STORES) {
            KNOWN.add(store + "date");
            KNOWN.add(store + "expires");
        }
    }

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_VALUE = 100;
    private static final int MOST_REPETITIONS = 10;

    /** No store lets a presigned link live this long, so that a number above it is a date. */
    private static final long LONGEST_LIFE = 1_000_000_000;

    private final Map<String, List<String>> parameters;

    private LinkExpiry(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** The expiry; absent if the link does not state it in a known form. */
    static Option<Instant> read(String url) {
        int fragment = url.indexOf('#');
        String address = fragment < 0 ? url : url.substring(0, fragment);
        int query = address.indexOf('?');
        return query < 0 ? Option.none() : new LinkExpiry(parameters(address, query + 1)).expiry();
    }

    private Option<Instant> expiry() {
        List<Option<Instant>> ends = values("expires")
                .map(LinkExpiry::epochSecond)
                .appendAll(values("q-sign-time").map(LinkExpiry::endOfPeriod))
                .appendAll(values("q-key-time").map(LinkExpiry::endOfPeriod));
        if (!values("sig").isEmpty()) {
            ends = ends.appendAll(values("se").map(LinkExpiry::isoTime));
        }
        for (String store : STORES) {
            ends = ends.appendAll(endsAt(store));
        }
        return ends.exists(Option::isEmpty)
                ? Option.none()
                : ends.flatMap(end -> end).min();
    }

    /** None if the link has no expiry of this store, an absent one if it cannot be read. */
    private List<Option<Instant>> endsAt(String store) {
        List<String> lives = values(store + "expires");
        List<String> dates = values(store + "date");
        boolean isAbsolute = store.equals("x-oss-")
                && (values("x-oss-signature-version").exists("OSS2"::equalsIgnoreCase)
                        || (dates.isEmpty() && lives.flatMap(LinkExpiry::number).exists(life -> life > LONGEST_LIFE)));
        if (isAbsolute) {
            return lives.map(LinkExpiry::epochSecond);
        }
        if (lives.isEmpty()) {
            return List.empty();
        }
        return dates.isEmpty()
                ? List.of(Option.none())
                : dates.flatMap(date -> lives.map(life -> basicTime(date)
                        .flatMap(at -> number(life)
                                .filter(seconds -> seconds <= LONGEST_LIFE)
                                .map(at::plusSeconds))));
    }

    private List<String> values(String name) {
        return parameters.getOrDefault(name, List.empty());
    }

    private static Map<String, List<String>> parameters(String address, int from) {
        Map<String, List<String>> found = new HashMap<>();
        for (int start = from; start <= address.length(); ) {
            int next = address.indexOf('&', start);
            int end = next < 0 ? address.length() : next;
            int equals = address.indexOf('=', start);
            // Where there is no equals sign at all, none is looked for again.
            int endOfName = equals < 0 || equals > end ? end : equals;
            if (endOfName - start <= LONGEST_NAME) {
                String name = decoded(address.substring(start, endOfName)).toLowerCase(Locale.ROOT);
                if (KNOWN.contains(name)) {
                    add(found, name, address.substring(Math.min(endOfName + 1, end), end));
                }
            }
            start = equals < 0 ? address.length() + 1 : end + 1;
        }
        return found;
    }

    /** What is too long or too often there is kept as a value that cannot be read. */
    private static void add(Map<String, List<String>> found, String name, String value) {
        List<String> before = found.getOrDefault(name, List.empty());
        if (before.size() < MOST_REPETITIONS) {
            found.put(name, before.append(value.length() > LONGEST_VALUE ? "" : decoded(value)));
        } else {
            found.put(name, List.of(""));
        }
    }

    private static String decoded(String text) {
        try {
            return text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    private static Option<Long> number(String text) {
        return text.matches("[0-9]{1,12}") ? Option.some(Long.valueOf(text)) : Option.none();
    }

    private static Option<Instant> epochSecond(String text) {
        return number(text).map(Instant::ofEpochSecond);
    }

    private static Option<Instant> endOfPeriod(String text) {
        String[] parts = text.split(";", -1);
        return parts.length == 2 && number(parts[0]).isDefined() ? epochSecond(parts[1]) : Option.none();
    }

    private static Option<Instant> basicTime(String text) {
        try {
            return Option.some(LocalDateTime.parse(text, BASIC).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException notATime) {
            return Option.none();
        }
    }

    /** A day, or a time in UTC or with an offset, with or without seconds and their fractions. */
    private static Option<Instant> isoTime(String text) {
        try {
            return Option.some(
                    text.length() == "yyyy-MM-dd".length()
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notATime) {
            return Option.none();
        }
    }
}
