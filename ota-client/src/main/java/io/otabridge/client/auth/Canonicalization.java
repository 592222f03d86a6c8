package io.otabridge.client.auth;

import io.otabridge.client.config.HostAndPort;
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

/** The primitives that request signatures of both vendors are made of. All text is UTF-8. */
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

    /** RFC 3986 percent-encoding: letters, digits and {@code -_.~} stay, all else becomes upper-case {@code %XX}. */
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
     * The query of a request in the form that both vendors sign: names and values encoded, joined as {@code name=value}
     * with {@code &}, sorted by encoded name. A repeated name keeps the order of its values; no value is an empty value.
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

    /** The value of the header {@code Host} for this address: the port is there unless it is the scheme's own. */
    public static String hostHeader(HttpUrl url) {
        boolean standardPort = url.port() == HttpUrl.defaultPort(url.scheme());
        String host = HostAndPort.host(url.host());
        return standardPort ? host : host + ":" + url.port();
    }

    /** Lower-case hexadecimal SHA-256. */
    public static String sha256Hex(byte[] data) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Lower-case hexadecimal SHA-256 of a text. */
    public static String sha256Hex(String text) {
        return sha256Hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same of what is in a buffer, which is empty afterwards, so that its memory serves again. */
    public static String sha256Hex(Buffer data) {
        String hash = data.sha256().hex();
        data.clear();
        return hash;
    }

    /** Lower-case hexadecimal SHA-256 of a request's body. That of a {@link StreamedBody} is known without reading it. */
    public static String sha256Hex(RequestBody body) throws IOException {
        if (body instanceof StreamedBody streamed) {
            return streamed.sha256Hex();
        }
        Buffer bytes = new Buffer();
        body.writeTo(bytes);
        return sha256Hex(bytes);
    }

    /** Lower-case hexadecimal. */
    public static String hex(byte[] data) {
        return HEX.formatHex(data);
    }
}
