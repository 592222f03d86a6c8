package io.otabridge.domain;

import io.vavr.control.Option;
import java.time.Instant;

/**
 * A timestamp as the vendor sent it. Vendors use several formats and change them without notice, so the original text
 * is always available, and the instant only if the format is known. Immutable.
 *
 * @param text the text as sent, such as {@code 20230211T121212Z}
 * @param instant the parsed instant, with the precision of the text; absent if the format is unknown
 */
public record VendorTimestamp(String text, Option<Instant> instant) {

    /** Returns a timestamp with a parsed instant. */
    public static VendorTimestamp of(String text, Instant instant) {
        return new VendorTimestamp(text, Option.some(instant));
    }

    /** Returns a timestamp in an unknown format. */
    public static VendorTimestamp unreadable(String text) {
        return new VendorTimestamp(text, Option.none());
    }
}
