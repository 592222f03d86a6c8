package io.otabridge.client.redaction;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with decoded escapes that records the position of each character in the source. Omits invisible characters and replaces
 * each run of white space and control characters with one blank. Uses time and memory linear in the length of the source. Immutable
 * after creation.
 */
final class DecodedText implements CharSequence {

    /** The maximum nesting of different escapes that is decoded. */
    private static final int MAX_LEVELS = 8;

    /** Invisible characters that Unicode classifies as letters. */
    private static final String FILLERS = "\u115f\u1160\u3164\uffa0";

    private final char[] chars;
    private final int[] starts;
    private final int[] ends;
    private final boolean[] escaped;
    private int length;

    private DecodedText(int capacity) {
        this.chars = new char[capacity];
        this.starts = new int[capacity];
        this.ends = new int[capacity];
        this.escaped = new boolean[capacity];
    }

    /**
     * The source without decoding, then with its escapes decoded once, twice, and so on until there are none. A text without escapes
     * has one level.
     */
    static List<DecodedText> levels(CharSequence source) {
        List<DecodedText> levels = new ArrayList<>();
        DecodedText last = plain(source);
        levels.add(last);
        while (levels.size() <= MAX_LEVELS) {
            DecodedText next = new DecodedText(last.length);
            if (!next.decode(last)) {
                break;
            }
            levels.add(next);
            last = next;
        }
        return levels;
    }

    private static DecodedText plain(CharSequence source) {
        DecodedText text = new DecodedText(source.length());
        for (int at = 0; at < source.length(); ) {
            int point = Character.codePointAt(source, at);
            int next = at + Character.charCount(point);
            text.append(point, at, next, false);
            at = next;
        }
        return text;
    }

    private boolean decode(DecodedText from) {
        boolean found = false;
        for (int at = 0; at < from.length; ) {
            long escape = EscapeDecoder.read(from, at);
            int next = at + 1;
            if (escape == EscapeDecoder.NONE) {
                append(from.chars[at], from.starts[at], from.ends[at], from.escaped[at]);
            } else {
                next = EscapeDecoder.next(escape);
                append(EscapeDecoder.codePoint(escape), from.starts[at], from.ends[next - 1], true);
                found = true;
            }
            at = next;
        }
        return found;
    }

    private void append(int point, int start, int end, boolean isEscaped) {
        if (isInvisible(point)) {
            return;
        }
        if (isBlank(point)) {
            appendBlank(start, end, isEscaped);
        } else if (Character.isBmpCodePoint(point)) {
            add((char) point, start, end, isEscaped);
        } else {
            // For example mathematical letters, which look like ASCII letters.
            String normal = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
            add(normal.length() == 1 ? normal.charAt(0) : '\ufffd', start, end, isEscaped);
        }
    }

    /** A run of blanks counts as escaped only if all of them are. */
    private void appendBlank(int start, int end, boolean isEscaped) {
        if (length > 0 && chars[length - 1] == ' ') {
            ends[length - 1] = end;
            escaped[length - 1] &= isEscaped;
        } else {
            add(' ', start, end, isEscaped);
        }
    }

    private void add(char c, int start, int end, boolean isEscaped) {
        chars[length] = c;
        starts[length] = start;
        ends[length] = end;
        escaped[length] = isEscaped;
        length++;
    }

    private static boolean isBlank(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point) || Character.isISOControl(point);
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.SURROGATE -> true;
            default -> FILLERS.indexOf(point) >= 0;
        };
    }

    /** The start of the character in the source. */
    int start(int index) {
        return starts[index];
    }

    /** The end of the character in the source, exclusive. */
    int end(int index) {
        return ends[index];
    }

    /** Whether the character is escaped in the source. */
    boolean isEscaped(int index) {
        return escaped[index];
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return chars[index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new String(chars, start, end - start);
    }

    @Override
    public String toString() {
        return new String(chars, 0, length);
    }
}
