package io.otabridge.client.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.auth.AccessKey;
import io.otabridge.domain.backend.Secret;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    @Test
    void hides_secrets_that_came_later_as_well() {
        Redactor redactor = Redactor.hiding(List.of("configured"));
        redactor.learn(List.of("a+b/c=d1", "xy"));
        redactor.learn(List.of("second-one"));

        assertThat(redactor.redact("configured, a%2Bb%2Fc%3Dd1, second-one, xy"))
                .isEqualTo("***, ***, ***, xy");
    }

    @Test
    void forgets_the_oldest_of_many_that_came_later() {
        Redactor redactor = Redactor.hiding(List.of("configured"));
        for (int i = 100; i <= 116; i++) {
            redactor.learn(List.of("token-" + i));
        }

        assertThat(redactor.redact("configured token-100 token-101 token-116")).isEqualTo("*** token-100 *** ***");
    }

    @Test
    void cuts_no_piece_of_a_secret_that_came_later() {
        Redactor redactor = Redactor.hiding(List.empty());
        redactor.learn(List.of("+secret/of=today+"));

        assertThat(redactor.shown(" ".repeat(7_990) + "+secret/of=today+").toString())
                .doesNotContain("+sec");
    }

    @Test
    void hides_secrets_in_every_encoding() {
        Redactor redactor = Redactor.hiding(List.of("a+b/c=d"));

        assertThat(redactor.redact("plain a+b/c=d once a%2Bb%2Fc%3Dd twice a%252Bb%252Fc%253Dd"))
                .isEqualTo("plain *** once *** twice ***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a+b/c=d1",
                "a%2Bb%2Fc%3Dd1",
                "a%2bb%2fc%3dd1",
                "a%252Bb%252Fc%253Dd1",
                "a%252bb%252fc%253dd1",
                "a+b\\/c=d1",
                "a\\u002bb\\u002fc\\u003dd1",
                "a+b/c\\u003dd1",
                "a\\u002Bb/c=d1",
                "a\\\\u002bb/c=d1",
                "a+b/c&#x3D;d1",
                "a+b/c%3Dd1",
                "a b/c=d1",
                "a&#43;b&#47;c&#61;d1",
                "a&#x2b;b&#x2f;c&#x3d;d1",
                "a&plus;b&sol;c&equals;d1",
                "a&amp;#43;b&amp;sol;c=d1",
                "a\\x2bb\\/c=d1",
                "%61%2b%62%2f%63%3d%64%31",
                "\\u0061+b\\u002Fc=d\\u0031",
                "&#97;&#x2B;&#0098;/c=d1",
                "a%25252bb/c=d1"
            })
    void hides_a_secret_in_the_forms_servers_repeat_it_in(String form) {
        assertThat(Redactor.hiding(List.of("a+b/c=d1")).redact("key " + form + " is wrong"))
                .isEqualTo("key *** is wrong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTPS://h/a.bin?Expires=1&Signature=hide",
                "b.oss.com/f?Expires=1&Signature=hide",
                "b.oss.com/f?x-oss-signature=hide&x=1",
                "https%3A%2F%2Fh%2Fa%3FSignature%3Dhide",
                "SecurityToken=hide and OSSAccessKeyId=hide",
                "x-acs-security-token=hide"
            })
    void hides_signatures_and_tokens_wherever_they_stand(String text) {
        assertThat(Redactor.hiding(List.empty()).redact(text)).doesNotContain("hide");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 2_500, 7_000})
    void shows_no_piece_of_a_secret_that_is_cut(int length) {
        String token = "T".repeat(length) + "END";
        Redactor redactor = Redactor.hiding(List.of(token));

        for (int before = 0; before < 8_200; before += 50) {
            assertThat(redactor.shown("x ".repeat(before / 2) + token).getOrElse(""))
                    .doesNotContain("TTTT");
        }
    }

    /** Servers that take a plus sign for a blank break a token into words, of which some are short. */
    @Test
    void hides_a_long_token_that_became_words() {
        String token = "CAIS" + "x".repeat(70) + "+ab+cde/f+" + "y".repeat(30) + "+END";
        Redactor redactor = Redactor.hiding(List.of(token));

        assertThat(redactor.redact("no: " + token.replace('+', ' ') + " is over"))
                .isEqualTo("no: *** is over");
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 41, 67, 150})
    void shows_no_piece_of_the_last_of_many_secrets(int length) {
        String secret = "k3y-".repeat(50).substring(0, length);
        Redactor redactor = Redactor.hiding(List.of(secret));

        assertThat(redactor.shown(secret.repeat(1_000)).getOrElse("")).doesNotContain("k3y");
    }

    @Test
    void hides_long_tokens_that_follow_each_other() {
        String token = "CAIS" + "x".repeat(70) + "+ab+cde/f+" + "y".repeat(30) + "+END";
        Redactor redactor = Redactor.hiding(List.of(token));

        assertThat(redactor.redact(token + token.replace('+', ' '))).isEqualTo("***");
    }

    @Test
    void hides_a_token_of_many_kilobytes_whole_or_in_part() {
        String token = "MIIFa+/=".repeat(2_000) + "END";
        Redactor redactor = Redactor.hiding(List.of(token));

        assertThat(redactor.redact("token " + token + " refused")).isEqualTo("token *** refused");
        assertThat(redactor.redact("token " + token.substring(0, 500) + " refused"))
                .isEqualTo("token *** refused");
        assertThat(redactor.redact("token " + token.replace("+", "%2B").replace("=", "&#x3D;") + " refused"))
                .isEqualTo("token *** refused");
        assertThat(redactor.shown("token " + token).getOrElse("")).isEqualTo("token ***");
    }

    @Test
    void searches_a_flood_of_backslashes_once() {
        Redactor redactor = Redactor.hiding(List.of("\\".repeat(40) + "end"));

        assertThat(redactor.redact("\\".repeat(70) + " not the")).isEqualTo("\\".repeat(70) + " not the");
        assertThat(redactor.redact("x" + "\\".repeat(80) + "end")).isEqualTo("x***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\",
                "\\\\u005c",
                "\\u005c",
                "%5c",
                "%255c",
                "&#92;",
                "&#0000092;",
                "&bsol;",
                "%",
                "%25",
                "&#",
                "&amp;",
                "+",
                " ",
                "signature=%2",
                "https://a@",
                "a"
            })
    void needs_no_stack_for_a_flood(String text) throws InterruptedException {
        java.util.List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread thread = new Thread(
                null,
                () -> {
                    for (String secret : new String[] {
                        "\\abc\\def",
                        "\\\\\\\\\\\\",
                        "\\u005c\\u005c",
                        "%%%%%%%%",
                        "&#&#&#&#",
                        "\\+\\+",
                        "++++",
                        "a".repeat(80)
                    }) {
                        Redactor.hiding(List.of(secret)).redact(text.repeat(20_000));
                        Redactor.hiding(List.of(secret)).shown(text.repeat(20_000));
                    }
                },
                "small-stack",
                1 << 17);
        thread.setUncaughtExceptionHandler((same, problem) -> thrown.add(problem));
        thread.start();
        thread.join();

        assertThat(thrown).isEmpty();
    }

    @Test
    void hides_a_secret_of_backslashes_and_what_looks_like_an_escape() {
        assertThat(Redactor.hiding(List.of("\\u005c\\u005c")).redact("a \\u005c\\u005c b"))
                .isEqualTo("a *** b");
        assertThat(Redactor.hiding(List.of("pa\\ss")).redact("pa\\\\ss pa\\\\\\\\ss pa&bsol;ss pa%5Css"))
                .isEqualTo("*** *** *** ***");
    }

    @Test
    void hides_a_secret_whose_percent_sign_comes_before_digits() {
        assertThat(Redactor.hiding(List.of("%26a")).redact("a %2526a b %252526a"))
                .isEqualTo("a *** b ***");
        assertThat(Redactor.hiding(List.of("c%25d==")).redact("c%2525d%3d%3d")).isEqualTo("***");
    }

    @Test
    void hides_the_rest_of_a_secret_that_a_parameter_cuts() {
        assertThat(Redactor.hiding(List.of("begin&rest-of-it")).redact("Signature=begin&rest-of-it"))
                .isEqualTo("Signature=***");
        assertThat(Redactor.hiding(List.of("begin?rest-of-it")).redact("https://h/begin?rest-of-it"))
                .isEqualTo("https://h/***");
    }

    @Test
    void hides_a_secret_whose_plus_sign_became_a_line_break() {
        assertThat(Redactor.hiding(List.of("begin+rest-of-it")).shown("a begin\nrest-of-it"))
                .contains("a ***");
    }

    @Test
    void hides_a_secret_in_two_byte_characters() {
        assertThat(Redactor.hiding(List.of("secret")).shown("s\0e\0c\0r\0e\0t\0!"))
                .contains("***!");
    }

    @Test
    void shows_the_beginning_of_a_long_text_without_blanks() {
        assertThat(Redactor.hiding(List.of("a-secret-of-forty-characters")).shown("{\"x\":" + "1".repeat(9_000)))
                .allSatisfy(text -> assertThat(text).startsWith("{\"x\":111").hasSize(301))
                .isNotEmpty();
    }

    @Test
    void hides_a_signature_that_is_a_member() {
        assertThat(Redactor.hiding(List.empty()).redact("{\"Signature\":\"farzC8VMN4HYdEtXvdiC2OevH\"}"))
                .isEqualTo("{\"Signature\":\"***\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Specified signature is not matched with our calculation.",
                "Invalid signature: check the key",
                "The version V1.0.0-beta_2 does not exist",
                "Is it there? Perhaps."
            })
    void leaves_ordinary_sentences_alone(String sentence) {
        assertThat(Redactor.hiding(List.of("LTAIsecret")).redact(sentence)).isEqualTo(sentence);
    }

    @Test
    void cuts_nothing_but_the_link_out_of_a_chinese_sentence() {
        assertThat(Redactor.hiding(List.empty()).redact("请参考https://u:pw@help.aliyun.com/doc?id=1，然后检查产品"))
                .isEqualTo("请参考https://help.aliyun.com/doc?…，然后检查产品");
    }

    @Test
    void shows_one_line_that_a_terminal_obeys_nothing_of() {
        assertThat(Redactor.hiding(List.empty()).shown("a\n\u001b[31mb\u009bc\u202ed\ud800e \u2028f"))
                .contains("a [31mb c d e f");
        assertThat(Redactor.hiding(List.empty()).shown(" \n ")).isEmpty();
    }

    @Test
    void reads_no_more_of_a_flood_than_it_shows() {
        String flood = "http://".repeat(1_000_000);

        assertThat(Redactor.hiding(List.of("secret")).shown(flood).getOrElse(""))
                .hasSizeLessThan(310);
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
    void cuts_the_query_off_a_link_whose_slashes_are_escaped() {
        assertThat(Redactor.hiding(List.empty()).redact("\"https:\\/\\/h\\/a.bin?Signature=x\\u0026y=z\""))
                .isEqualTo("\"https:\\/\\/h\\/a.bin?…\"");
    }

    @Test
    void leaves_words_alone_that_are_too_short_to_be_secrets() {
        assertThat(Redactor.hiding(List.of("", "a", "abc", "wxyz")).redact("a cab and abc, but no wxyz"))
                .isEqualTo("a cab and abc, but no ***");
    }

    /** What is cut off a link makes room for the place where the text itself was cut. */
    @ParameterizedTest
    @ValueSource(strings = {"Zyxwvutsrqponmlkjihg", "Z+/=+/=+/=+/=+/=+/="})
    void shows_no_piece_of_a_secret_that_is_cut_after_a_link(String secret) {
        Redactor redactor = Redactor.hiding(List.of(secret));
        String escaped = secret.replace("+", "&#x2b;").replace("/", "&#x2f;").replace("=", "&#x3d;");

        for (int shown = 1; shown < escaped.length(); shown++) {
            String link = "https://h/a?" + "q".repeat(8_000 - 13 - shown) + " ";
            assertThat(redactor.shown(link + escaped + " and more").getOrElse(""))
                    .startsWith("https://h/a?…")
                    .doesNotContain("Z");
        }
    }

    @Test
    void marks_a_text_only_if_it_is_cut() {
        Redactor redactor = Redactor.hiding(List.empty());

        assertThat(redactor.shown("n".repeat(300))).contains("n".repeat(300));
        assertThat(redactor.shown("n".repeat(301))).contains("n".repeat(300) + "…");
    }

    @Test
    void shows_no_key_when_one_is_printed() {
        AccessKey key = new AccessKey("LTAI1234", Secret.of("hidden-secret"), Option.some(Secret.of("hidden-token")));

        assertThat(key.toString() + key.secret() + key.securityToken())
                .doesNotContain("LTAI1234", "hidden-secret", "hidden-token");
    }
}
