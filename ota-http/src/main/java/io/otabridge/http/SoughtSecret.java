package io.otabridge.http;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A secret as it is looked for in texts: in the forms in which servers repeat it (plain, percent-encoded, escaped as in JSON or
 * HTML), each character in a way of its own. A long one, as tokens of many kilobytes are, is known by its beginning, and may be cut or changed after
 * that. Immutable.
 */
final class SoughtSecret {

    /** How much of a secret must be there for it to be found. */
    private static final int KNOWN_BY = 64;

    private static final int LONGEST_FORM = 8;

    private static final String HIDDEN = "***";

    /** A plus sign that became a blank does not end a token. */
    private static final Pattern REST = Pattern.compile("[^\\s\"'<>]*+(?: [^\\s\"'<>]{20,}+)*+");

    /**
     * Backslashes in any form. They are looked for as one run: if each could stand for one or two by itself, a text of
     * nothing else would be tried in every way there is.
     */
    private static final String BACKSLASHES = "(?:\\\\{1,2}u005[cC]|\\\\|(?i:%(?:25){0,2}5c|&#0*92;|&#x0*5c;))";

    private final Pattern beginning;
    private final String rest;
    private final Map<Character, Pattern> forms = new HashMap<>();
    private final int longest;

    SoughtSecret(String secret) {
        String known = secret.substring(0, Math.min(secret.length(), KNOWN_BY));
        this.beginning = Pattern.compile(anyForm(known));
        this.rest = secret.substring(known.length());
        this.longest =
                known.chars().map(c -> isPlain((char) c) ? 1 : LONGEST_FORM).sum();
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (!isPlain(c)) {
                forms.computeIfAbsent(c, special -> Pattern.compile(anyForm(String.valueOf(special))));
            }
        }
    }

    /** What is searched for in a text. */
    Pattern beginning() {
        return beginning;
    }

    /** How long that can be. */
    int longest() {
        return longest;
    }

    /** The text without it. */
    String hide(String text) {
        Matcher found = beginning.matcher(text);
        if (!found.find()) {
            return text;
        }
        StringBuilder safe = new StringBuilder();
        int from = 0;
        do {
            safe.append(text, from, found.start()).append(HIDDEN);
            from = rest.isEmpty() ? found.end() : endOfRest(text, found.end());
        } while (found.find(from));
        return safe.append(text, from, text.length()).toString();
    }

    /** What is not as it should be is a form that nobody has thought of: then all goes that follows without a break. */
    private int endOfRest(String text, int start) {
        int at = start;
        for (int i = 0; i < rest.length(); i++) {
            int next = after(text, at, rest.charAt(i));
            if (next < 0) {
                Matcher more = REST.matcher(text).region(at, text.length());
                return more.lookingAt() ? more.end() : at;
            }
            at = next;
        }
        return at;
    }

    /** Where the text goes on after one character of the secret; negative if it is not there. */
    private int after(String text, int at, char c) {
        @Nullable Pattern form = forms.get(c);
        if (form == null) {
            return at < text.length() && text.charAt(at) == c ? at + 1 : -1;
        }
        Matcher written = form.matcher(text).region(at, text.length());
        return written.lookingAt() ? written.end() : -1;
    }

    /** Letters and digits stand for themselves. */
    private static boolean isPlain(char c) {
        return Character.isLetterOrDigit(c);
    }

    private static String anyForm(String text) {
        StringBuilder pattern = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                int run = backslashes(text, at);
                pattern.append(BACKSLASHES).append('{').append(run).append(",}");
                at += run - 1;
            } else {
                pattern.append(isPlain(c) ? String.valueOf(c) : forms(c));
            }
        }
        return pattern.toString();
    }

    private static int backslashes(String text, int from) {
        int to = from;
        while (to < text.length() && text.charAt(to) == '\\') {
            to++;
        }
        return to - from;
    }

    private static String padded(String digits, int length) {
        return "0".repeat(Math.max(0, length - digits.length())) + digits;
    }

    private static String forms(char c) {
        String plain = Pattern.quote(String.valueOf(c));
        String space = c == '+' ? "| " : "";
        String hex = Integer.toHexString(c);
        return "(?:" + plain + space + "|\\\\" + plain + "|(?i:%(?:25){0,2}" + padded(hex, 2) + "|\\\\{1,2}u"
                + padded(hex, 4) + "|&#0*" + (int) c + ";|&#x0*" + hex + ";))";
    }
}
