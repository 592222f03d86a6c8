package io.otabridge.client.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalizationTest {

    /** The key and text of a test vector in RFC 2202 and RFC 4231. */
    private static final String KEY = "Jefe";

    private static final String TEXT = "what do ya want for nothing?";

    @Test
    void computes_sha_256_as_specified() {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

        assertThat(Canonicalization.sha256Hex("abc")).isEqualTo(abc);
        assertThat(Canonicalization.sha256Hex("abc".getBytes(US_ASCII))).isEqualTo(abc);
    }

    @Test
    void computes_hmac_as_specified() {
        String sha256 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

        assertThat(Canonicalization.hex(HmacKey.sha256(KEY).sign(TEXT))).isEqualTo(sha256);
        assertThat(Canonicalization.hex(HmacKey.sha1(KEY).sign(TEXT)))
                .isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    }

    @Test
    void a_key_can_be_used_repeatedly() {
        HmacKey key = HmacKey.sha256(KEY.getBytes(US_ASCII));
        byte[] first = key.sign(TEXT);
        key.sign("another");

        assertThat(key.sign(TEXT)).isEqualTo(first);
        assertThat(key).hasToString("HmacSHA256");
    }

    @ParameterizedTest
    @CsvSource({
        "azAZ09-_.~, azAZ09-_.~",
        "'a b', a%20b",
        "a+b*c/d, a%2Bb%2Ac%2Fd",
        "'=&?#%', %3D%26%3F%23%25",
        "模, %E6%A8%A1",
        "é\u007f, %C3%A9%7F",
        "'', ''"
    })
    void percent_encodes_all_but_unreserved_characters(String text, String encoded) {
        assertThat(Canonicalization.percentEncode(text)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/p, ''",
        "https://h/p?b=2&a=1, a=1&b=2",
        "https://h/p?a=2&a=1, a=2&a=1",
        "https://h/p?a&b=, a=&b=",
        "https://h/p?k=a%2Bb%20c, k=a%2Bb%20c",
        "https://h/p?B=1&a=1&A=1, A=1&B=1&a=1"
    })
    void canonicalizes_the_query(String url, String canonical) {
        assertThat(Canonicalization.canonicalQuery(HttpUrl.get(url))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "https://h.example/, h.example",
        "https://h.example:443/, h.example",
        "http://h.example:80/, h.example",
        "http://h.example:443/, h.example:443",
        "https://h.example:8686/, h.example:8686",
        "https://[::1]/, [::1]",
        "https://[::1]:8686/, [::1]:8686"
    })
    void the_host_header_omits_the_default_port(String url, String host) {
        assertThat(Canonicalization.hostHeader(HttpUrl.get(url))).isEqualTo(host);
    }
}
