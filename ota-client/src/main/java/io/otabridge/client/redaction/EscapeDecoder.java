package io.otabridge.client.redaction;

import java.util.Map;

/**
 * Decodes one escaped character: percent-encoded UTF-8, a JSON or JavaScript escape, or an HTML character reference. An escape that
 * is escaped repeatedly in the same way, such as {@code %253D}, counts as one. Also decodes overlong UTF-8 and references without a
 * semicolon, because some parsers accept them.
 */
final class EscapeDecoder {

    /** The result if there is no escape. */
    static final long NONE = -1;

    private static final int HEX = 16;
    private static final int OCTAL = 8;
    private static final int DECIMAL = 10;
    private static final int BYTE_DIGITS = 2;
    private static final int UNIT_DIGITS = 4;
    private static final int POINT_DIGITS = 8;
    private static final int OCTAL_DIGITS = 3;
    private static final int MAX_NAME_LENGTH = 24;
    private static final String REPEATED_PERCENT = "25";
    private static final String REPEATED_REFERENCE = "amp;";
    private static final String WHITE_SPACE_LETTERS = "nrtbfv";

    /** Entities that are valid without a semicolon. */
    private static final Map<String, Character> LEGACY =
            Map.of("amp", '&', "AMP", '&', "lt", '<', "LT", '<', "gt", '>', "GT", '>', "quot", '"', "QUOT", '"');

    private EscapeDecoder() {}

    /**
     * Decodes the escape at an index.
     *
     * @return the code point in the low 32 bits and the index after the escape in the high 32 bits; {@link #NONE} if there is no
     *     escape
     */
    static long read(CharSequence text, int at) {
        return switch (text.charAt(at)) {
            case '%' -> percent(text, at);
            case '\\' -> backslash(text, at);
            case '&' -> reference(text, at);
            default -> NONE;
        };
    }

    static int codePoint(long escape) {
        return (int) escape;
    }

    static int next(long escape) {
        return (int) (escape >> Integer.SIZE);
    }

    private static long escape(int codePoint, int next) {
        return Character.isValidCodePoint(codePoint) ? ((long) next << Integer.SIZE) | codePoint : NONE;
    }

    private static long percent(CharSequence text, int at) {
        long first = octet(text, at);
        if (first == NONE || codePoint(first) < 0xC0) {
            return first;
        }
        int lead = codePoint(first);
        int following = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        int point = lead & (0x3F >> following);
        int next = next(first);
        for (int i = 0; i < following; i++) {
            long octet = next < text.length() ? octet(text, next) : NONE;
            if (octet == NONE || (codePoint(octet) & 0xC0) != 0x80) {
                return first;
            }
            point = (point << 6) | (codePoint(octet) & 0x3F);
            next = next(octet);
        }
        long whole = escape(point, next);
        return whole == NONE ? first : whole;
    }

    private static long octet(CharSequence text, int at) {
        if (text.charAt(at) != '%') {
            return NONE;
        }
        int digits = at + 1;
        while (startsWith(text, digits, REPEATED_PERCENT)
                && number(text, digits + REPEATED_PERCENT.length(), BYTE_DIGITS, HEX) != NONE) {
            digits += REPEATED_PERCENT.length();
        }
        return number(text, digits, BYTE_DIGITS, HEX);
    }

    /** Repeated escaping doubles backslashes, so a run of them counts as one. */
    private static long backslash(CharSequence text, int at) {
        int letter = at + 1;
        while (letter < text.length() && text.charAt(letter) == '\\') {
            letter++;
        }
        if (letter == text.length()) {
            return letter > at + 1 ? escape('\\', letter) : NONE;
        }
        char c = text.charAt(letter);
        long escape = NONE;
        if ((c == 'u' || c == 'x') && letter + 1 < text.length() && text.charAt(letter + 1) == '{') {
            escape = braced(text, letter + 2);
        } else if (c == 'u') {
            escape = number(text, letter + 1, UNIT_DIGITS, HEX);
        } else if (c == 'U') {
            escape = number(text, letter + 1, POINT_DIGITS, HEX);
        } else if (c == 'x') {
            escape = number(text, letter + 1, BYTE_DIGITS, HEX);
        } else if (c >= '0' && c <= '3') {
            escape = number(text, letter, OCTAL_DIGITS, OCTAL);
        } else if (WHITE_SPACE_LETTERS.indexOf(c) >= 0) {
            escape = escape(' ', letter + 1);
        } else if (!Character.isLetterOrDigit(c) && !Character.isSurrogate(c)) {
            escape = escape(c, letter + 1);
        }
        return escape == NONE && letter > at + 1 ? escape('\\', letter) : escape;
    }

    private static long braced(CharSequence text, int digits) {
        long number = anyNumber(text, digits, HEX);
        return number != NONE && next(number) < text.length() && text.charAt(next(number)) == '}'
                ? escape(codePoint(number), next(number) + 1)
                : NONE;
    }

    private static long reference(CharSequence text, int at) {
        int name = at + 1;
        while (startsWith(text, name, REPEATED_REFERENCE)) {
            name += REPEATED_REFERENCE.length();
        }
        long single = name < text.length() && text.charAt(name) == '#' ? numeric(text, name + 1) : named(text, name);
        return single == NONE && name > at + 1 ? escape('&', name) : single;
    }

    private static long numeric(CharSequence text, int digits) {
        boolean isHex = digits < text.length() && (text.charAt(digits) | 0x20) == 'x';
        long number = isHex ? anyNumber(text, digits + 1, HEX) : anyNumber(text, digits, DECIMAL);
        return number == NONE ? NONE : escape(codePoint(number), afterSemicolon(text, next(number)));
    }

    private static long named(CharSequence text, int name) {
        int end = name;
        while (end < text.length() && end < name + MAX_NAME_LENGTH && Character.isLetter(text.charAt(end))) {
            end++;
        }
        String entity = text.subSequence(name, end).toString();
        boolean isWhole = afterSemicolon(text, end) > end;
        Character known = isWhole ? EscapedForms.NAMED.get(entity) : LEGACY.get(entity);
        return known == null ? NONE : escape(known, afterSemicolon(text, end));
    }

    private static int afterSemicolon(CharSequence text, int at) {
        return at < text.length() && text.charAt(at) == ';' ? at + 1 : at;
    }

    private static long number(CharSequence text, int at, int digits, int radix) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = digit(text, i, radix);
            if (digit < 0) {
                return NONE;
            }
            number = radix * number + digit;
        }
        return escape(number, at + digits);
    }

    /** A number of any length; {@link #NONE} if it is not a code point. */
    private static long anyNumber(CharSequence text, int at, int radix) {
        int number = 0;
        int next = at;
        for (int digit = digit(text, next, radix); digit >= 0; digit = digit(text, next, radix)) {
            number = Math.min(radix * number + digit, Character.MAX_CODE_POINT + 1);
            next++;
        }
        return next == at ? NONE : escape(number, next);
    }

    private static int digit(CharSequence text, int at, int radix) {
        return at < text.length() && text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), radix) : -1;
    }

    private static boolean startsWith(CharSequence text, int at, String wanted) {
        for (int i = 0; i < wanted.length(); i++) {
            if (at + i >= text.length() || text.charAt(at + i) != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
