package io.otabridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.backend.Secret;
import io.vavr.collection.List;
import io.vavr.control.Option;
import org.junit.jupiter.api.Test;

class RedactorTest {

    @Test
    void hides_secrets_in_every_encoding() {
        Redactor redactor = Redactor.hiding(List.of("a+b/c=d"));

        assertThat(redactor.redact("plain a+b/c=d once a%2Bb%2Fc%3Dd twice a%252Bb%252Fc%253Dd"))
                .isEqualTo("plain *** once *** twice ***");
    }

    @Test
    void hides_the_longer_of_two_secrets_whole() {
        assertThat(Redactor.hiding(List.of("abcd", "abcdefgh")).redact("abcdefgh"))
                .isEqualTo("***");
    }

    @Test
    void cuts_the_query_off_every_link() {
        assertThat(Redactor.hiding(List.empty())
                        .redact("see https://h/a.bin?Expires=1&Signature=x and http://h/b?c or https://h/d"))
                .isEqualTo("see https://h/a.bin?… and http://h/b?… or https://h/d");
    }

    @Test
    void leaves_words_alone_that_are_too_short_to_be_secrets() {
        assertThat(Redactor.hiding(List.of("", "a", "abc")).redact("a cab and abc"))
                .isEqualTo("a cab and abc");
    }

    @Test
    void shows_no_key_when_one_is_printed() {
        AccessKey key = new AccessKey("LTAI1234", Secret.of("hidden-secret"), Option.some(Secret.of("hidden-token")));

        assertThat(key.toString() + key.secret() + key.securityToken())
                .doesNotContain("LTAI1234", "hidden-secret", "hidden-token");
    }
}
