package io.otabridge.aliyun.wire;

import static io.otabridge.client.json.FieldReader.text;

import io.otabridge.client.json.TimestampFormat;
import io.otabridge.domain.VendorTimestamp;
import io.vavr.control.Option;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads timestamps in the three documented formats. A timestamp in another format keeps only its text. */
public final class AliyunTimestamps {

    /** The first of the three formats. Java's own parsers are many times slower. */
    private static final TimestampFormat USUAL = TimestampFormat.of("yyyy-MM-ddTHH:mm:ss.SSSZ");

    private static final DateTimeFormatter OLDER_TIME = DateTimeFormatter.ofPattern(
                    "EEE, dd-MMM-uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    /** 12 to 14 digits, so that a number of seconds is not taken for milliseconds. */
    private static final Pattern MILLIS = Pattern.compile("[1-9][0-9]{11,13}");

    private AliyunTimestamps() {}

    /** Reads a timestamp; absent if there is no text. */
    public static Option<VendorTimestamp> read(@Nullable String raw) {
        return text(raw)
                .map(written -> new VendorTimestamp(
                        written,
                        USUAL.parse(written).orElse(() -> instant(written)).orElse(() -> olderInstant(written))));
    }

    /** Reads a number of milliseconds since 1970, or a timestamp in another format; absent if there is no text. */
    public static Option<VendorTimestamp> readMillis(@Nullable String raw) {
        return text(raw)
                .filter(written -> MILLIS.matcher(written).matches())
                .map(written -> VendorTimestamp.of(written, Instant.ofEpochMilli(Long.parseLong(written))))
                .orElse(() -> read(raw));
    }

    /** {@code 2019-12-28T02:42:22.000Z}, or without seconds as in modules. */
    private static Option<Instant> instant(String text) {
        try {
            return Option.some(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException anotherForm) {
            return Option.none();
        }
    }

    /** {@code Wed, 20-Feb-2019 02:16:09 GMT}, in older documents. */
    private static Option<Instant> olderInstant(String text) {
        try {
            return Option.some(Instant.from(OLDER_TIME.parse(text)));
        } catch (DateTimeException anotherForm) {
            return Option.none();
        }
    }
}
