package io.otabridge.client.redaction;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The forms of one character in responses: plain, percent-encoded up to three times, escaped as in JSON or JavaScript, or as an HTML
 * entity.
 */
final class EscapedForms {

    /** The maximum length of a form: an entity that is escaped twice. */
    static final int MAX_LENGTH = 24;

    private static final int MAX_LEADING_ZEROS = 8;
    private static final int MAX_REPETITIONS = 2;
    private static final int HEX = 16;

    /** Represents all invisible characters. */
    private static final char SOFT_HYPHEN = '\u00ad';

    private static final Map<Character, String[]> ENTITIES = Map.ofEntries(
            entity('!', "excl"),
            entity('"', "quot", "QUOT"),
            entity('#', "num"),
            entity('$', "dollar"),
            entity('%', "percnt"),
            entity('&', "amp", "AMP"),
            entity('\'', "apos"),
            entity('(', "lpar"),
            entity(')', "rpar"),
            entity('*', "ast", "midast"),
            entity('+', "plus"),
            entity(',', "comma"),
            entity('-', "hyphen", "dash"),
            entity('.', "period"),
            entity('/', "sol"),
            entity(':', "colon"),
            entity(';', "semi"),
            entity('<', "lt", "LT"),
            entity('=', "equals"),
            entity('>', "gt", "GT"),
            entity('?', "quest"),
            entity('@', "commat"),
            entity('[', "lsqb", "lbrack"),
            entity('\\', "bsol"),
            entity(']', "rsqb", "rbrack"),
            entity('^', "Hat"),
            entity('_', "lowbar", "UnderBar"),
            entity('`', "grave", "DiacriticalGrave"),
            entity('{', "lcub", "lbrace"),
            entity('|', "vert", "verbar", "VerticalLine"),
            entity('}', "rcub", "rbrace"));

    /** The characters by entity name. */
    static final Map<String, Character> NAMED = named();

    private EscapedForms() {}

    private static Map<String, Character> named() {
        Map<String, Character> named = new HashMap<>(Map.of(
                "nbsp", ' ', "Tab", ' ', "NewLine", ' ', "shy", SOFT_HYPHEN, "zwj", SOFT_HYPHEN, "zwnj", SOFT_HYPHEN));
        named.put("ZeroWidthSpace", SOFT_HYPHEN);
        ENTITIES.forEach((c, names) -> {
            for (String name : names) {
                named.put(name, c);
            }
        });
        return Map.copyOf(named);
    }

    private static Map.Entry<Character, String[]> entity(char c, String... names) {
        return Map.entry(c, names);
    }

    /** Reports the end of each form of the character that starts at this index. */
    static void ends(CharSequence text, int at, char wanted, IntConsumer end) {
        if (at >= text.length()) {
            return;
        }
        char first = text.charAt(at);
        if (first == wanted || (wanted == '+' && first == ' ')) {
            end.accept(at + 1);
        }
        switch (first) {
            case '\\' -> backslash(text, at, wanted, end);
            case '%' -> percent(text, at, wanted, end);
            case '&' -> entity(text, at, wanted, end);
            default -> {
                // No other character starts a form.
            }
        }
    }

    private static void backslash(CharSequence text, int at, char wanted, IntConsumer end) {
        if (is(text, at + 1, wanted) && !Character.isLetterOrDigit(wanted)) {
            end.accept(at + 2);
        }
        int letter = is(text, at + 1, '\\') ? at + 2 : at + 1;
        if (is(text, letter, 'u') && hex(text, letter + 1, 4) == wanted) {
            end.accept(letter + 5);
        }
        if (is(text, letter, 'x') && hex(text, letter + 1, 2) == wanted) {
            end.accept(letter + 3);
        }
    }

    private static void percent(CharSequence text, int at, char wanted, IntConsumer end) {
        if (wanted >= 0x80) {
            encoded(text, at, wanted, end);
            return;
        }
        // A percent sign is encoded as %25 and then as %2525. The digits that follow may also start with 25.
        int digits = at + 1;
        for (int i = 0; i <= MAX_REPETITIONS; i++) {
            if (hex(text, digits, 2) == wanted) {
                end.accept(digits + 2);
            }
            if (!is(text, digits, '2') || !is(text, digits + 1, '5')) {
                return;
            }
            digits += 2;
        }
    }

    private static void encoded(CharSequence text, int at, char wanted, IntConsumer end) {
        int next = at;
        for (byte part : String.valueOf(wanted).getBytes(StandardCharsets.UTF_8)) {
            if (!is(text, next, '%')) {
                return;
            }
            next++;
            for (int i = 0; i < MAX_REPETITIONS && is(text, next, '2') && is(text, next + 1, '5'); i++) {
                next += 2;
            }
            if (hex(text, next, 2) != (part & 0xff)) {
                return;
            }
            next += 2;
        }
        end.accept(next);
    }

    private static void entity(CharSequence text, int at, char wanted, IntConsumer end) {
        int name = at + 1;
        reference(text, name, wanted, end);
        for (int i = 0; i < MAX_REPETITIONS && startsWith(text, name, "amp;"); i++) {
            name += "amp;".length();
            reference(text, name, wanted, end);
        }
    }

    private static void reference(CharSequence text, int name, char wanted, IntConsumer end) {
        if (is(text, name, '#')) {
            boolean isHex = is(text, name + 1, 'x') || is(text, name + 1, 'X');
            int digits = name + (isHex ? 2 : 1);
            for (int i = 0; i < MAX_LEADING_ZEROS && is(text, digits, '0'); i++) {
                digits++;
            }
            String number = isHex ? Integer.toHexString(wanted) : String.valueOf((int) wanted);
            int after = digits + number.length();
            if (startsWith(text, digits, number) && is(text, after, ';')) {
                end.accept(after + 1);
            }
            return;
        }
        for (String known : ENTITIES.getOrDefault(wanted, new String[0])) {
            int after = name + known.length();
            if (startsWith(text, name, known) && is(text, after, ';')) {
                end.accept(after + 1);
            }
        }
    }

    private static boolean is(CharSequence text, int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    /** Matches hexadecimal digits in both cases. */
    private static boolean startsWith(CharSequence text, int at, String wanted) {
        for (int i = 0; i < wanted.length(); i++) {
            char c = wanted.charAt(i);
            boolean isHex = c >= 'a' && c <= 'f' && wanted.length() <= 4 && is(text, at + i, Character.toUpperCase(c));
            if (!isHex && !is(text, at + i, c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(CharSequence text, int at) {
        return at < text.length() && Character.digit(text.charAt(at), HEX) >= 0;
    }

    /** The value of hexadecimal digits; negative if there are not enough. */
    private static int hex(CharSequence text, int at, int digits) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            if (!isHex(text, i)) {
                return -1;
            }
            number = HEX * number + Character.digit(text.charAt(i), HEX);
        }
        return number;
    }
}
