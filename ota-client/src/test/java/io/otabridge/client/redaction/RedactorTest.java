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
    void hides_learned_secrets() {
        Redactor redactor = Redactor.hiding(List.of("configured"));
        redactor.addSecrets(List.of("a+b/c=d1", "xy"));
        redactor.addSecrets(List.of("second-one"));

        assertThat(redactor.redact("configured, a%2Bb%2Fc%3Dd1, second-one, xy"))
                .isEqualTo("***, ***, ***, xy");
    }

    @Test
    void forgets_the_oldest_of_many_learned_secrets() {
        Redactor redactor = Redactor.hiding(List.of("configured"));
        for (int i = 100; i <= 116; i++) {
            redactor.addSecrets(List.of("token-" + i));
        }

        assertThat(redactor.redact("configured token-100 token-101 token-116")).isEqualTo("*** token-100 *** ***");
    }

    @Test
    void hides_the_secrets_of_a_request_until_it_ends() {
        Redactor redactor = Redactor.hiding(List.of("configured"));
        redactor.addSecrets(List.of("learned"));
        List<String> form = List.range(0, 40).map(i -> "field-" + i);
        String text = "configured learned field-1 field-39";

        redactor.hideDuring(List.of("field-1"), () -> {
            assertThat(redactor.<String>hideDuring(form, () -> redactor.redact(text)))
                    .isEqualTo("*** *** *** ***");
            assertThat(redactor.redact(text)).isEqualTo("*** *** *** field-39");
            return form;
        });
        assertThat(redactor.redact(text)).isEqualTo("*** *** field-1 field-39");
    }

    @Test
    void shows_no_part_of_a_learned_secret_that_is_cut() {
        Redactor redactor = Redactor.hiding(List.empty());
        redactor.addSecrets(List.of("+secret/of=today+"));

        assertThat(redactor.sanitize(" ".repeat(7_990) + "+secret/of=today+").toString())
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
    void hides_a_secret_in_all_forms_used_by_servers(String form) {
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
    void hides_signatures_and_tokens_anywhere_in_the_text(String text) {
        assertThat(Redactor.hiding(List.empty()).redact(text)).doesNotContain("hide");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 2_500, 7_000})
    void shows_no_part_of_a_secret_that_is_cut(int length) {
        String token = "T".repeat(length) + "END";
        Redactor redactor = Redactor.hiding(List.of(token));

        for (int before = 0; before < 8_200; before += 50) {
            assertThat(redactor.sanitize("x ".repeat(before / 2) + token).getOrElse(""))
                    .doesNotContain("TTTT");
        }
    }

    /** Servers that decode a plus sign as a blank split a token into words, some of which are short. */
    @Test
    void hides_a_long_token_whose_plus_signs_became_blanks() {
        String token = "CAIS" + "x".repeat(70) + "+ab+cde/f+" + "y".repeat(30) + "+END";
        Redactor redactor = Redactor.hiding(List.of(token));

        assertThat(redactor.redact("no: " + token.replace('+', ' ') + " is over"))
                .isEqualTo("no: *** is over");
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 41, 67, 150})
    void shows_no_part_of_the_last_of_many_repeated_secrets(int length) {
        String secret = "k3y-".repeat(50).substring(0, length);
        Redactor redactor = Redactor.hiding(List.of(secret));

        assertThat(redactor.sanitize(secret.repeat(1_000)).getOrElse("")).doesNotContain("k3y");
    }

    @Test
    void hides_consecutive_long_tokens() {
        String token = "CAIS" + "x".repeat(70) + "+ab+cde/f+" + "y".repeat(30) + "+END";
        Redactor redactor = Redactor.hiding(List.of(token));

        assertThat(redactor.redact(token + token.replace('+', ' '))).isEqualTo("***");
    }

    @Test
    void hides_a_token_of_many_kilobytes_and_its_prefix() {
        String token = "MIIFa+/=".repeat(2_000) + "END";
        Redactor redactor = Redactor.hiding(List.of(token));

        assertThat(redactor.redact("token " + token + " refused")).isEqualTo("token *** refused");
        assertThat(redactor.redact("token " + token.substring(0, 500) + " refused"))
                .isEqualTo("token *** refused");
        assertThat(redactor.redact("token " + token.replace("+", "%2B").replace("=", "&#x3D;") + " refused"))
                .isEqualTo("token *** refused");
        assertThat(redactor.sanitize("token " + token).getOrElse("")).isEqualTo("token ***");
    }

    @Test
    void hides_a_secret_that_starts_with_many_backslashes() {
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
    void long_repetitions_do_not_overflow_the_stack(String text) throws InterruptedException {
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
                        Redactor.hiding(List.of(secret)).sanitize(text.repeat(20_000));
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
    void hides_a_secret_that_looks_like_escapes() {
        assertThat(Redactor.hiding(List.of("\\u005c\\u005c")).redact("a \\u005c\\u005c b"))
                .isEqualTo("a *** b");
        assertThat(Redactor.hiding(List.of("pa\\ss")).redact("pa\\\\ss pa\\\\\\\\ss pa&bsol;ss pa%5Css"))
                .isEqualTo("*** *** *** ***");
    }

    @Test
    void hides_a_secret_with_a_percent_sign_before_digits() {
        assertThat(Redactor.hiding(List.of("%26a")).redact("a %2526a b %252526a"))
                .isEqualTo("a *** b ***");
        assertThat(Redactor.hiding(List.of("c%25d==")).redact("c%2525d%3d%3d")).isEqualTo("***");
    }

    @Test
    void hides_a_secret_that_contains_a_parameter_separator() {
        assertThat(Redactor.hiding(List.of("begin&rest-of-it")).redact("Signature=begin&rest-of-it"))
                .isEqualTo("Signature=***");
        assertThat(Redactor.hiding(List.of("begin?rest-of-it")).redact("https://h/begin?rest-of-it"))
                .isEqualTo("https://h/***");
    }

    @Test
    void hides_a_secret_whose_plus_sign_became_a_line_break() {
        assertThat(Redactor.hiding(List.of("begin+rest-of-it")).sanitize("a begin\nrest-of-it"))
                .contains("a ***");
    }

    @Test
    void hides_a_secret_in_utf_16() {
        assertThat(Redactor.hiding(List.of("secret")).sanitize("s\0e\0c\0r\0e\0t\0!"))
                .contains("***!");
    }

    @Test
    void shows_the_start_of_a_long_text_without_blanks() {
        assertThat(Redactor.hiding(List.of("a-secret-of-forty-characters")).sanitize("{\"x\":" + "1".repeat(9_000)))
                .allSatisfy(text -> assertThat(text).startsWith("{\"x\":111").hasSize(301))
                .isNotEmpty();
    }

    @Test
    void hides_a_signature_in_a_json_field() {
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
    void does_not_change_ordinary_sentences(String sentence) {
        assertThat(Redactor.hiding(List.of("LTAIsecret")).redact(sentence)).isEqualTo(sentence);
    }

    @Test
    void changes_only_the_link_in_a_chinese_sentence() {
        assertThat(Redactor.hiding(List.empty()).redact("请参考https://u:pw@help.aliyun.com/doc?id=1，然后检查产品"))
                .isEqualTo("请参考https://help.aliyun.com/doc?…，然后检查产品");
    }

    @Test
    void shows_one_line_without_terminal_control_characters() {
        assertThat(Redactor.hiding(List.empty()).sanitize("a\n\u001b[31mb\u009bc\u202ed\ud800e \u2028f"))
                .contains("a [31mb c d e f");
        assertThat(Redactor.hiding(List.empty()).sanitize(" \n ")).isEmpty();
    }

    @Test
    void shows_only_the_start_of_a_very_long_text() {
        String flood = "http://".repeat(1_000_000);

        assertThat(Redactor.hiding(List.of("secret")).sanitize(flood).getOrElse(""))
                .hasSizeLessThan(310);
    }

    @Test
    void hides_the_whole_of_overlapping_secrets() {
        assertThat(Redactor.hiding(List.of("abcd", "abcdefgh")).redact("abcdefgh"))
                .isEqualTo("***");
    }

    @Test
    void removes_the_query_of_every_link() {
        assertThat(Redactor.hiding(List.empty())
                        .redact("see https://h/a.bin?Expires=1&Signature=x and http://h/b?c or https://h/d"))
                .isEqualTo("see https://h/a.bin?… and http://h/b?… or https://h/d");
    }

    @Test
    void removes_the_query_of_a_link_with_escaped_slashes() {
        assertThat(Redactor.hiding(List.empty()).redact("\"https:\\/\\/h\\/a.bin?Signature=x\\u0026y=z\""))
                .isEqualTo("\"https:\\/\\/h\\/a.bin?…\"");
    }

    @Test
    void ignores_secrets_that_are_too_short() {
        assertThat(Redactor.hiding(List.of("", "a", "abc", "wxyz")).redact("a cab and abc, but no wxyz"))
                .isEqualTo("a cab and abc, but no ***");
    }

    /** Removing the query of a link shortens the text, so that the position where the text was cut may be shown. */
    @ParameterizedTest
    @ValueSource(strings = {"Zyxwvutsrqponmlkjihg", "Z+/=+/=+/=+/=+/=+/="})
    void shows_no_part_of_a_secret_that_is_cut_after_a_link(String secret) {
        Redactor redactor = Redactor.hiding(List.of(secret));
        String escaped = secret.replace("+", "&#x2b;").replace("/", "&#x2f;").replace("=", "&#x3d;");

        for (int shown = 1; shown < escaped.length(); shown++) {
            String link = "https://h/a?" + "q".repeat(8_000 - 13 - shown) + " ";
            assertThat(redactor.sanitize(link + escaped + " and more").getOrElse(""))
                    .startsWith("https://h/a?…")
                    .doesNotContain("Z");
        }
    }

    @Test
    void marks_only_text_that_is_cut() {
        Redactor redactor = Redactor.hiding(List.empty());

        assertThat(redactor.sanitize("n".repeat(300))).contains("n".repeat(300));
        assertThat(redactor.sanitize("n".repeat(301))).contains("n".repeat(300) + "…");
    }

    @Test
    void an_access_key_hides_its_values_in_to_string() {
        AccessKey key = new AccessKey("LTAI1234", Secret.of("hidden-secret"), Option.some(Secret.of("hidden-token")));

        assertThat(key.toString() + key.secret() + key.securityToken())
                .doesNotContain("LTAI1234", "hidden-secret", "hidden-token");
    }
}
