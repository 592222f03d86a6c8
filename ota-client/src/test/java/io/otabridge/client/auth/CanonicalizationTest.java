package io.otabridge.client.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalizationTest {

    /** A key and a text that RFC 2202 and RFC 4231 share. */
    private static final String KEY = "Jefe";

    private static final String TEXT = "what do ya want for nothing?";

    @Test
    void hashes_as_the_standards_do() {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

        assertThat(Canonicalization.sha256Hex("abc")).isEqualTo(abc);
        assertThat(Canonicalization.sha256Hex("abc".getBytes(US_ASCII))).isEqualTo(abc);
    }

    @Test
    void authenticates_as_the_standards_do() {
        String sha256 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

        assertThat(Canonicalization.hex(HmacKey.sha256(KEY).sign(TEXT))).isEqualTo(sha256);
        assertThat(Canonicalization.hex(HmacKey.sha1(KEY).sign(TEXT)))
                .isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    }

    @Test
    void signs_anew_with_the_same_key() {
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
    void encodes_all_but_unreserved_characters(String text, String encoded) {
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
    void sorts_a_query_by_name_and_encodes_it(String url, String canonical) {
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
    void names_the_port_of_a_host_unless_it_is_the_usual_one(String url, String host) {
        assertThat(Canonicalization.hostHeader(HttpUrl.get(url))).isEqualTo(host);
    }
}
