package io.otabridge.simulators.objectstore;

import io.otabridge.simulators.server.HttpReply;
import io.otabridge.simulators.server.HttpReply.FileRange;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Responds to GET and HEAD of an object: conditions, ranges and headers. */
final class ObjectDownload {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})?-([0-9]{1,18})?");

    private ObjectDownload() {}

    static String httpDate(Instant time) {
        return HTTP_DATE.format(time);
    }

    static Either<StoreError, HttpReply> of(ReceivedRequest call, StoredObject object, boolean ignoresRanges) {
        if (call.header("if-match").exists(tags -> !matches(tags, object))) {
            return Either.left(StoreError.preconditionFailed());
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("ETag", '"' + object.eTag() + '"');
        headers.put("Last-Modified", httpDate(object.lastModified()));
        headers.put("Accept-Ranges", "bytes");
        headers.put("Content-Type", object.contentType());
        if (call.header("if-none-match").exists(tags -> matches(tags, object))) {
            return Either.right(new HttpReply(304, headers, ""));
        }
        Option<Matcher> range = call.header("range").map(RANGE::matcher).filter(Matcher::matches);
        return range.isEmpty() || ignoresRanges
                ? Either.right(new HttpReply(200, headers, new FileRange(object.file(), 0, object.size())))
                : part(range.get(), object, headers);
    }

    private static Either<StoreError, HttpReply> part(Matcher range, StoredObject object, Map<String, String> headers) {
        Option<Long> first = Option.of(range.group(1)).map(Long::valueOf);
        Option<Long> last = Option.of(range.group(2)).map(Long::valueOf);
        long size = object.size();
        long from = first.getOrElse(() -> size - Math.min(size, last.getOrElse(size)));
        long end = first.isEmpty() ? size : Math.min(size, last.getOrElse(size) + 1);
        if (from >= end) {
            return Either.left(new StoreError(
                    416,
                    "InvalidRange",
                    "The requested range cannot be satisfied.",
                    Map.of("ActualObjectSize", String.valueOf(size))));
        }
        headers.put("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + size);
        return Either.right(new HttpReply(206, headers, new FileRange(object.file(), from, end - from)));
    }

    private static boolean matches(String tags, StoredObject object) {
        return tags.trim().equals("*") || tags.replace("\"", "").trim().equalsIgnoreCase(object.eTag());
    }
}
