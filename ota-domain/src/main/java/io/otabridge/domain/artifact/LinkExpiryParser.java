package io.otabridge.domain.artifact;

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
import java.util.regex.Pattern;

/**
 * Reads the expiry of a presigned link from its query, in the formats of common object stores. Parameter names match in
 * any case and order. If several expiries differ, the earliest counts; if one cannot be read, the expiry is unknown.
 *
 * <ul>
 *   <li>{@code Expires}, seconds since 1970: OSS V1, OBS, S3 V2, GCS V2
 *   <li>{@code x-oss-expires}, seconds since 1970: OSS V2
 *   <li>{@code x-oss-}, {@code x-obs-}, {@code X-Amz-}, {@code X-Goog-} with {@code Date} and {@code Expires}, seconds
 *       after that date: OSS V4, OBS, S3 V4, GCS V4
 *   <li>{@code q-sign-time} and {@code q-key-time}, start and end in seconds since 1970: COS
 *   <li>{@code se} beside {@code sig}, an ISO time: Azure SAS
 * </ul>
 */
final class LinkExpiryParser {

    private static final Pattern EPOCH_SECOND = Pattern.compile("[0-9]{1,12}");
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

    private static final int MAX_NAME_LENGTH = 100;
    private static final int MAX_VALUE_LENGTH = 100;
    private static final int MAX_REPETITIONS = 10;

    /** Longer than the lifetime that any store allows. A greater number is a date. */
    private static final long MAX_LIFETIME_SECONDS = 1_000_000_000;

    private final Map<String, List<String>> parameters;

    private LinkExpiryParser(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** Returns the expiry; absent if the link does not state it in a known format. */
    static Option<Instant> read(String url) {
        int fragment = url.indexOf('#');
        String address = fragment < 0 ? url : url.substring(0, fragment);
        int query = address.indexOf('?');
        return query < 0 ? Option.none() : new LinkExpiryParser(parameters(address, query + 1)).expiry();
    }

    private Option<Instant> expiry() {
        List<Option<Instant>> expiries = values("expires")
                .map(LinkExpiryParser::epochSecond)
                .appendAll(values("q-sign-time").map(LinkExpiryParser::endOfPeriod))
                .appendAll(values("q-key-time").map(LinkExpiryParser::endOfPeriod));
        if (!values("sig").isEmpty()) {
            expiries = expiries.appendAll(values("se").map(LinkExpiryParser::isoTime));
        }
        for (String store : STORES) {
            expiries = expiries.appendAll(expiriesOf(store));
        }
        return expiries.exists(Option::isEmpty)
                ? Option.none()
                : expiries.flatMap(end -> end).min();
    }

    /**
     * Returns the expiries for one store; empty if the link has none, with an absent element for each that cannot be
     * read.
     */
    private List<Option<Instant>> expiriesOf(String store) {
        List<String> lifetimes = values(store + "expires");
        List<String> dates = values(store + "date");
        boolean isAbsolute = store.equals("x-oss-")
                && (values("x-oss-signature-version").exists("OSS2"::equalsIgnoreCase)
                        || (dates.isEmpty()
                                && lifetimes
                                        .flatMap(LinkExpiryParser::number)
                                        .exists(lifetime -> lifetime > MAX_LIFETIME_SECONDS)));
        if (isAbsolute) {
            return lifetimes.map(LinkExpiryParser::epochSecond);
        }
        if (lifetimes.isEmpty()) {
            return List.empty();
        }
        return dates.isEmpty()
                ? List.of(Option.none())
                : dates.flatMap(date -> lifetimes.map(lifetime -> basicTime(date)
                        .flatMap(at -> number(lifetime)
                                .filter(seconds -> seconds <= MAX_LIFETIME_SECONDS)
                                .map(at::plusSeconds))));
    }

    private List<String> values(String name) {
        return parameters.getOrDefault(name, List.empty());
    }

    private static Map<String, List<String>> parameters(String address, int from) {
        Map<String, List<String>> found = new HashMap<>();
        int equals = address.indexOf('=', from);
        for (int start = from; start <= address.length(); ) {
            int next = address.indexOf('&', start);
            int end = next < 0 ? address.length() : next;
            // Searches every character once: the next equals sign is kept until the search passes it.
            if (equals >= 0 && equals < start) {
                equals = address.indexOf('=', start);
            }
            int endOfName = equals < 0 || equals > end ? end : equals;
            if (endOfName - start <= MAX_NAME_LENGTH) {
                String name = decoded(address.substring(start, endOfName)).toLowerCase(Locale.ROOT);
                if (KNOWN.contains(name)) {
                    add(found, name, address.substring(Math.min(endOfName + 1, end), end));
                }
            }
            start = equals < 0 ? address.length() + 1 : end + 1;
        }
        return found;
    }

    /** Adds a value. A value that is too long or repeated too often is stored as one that cannot be read. */
    private static void add(Map<String, List<String>> found, String name, String value) {
        List<String> before = found.getOrDefault(name, List.empty());
        if (before.size() < MAX_REPETITIONS) {
            found.put(name, before.append(value.length() > MAX_VALUE_LENGTH ? "" : decoded(value)));
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
        return EPOCH_SECOND.matcher(text).matches() ? Option.some(Long.valueOf(text)) : Option.none();
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

    /** Parses a day, or a time in UTC or with an offset, with or without seconds and fractions. */
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
