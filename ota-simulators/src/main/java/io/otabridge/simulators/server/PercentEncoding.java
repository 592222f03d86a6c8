package io.otabridge.simulators.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;

/**
 * Percent-encoding as used in signatures of both vendors: RFC 3986, UTF-8, upper-case digits. Only
 * {@code A-Za-z0-9-_.~} are not encoded.
 */
public final class PercentEncoding {

    private PercentEncoding() {}

    /** Encodes a text. A space becomes {@code %20}. */
    public static String encode(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /**
     * Decodes a name or value of a query or form, where a plus sign is a space.
     *
     * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits
     */
    public static String decodeParameter(String encoded) {
        return URLDecoder.decode(encoded, UTF_8);
    }

    /**
     * Decodes a segment of a path, where a plus sign is a plus sign.
     *
     * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits
     */
    public static String decodeSegment(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8);
    }
}
