package io.otabridge.client.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inserts a secret into a text, with each of its characters in one of the forms used by servers. No part of it may be shown, and the
 * number of accesses to each character of the text is bounded. An input consists of the number of the secret, the forms, a bar, and a
 * text with {@code @} in place of the secret.
 */
class RedactorFuzzTest {

    private static final List<String> SECRETS = List.of(
            "SkExampleSecret0123456789abcdefABCDEF/+=",
            "LTAI5tExampleKeyId",
            "MIIFa+/=".repeat(300) + "END",
            "CAIS+zz/q=".repeat(12) + "END",
            "p\\w0rd\\\\with\\slashes",
            "\\".repeat(40) + "end",
            "a%26b&amp;c%25d=signature",
            "what?is=this#secret&more",
            "$1\\E.*(x)[^y]{z}|Q",
            "++++====////++++",
            "https://key@h/secret?part");

    private static final List<IntFunction<String>> FORMS = List.of(
            c -> String.valueOf((char) c),
            c -> String.format("%%%02X", c),
            c -> String.format("%%%02x", c),
            c -> String.format("%%25%02X", c),
            c -> String.format("%%2525%02x", c),
            c -> "\\" + (char) c,
            c -> String.format("\\u%04x", c),
            c -> String.format("\\\\u%04X", c),
            c -> "&#" + c + ";",
            c -> String.format("&#x%X;", c),
            c -> c == '+' ? " " : String.valueOf((char) c));

    /** The length from which a part of a secret in the output is not a coincidence. */
    private static final int PART_LENGTH = 8;

    /** The maximum average number of accesses to each character. A quadratic algorithm exceeds it. */
    private static final long MAX_ACCESSES = 400;

    static List<byte[]> seeds() {
        return Stream.of(
                        "0|key @ is wrong",
                        "0|key \\ud800@\u202e\u0000 is wrong",
                        "/\031xa|(@",
                        "00123456789|{\"Message\":\"Signature @ is not valid\",\"SecurityToken\":\"@\"}",
                        "01|https://h/ota/1.bin?Expires=1&Signature=@&x=1",
                        "0|https:\\/\\/user:@\\/h/f",
                        "23|server string to sign is:GET&%2F&AccessKeyId%3D@%26SecurityToken%3D@%26Action",
                        "38|<Error><Message>credential=@</Message></Error>",
                        "4566666|" + "x ".repeat(4_000) + "@",
                        "5:|" + "\\".repeat(70) + "@",
                        "60|signature=@%26accesskeyid=@",
                        "7|http://http://@?@",
                        "8|x-acs-security-token: @, @",
                        "9|" + "http://".repeat(1_200) + "@",
                        ":|" + "signature=".repeat(800) + "@",
                        "0|" + "<Signature".repeat(800) + "@",
                        "0|" + "<Signature>".repeat(800) + "@",
                        "0|" + "\"token\":\"".repeat(800) + "@",
                        "0|" + "token: a ".repeat(800) + "@",
                        "0|" + "//a:b".repeat(1_600) + "@",
                        "0|https://h/?" + "\u00e9?".repeat(4_000) + "@",
                        "0|" + "?a".repeat(4_000) + "@",
                        "0|" + "&amp;".repeat(1_600) + "@",
                        "0|" + "%25".repeat(2_600) + "@")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void the_secret_is_hidden_in_any_text(byte[] input) {
        // UTF-8 has no lone surrogates.
        String text = new String(input, StandardCharsets.UTF_8).replace("\\ud800", "\ud800");
        int bar = text.indexOf('|');
        if (bar < 1) {
            return;
        }
        String secret = SECRETS.get(text.charAt(0) % SECRETS.size());
        String planted = encode(secret, text.substring(0, bar));
        String around = text.substring(bar + 1).replace("\0", "");
        Redactor redactor = Redactor.hiding(io.vavr.collection.List.of(secret));
        String whole = around.replace("@", planted);

        Redactor.expressions().forEach(expression -> search(expression, whole));
        redactor.secrets().forEach(matcher -> matcher.hide(new AccessLimitedText(whole), new HiddenRanges()));
        for (DecodedText level : DecodedText.levels(new AccessLimitedText(whole))) {
            new SensitiveTextScanner(new AccessLimitedText(level), level, new HiddenRanges()).scan();
        }
        assertHidden(planted, around, redactor.redact(whole));
        Option<String> shown = redactor.sanitize(whole);
        shown.forEach(line -> {
            assertThat(line)
                    .hasSizeLessThanOrEqualTo(301)
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
            assertHidden(planted, around, line);
        });
    }

    private static String encode(String secret, String forms) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            boolean isPlain = Character.isLetterOrDigit(c);
            encoded.append(
                    isPlain
                            ? String.valueOf(c)
                            : FORMS.get(forms.charAt(i % forms.length()) % FORMS.size())
                                    .apply(c));
        }
        return encoded.toString();
    }

    private static void assertHidden(String planted, String around, String shown) {
        for (int at = 0; at + PART_LENGTH <= planted.length(); at += PART_LENGTH / 2) {
            String part = planted.substring(at, at + PART_LENGTH);
            if (shown.contains(part) && !around.contains(part)) {
                throw new AssertionError("shows \"" + part + "\" of \"" + planted + "\" in \"" + shown + "\"");
            }
        }
    }

    private static void search(Pattern expression, String text) {
        Matcher matcher = expression.matcher(new AccessLimitedText(text));
        while (matcher.find()) {
            // Finds all matches, as a replacement does.
        }
    }

    /** A text that limits the number of accesses to its characters. */
    private static final class AccessLimitedText implements CharSequence {

        private final CharSequence text;
        private long accessesLeft;

        AccessLimitedText(CharSequence text) {
            this.text = text;
            this.accessesLeft = MAX_ACCESSES * (text.length() + 100);
        }

        @Override
        public char charAt(int index) {
            if (accessesLeft-- == 0) {
                throw new AssertionError(
                        "accesses each of " + text.length() + " characters " + MAX_ACCESSES + " times");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
