package io.otabridge.domain;

import io.vavr.control.Option;
import java.time.Instant;

/**
 * A moment as the vendor wrote it. Vendors use several forms and change them without notice, so the text is always
 * kept and the moment is there when the text could be read.
 *
 * @param text exactly what the vendor sent, such as {@code 20230211T121212Z}
 * @param instant the moment, if the text has a known form; its precision is that of the text
 */
public record VendorTimestamp(String text, Option<Instant> instant) {

    /** A text that was read as this moment. */
    public static VendorTimestamp of(String text, Instant instant) {
        return new VendorTimestamp(text, Option.some(instant));
    }

    /** A text in an unknown form. */
    public static VendorTimestamp unreadable(String text) {
        return new VendorTimestamp(text, Option.none());
    }
}
