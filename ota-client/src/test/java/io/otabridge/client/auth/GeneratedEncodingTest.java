package io.otabridge.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** Compares the primitives of signatures with the JDK for thousands of random texts. */
class GeneratedEncodingTest {

    private static final int CASES = 3_000;

    private final Random random = new Random(20260115);

    @Test
    void encodes_like_the_jdk() {
        for (int i = 0; i < CASES; i++) {
            String text = text(200, true);
            assertThat(Canonicalization.percentEncode(text)).as(text).isEqualTo(reference(text));
        }
    }

    @Test
    void the_jdk_decodes_the_encoded_text() {
        for (int i = 0; i < CASES; i++) {
            String text = text(200, false);
            String encoded = Canonicalization.percentEncode(text);
            assertThat(URLDecoder.decode(encoded, UTF_8)).isEqualTo(text);
            assertThat(URI.create("https://h/" + encoded).getRawPath()).isEqualTo("/" + encoded);
        }
    }

    @Test
    void the_canonical_query_matches_the_query_read_by_a_server() {
        for (int i = 0; i < CASES; i++) {
            List<String[]> pairs = pairs();
            HttpUrl.Builder url = HttpUrl.get("https://h/").newBuilder();
            pairs.forEach(pair -> url.addQueryParameter(pair[0], pair[1]));
            HttpUrl built = url.build();

            assertThat(Canonicalization.canonicalQuery(built)).isEqualTo(reference(pairs));
            assertThat(Canonicalization.canonicalQuery(built)).isEqualTo(reference(readByServer(built.encodedQuery())));
        }
    }

    @Test
    void the_host_header_matches_the_authority_of_the_url() {
        for (int i = 0; i < CASES; i++) {
            int port = 1 + random.nextInt(65_535);
            String scheme = random.nextBoolean() ? "https" : "http";
            String host = List.of("iot.cn-shanghai.aliyuncs.com", "127.0.0.1", "[::1]", "[2001:db8::a:1]", "a")
                    .get(random.nextInt(5));
            HttpUrl url = HttpUrl.get(scheme + "://" + host + (random.nextInt(4) == 0 ? "" : ":" + port) + "/p?q=1");

            assertThat(Canonicalization.hostHeader(url))
                    .isEqualTo(URI.create(url.toString()).getRawAuthority());
        }
    }

    /** Reserved characters, ASCII, and every plane of Unicode, with or without lone surrogates. */
    private String text(int maxLength, boolean hasLoneSurrogates) {
        String reserved = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
        int length =
                random.nextInt(8) == 0 ? random.nextInt(maxLength + 1) : random.nextInt(Math.min(maxLength, 12) + 1);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.appendCodePoint(
                    switch (random.nextInt(hasLoneSurrogates ? 5 : 4)) {
                        case 0 -> reserved.charAt(random.nextInt(reserved.length()));
                        case 1 -> 'A' + random.nextInt(58);
                        case 2 -> random.nextInt(0x100);
                        case 3 -> random.nextInt(17) << 16 | random.nextInt(0xD800);
                        default -> 0xD800 + random.nextInt(0x800);
                    });
        }
        return text.toString();
    }

    /** Pairs with repeated, empty and unusual names. */
    private List<String[]> pairs() {
        List<String[]> pairs = new ArrayList<>();
        for (int count = random.nextInt(6); count > 0; count--) {
            boolean isRepeated = !pairs.isEmpty() && random.nextInt(4) == 0;
            String name = isRepeated ? pairs.get(random.nextInt(pairs.size()))[0] : text(20, true);
            pairs.add(new String[] {name, text(60, true)});
        }
        return pairs;
    }

    private static List<String[]> readByServer(String query) {
        List<String[]> pairs = new ArrayList<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            pairs.add(new String[] {
                URLDecoder.decode(pair.substring(0, equals), UTF_8),
                URLDecoder.decode(pair.substring(equals + 1), UTF_8)
            });
        }
        return pairs;
    }

    private static String reference(List<String[]> pairs) {
        return pairs.stream()
                .map(pair -> new String[] {reference(pair[0]), reference(pair[1])})
                .sorted(Comparator.comparing(pair -> pair[0]))
                .map(pair -> pair[0] + "=" + pair[1])
                .collect(Collectors.joining("&"));
    }

    /**
     * The JDK's form encoding, adapted to RFC 3986. Lone surrogates are replaced with question marks first, because newer JDKs encode
     * two of them as one.
     */
    private static String reference(String text) {
        return URLEncoder.encode(new String(text.getBytes(UTF_8), UTF_8), UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
