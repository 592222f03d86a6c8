package io.otabridge.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes inputs of others by a few small harms each. Inside, a byte is a character of the same number. For one thread. */
final class Mutator {

    static final int LONGEST = 16 * 1024;
    private static final int MOST_HARMS = 6;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
    private static final Pattern VALUE = Pattern.compile("\"[^\"]*\"|>[^<]*<|(?<=[:=] ?)[^\\s,}&]+");
    private static final Pattern BRACKET = Pattern.compile("[\\[{(<]|<[A-Za-z]+>");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1",
            "00",
            "255",
            "65536",
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "1e400",
            "1e-400",
            "0.1",
            "1E5",
            "1" + "0".repeat(400),
            "NaN",
            "0x10",
            "٣");

    /** Texts that readers have stumbled over, and bytes that are no text. */
    private static final List<String> ODDITIES = Stream.concat(
                    Stream.of(
                                    "",
                                    " ",
                                    "\0",
                                    "\n",
                                    "\r\n",
                                    "\t",
                                    "\u0085",
                                    "\u2028",
                                    "\u200b",
                                    "\u202e",
                                    "\ufeff",
                                    "\ufffe",
                                    "é",
                                    "e\u0301",
                                    "固件",
                                    "😀",
                                    "\uD83D\uDC68\u200D\uD83D\uDC69",
                                    "İ",
                                    "ß",
                                    "ﬃ",
                                    "null",
                                    "true",
                                    "[]",
                                    "{}",
                                    "\"\"",
                                    "\\",
                                    "\\\\",
                                    "\\u0000",
                                    "\\ud800",
                                    "\\u0022",
                                    "%",
                                    "%00",
                                    "%zz",
                                    "%2525",
                                    "+",
                                    "*",
                                    "~",
                                    "'",
                                    "\"",
                                    "`",
                                    "${X}",
                                    "$${",
                                    "#",
                                    "?",
                                    "&",
                                    "&amp;",
                                    "&#0;",
                                    "&#x110000;",
                                    "&x;",
                                    "<",
                                    "</",
                                    "<!--",
                                    "<![CDATA[",
                                    "]]>",
                                    "<?xml",
                                    "<!DOCTYPE x [<!ENTITY x \"y\">]>",
                                    "/",
                                    "//",
                                    "../",
                                    ":",
                                    "::",
                                    "://",
                                    "@",
                                    "http://",
                                    "https:\\/\\/",
                                    "-",
                                    "--",
                                    "---",
                                    "...",
                                    ".",
                                    ";",
                                    ",",
                                    "=",
                                    "|",
                                    "!!java.lang.Object",
                                    "&anchor",
                                    "*anchor",
                                    "1970-01-01T00:00:00Z",
                                    "+999999999-12-31T23:59:59-18:00")
                            .map(text -> new String(text.getBytes(UTF_8), ISO_8859_1)),
                    Stream.of(
                            "\u00ed\u00a0\u0080",
                            "\u00c0\u0080",
                            "\u00ff",
                            "\u00fe\u00ff",
                            "\u00ef\u00bb\u00bf",
                            "\u0080",
                            "\u00f4\u0090\u0080\u0080"))
            .toList();

    private static final List<Charset> OTHER_CHARSETS = Stream.of("UTF-16", "UTF-16LE", "UTF-32BE", "UTF-32LE", "GBK")
            .map(Charset::forName)
            .toList();

    private final List<String> seeds;
    private final List<String> words;
    private final Random random;

    Mutator(List<byte[]> seeds, List<String> words, Random random) {
        this.seeds = seeds.stream().map(seed -> new String(seed, ISO_8859_1)).toList();
        this.words = words.stream()
                .map(word -> new String(word.getBytes(UTF_8), ISO_8859_1))
                .toList();
        this.random = random;
    }

    byte[] next() {
        String input = oneOf(seeds);
        for (int harms = 1 + random.nextInt(MOST_HARMS); harms > 0; harms--) {
            input = harmed(input);
        }
        byte[] bytes = input.getBytes(ISO_8859_1);
        return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
    }

    private String harmed(String in) {
        int from = random.nextInt(in.length() + 1);
        int to = from + random.nextInt(Math.min(in.length() - from, 64) + 1);
        return switch (random.nextInt(14)) {
            case 0 -> replaced(in, from, to, String.valueOf((char) random.nextInt(256)));
            case 1 -> flipped(in, from);
            case 2 -> replaced(in, from, to, "");
            case 3 -> replaced(in, from, to, repeated(in.substring(from, to)));
            case 4 -> replaced(in, from, from, words.isEmpty() ? oneOf(ODDITIES) : oneOf(words));
            case 5 -> replaced(in, from, to, oneOf(ODDITIES));
            case 6 -> replaced(in, from, from, oneOf(ODDITIES));
            case 7 -> somewhere(NUMBER, in, oneOf(NUMBERS));
            case 8 -> somewhere(VALUE, in, "\"" + oneOf(ODDITIES) + "\"");
            case 9 -> somewhere(VALUE, in, oneOf(NUMBERS));
            case 10 -> nested(in);
            case 11 -> in.substring(0, from);
            case 12 -> in.substring(0, from) + tail(oneOf(seeds));
            default -> random.nextInt(8) > 0 ? oneOf(seeds) : recoded(in);
        };
    }

    private String flipped(String in, int at) {
        return at == in.length()
                ? in
                : replaced(in, at, at + 1, String.valueOf((char) (in.charAt(at) ^ 1 << random.nextInt(8))));
    }

    private String tail(String in) {
        return in.substring(random.nextInt(in.length() + 1));
    }

    /** Mostly a few times; seldom as often as it goes. */
    private String repeated(String piece) {
        int times = random.nextInt(16) > 0 ? 2 + random.nextInt(8) : 10_000;
        return piece.repeat(Math.min(times, LONGEST / Math.max(1, piece.length())));
    }

    private String nested(String in) {
        List<MatchResult> found = BRACKET.matcher(in).results().toList();
        if (found.isEmpty()) {
            return in;
        }
        MatchResult bracket = oneOf(found);
        return replaced(in, bracket.start(), bracket.start(), repeated(bracket.group()));
    }

    private String somewhere(Pattern pattern, String in, String other) {
        List<MatchResult> found = pattern.matcher(in).results().toList();
        if (found.isEmpty()) {
            return in;
        }
        MatchResult place = oneOf(found);
        return replaced(in, place.start(), place.end(), new String(other.getBytes(UTF_8), ISO_8859_1));
    }

    private String recoded(String in) {
        String text = new String(in.getBytes(ISO_8859_1), UTF_8);
        return new String(text.getBytes(oneOf(OTHER_CHARSETS)), ISO_8859_1);
    }

    private static String replaced(String in, int from, int to, String other) {
        return in.substring(0, from) + other + in.substring(to);
    }

    private <T> T oneOf(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
