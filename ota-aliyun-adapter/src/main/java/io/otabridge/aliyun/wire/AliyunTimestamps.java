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
import org.jspecify.annotations.Nullable;

/** Reads times in the three forms that the platform's documents show; one in another form keeps its text alone. */
public final class AliyunTimestamps {

    /** The first of the three; Java's own readers take many times as long. */
    private static final TimestampFormat USUAL = TimestampFormat.of("yyyy-MM-ddTHH:mm:ss.SSSZ");

    private static final DateTimeFormatter OLDER_TIME = DateTimeFormatter.ofPattern(
                    "EEE, dd-MMM-uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    private AliyunTimestamps() {}

    /** The moment as the platform wrote it; absent if it wrote none. */
    public static Option<VendorTimestamp> read(@Nullable String raw) {
        return text(raw)
                .map(written -> new VendorTimestamp(
                        written,
                        USUAL.read(written).orElse(() -> instant(written)).orElse(() -> olderInstant(written))));
    }

    /** {@code 2019-12-28T02:42:22.000Z}, or without seconds as module times are. */
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
