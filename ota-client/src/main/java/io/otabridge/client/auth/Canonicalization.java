package io.otabridge.client.auth;

import io.otabridge.client.config.HostPortFormatter;
import io.otabridge.client.transport.StreamedBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Primitives of both vendors' request signatures. Text is encoded as UTF-8. Thread-safe. */
public final class Canonicalization {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] UPPER_HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final boolean[] UNRESERVED = new boolean[128];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"
                .chars()
                .forEach(c -> UNRESERVED[c] = true);
    }

    private Canonicalization() {}

    /** Percent-encodes as in RFC 3986: all bytes except letters, digits and {@code -_.~} become upper-case {@code %XX}. */
    public static String percentEncode(String text) {
        if (isUnreserved(text)) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] encoded = new byte[bytes.length * 3];
        int length = 0;
        for (byte b : bytes) {
            if (b >= 0 && UNRESERVED[b]) {
                encoded[length++] = b;
            } else {
                encoded[length++] = '%';
                encoded[length++] = UPPER_HEX[(b >> 4) & 0xf];
                encoded[length++] = UPPER_HEX[b & 0xf];
            }
        }
        return new String(encoded, 0, length, StandardCharsets.US_ASCII);
    }

    private static boolean isUnreserved(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= UNRESERVED.length || !UNRESERVED[c]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The canonical query string that both vendors sign: encoded {@code name=value} pairs joined with {@code &}, sorted by encoded
     * name. The values of a repeated name keep their order. A missing value becomes an empty one.
     */
    public static String canonicalQuery(HttpUrl url) {
        if (url.querySize() == 0) {
            return "";
        }
        List<String[]> pairs = new ArrayList<>(url.querySize());
        for (int i = 0; i < url.querySize(); i++) {
            @Nullable String value = url.queryParameterValue(i);
            pairs.add(
                    new String[] {percentEncode(url.queryParameterName(i)), percentEncode(value == null ? "" : value)});
        }
        pairs.sort(Comparator.comparing(pair -> pair[0]));
        StringBuilder query = new StringBuilder();
        for (String[] pair : pairs) {
            query.append(query.isEmpty() ? "" : "&").append(pair[0]).append('=').append(pair[1]);
        }
        return query.toString();
    }

    /** The value of the header {@code Host}: the host, with the port unless it is the scheme's default. */
    public static String hostHeader(HttpUrl url) {
        boolean standardPort = url.port() == HttpUrl.defaultPort(url.scheme());
        String host = HostPortFormatter.host(url.host());
        return standardPort ? host : host + ":" + url.port();
    }

    /** The SHA-256 digest in lower-case hexadecimal. */
    public static String sha256Hex(byte[] data) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The SHA-256 digest of a text in lower-case hexadecimal. */
    public static String sha256Hex(String text) {
        return sha256Hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The SHA-256 digest of a buffer's content in lower-case hexadecimal. Clears the buffer, so that its memory is reused. */
    public static String sha256Hex(Buffer data) {
        String hash = data.sha256().hex();
        data.clear();
        return hash;
    }

    /**
     * The SHA-256 digest of a request body in lower-case hexadecimal. Does not read a {@link StreamedBody}, whose digest is known.
     */
    public static String sha256Hex(RequestBody body) throws IOException {
        if (body instanceof StreamedBody streamed) {
            return streamed.sha256Hex();
        }
        Buffer bytes = new Buffer();
        body.writeTo(bytes);
        return sha256Hex(bytes);
    }

    /** Encodes bytes in lower-case hexadecimal. */
    public static String hex(byte[] data) {
        return HEX.formatHex(data);
    }
}
