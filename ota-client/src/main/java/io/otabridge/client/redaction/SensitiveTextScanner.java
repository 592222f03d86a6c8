package io.otabridge.client.redaction;

import java.util.Locale;
import java.util.Set;

/**
 * Finds sensitive text without knowledge of the secrets: user info and queries of links, and values of
 * {@link SensitiveNames sensitive names}. Reads the text once from left to right with bounded look-behind. Not thread-safe.
 */
final class SensitiveTextScanner {

    /** A shorter word after a colon may be part of a sentence. */
    private static final int MIN_SECRET_LENGTH = 16;

    private static final int MIN_LENGTH_WITH_DIGIT = 8;
    private static final int MAX_NAME_LENGTH = 40;
    private static final int MAX_TAG_LENGTH = 200;
    private static final int MAX_PUNCTUATION = 16;
    private static final String QUOTES = "\"'`";
    private static final String ENDS_OF_RUN = QUOTES + " <>";
    private static final String BEFORE_VALUE = QUOTES + " =>[(+";
    private static final String CDATA = "<![CDATA[";
    private static final Set<String> LITERALS = Set.of("null", "true", "false");

    /** Authentication schemes, after which the secret follows. */
    private static final Set<String> SCHEMES = Set.of(
            "basic",
            "bearer",
            "digest",
            "negotiate",
            "aws",
            "obs",
            "oss",
            "sharedaccesssignature",
            "acs3-hmac-sha256",
            "aws4-hmac-sha256",
            "oss4-hmac-sha256",
            "sdk-hmac-sha256");

    private final CharSequence text;
    private final DecodedText source;
    private final HiddenRanges hidden;

    /** Everything before this index is hidden or has been scanned. */
    private int hiddenTo;

    // State of the link in the current run of characters without blanks and quotes
    private boolean isLink;
    private int userStart = -1;
    private boolean isPort;
    private boolean isNoPort;

    /**
     * @param text the characters of the text
     * @param source provides the position of each character in the source
     */
    SensitiveTextScanner(CharSequence text, DecodedText source, HiddenRanges hidden) {
        this.text = text;
        this.source = source;
        this.hidden = hidden;
    }

    void scan() {
        int length = text.length();
        for (int at = 0; at < length; at++) {
            char c = text.charAt(at);
            if (endsRun(at, c)) {
                isLink = false;
                userStart = -1;
            }
            readUser(at, c);
            if (at >= hiddenTo) {
                switch (SensitiveNames.folded(c)) {
                    case '/' -> startLink(at);
                    case '?' -> query(at);
                    case '=', ':' -> value(at);
                    case '<' -> element(at);
                    default -> {
                        // No sensitive text starts here.
                    }
                }
            }
        }
    }

    private void startLink(int at) {
        if (is(at + 1, '/')) {
            isLink = true;
            userStart = at + 2;
            isPort = false;
            isNoPort = false;
        }
    }

    /** The user info ends at the last at sign. A slash belongs to a password if a colon precedes it that is not followed by a port. */
    private void readUser(int at, char c) {
        if (userStart < 0 || at < userStart) {
            return;
        }
        switch (c) {
            case '@' -> hide(userStart, at + 1, HiddenRanges.NOTHING);
            case ':' -> isPort = !is(userStart, '[');
            case '/', '?', '#' -> userStart = isNoPort ? userStart : -1;
            default -> isNoPort |= isPort && !Character.isDigit(c);
        }
    }

    private void query(int at) {
        if (text.charAt(at) == '?' && (isLink || isParameter(at + 1))) {
            int end = endOfQuery(at + 1);
            hide(at, end, HiddenRanges.QUERY);
            // The value of the last parameter may follow after a line break.
            hiddenTo = is(end - 1, '=') ? end - 1 : end;
        }
    }

    /** In a text without blanks, such as Chinese, a link ends at the first non-ASCII character unless a parameter follows. */
    private int endOfQuery(int from) {
        int end = from;
        boolean isOther = false;
        for (int at = from; at < text.length() && !endsRun(at, text.charAt(at)); at++) {
            char c = text.charAt(at);
            if (isMark(at, c)) {
                break;
            }
            isOther = c > '~' || (isOther && c != '&' && c != '=' && c != '?');
            end = isOther ? end : at + 1;
        }
        return end;
    }

    private void value(int separator) {
        if (!SensitiveNames.endBefore(text, separator)) {
            return;
        }
        boolean isMember = SensitiveNames.folded(text.charAt(separator)) == '='
                || isQuote(separator - (is(separator - 1, ' ') ? 2 : 1));
        int start = separator + 1;
        while (start < text.length()
                && start <= separator + MAX_PUNCTUATION
                && BEFORE_VALUE.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        int end = isQuote(start - 1) ? endOfQuoted(start) : endOfValue(start);
        String value = text.subSequence(start, end).toString();
        if (SCHEMES.contains(value.toLowerCase(Locale.ROOT)) && is(end, ' ')) {
            start = end + 1;
            end = endOfValue(start);
        } else if (isMember ? LITERALS.contains(value) : !isQuote(start - 1) && !looksSecret(value)) {
            return;
        }
        hide(start, end, HiddenRanges.SECRET);
        hiddenTo = end;
    }

    private int endOfQuoted(int start) {
        char quote = text.charAt(start - 1);
        int end = start;
        while (end < text.length() && (text.charAt(end) != quote || is(end - 1, '\\'))) {
            end++;
        }
        return end;
    }

    private int endOfValue(int start) {
        int end = start;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (endsRun(end, c) || isMark(end, c) || (c == '&' && (isParameter(end + 1) || endsAt(end + 1)))) {
                break;
            }
            end++;
        }
        return end;
    }

    private static boolean looksSecret(String value) {
        int length = 0;
        boolean hasDigit = false;
        while (length < value.length() && value.charAt(length) <= '~') {
            hasDigit |= Character.isDigit(value.charAt(length));
            length++;
        }
        return length >= MIN_SECRET_LENGTH || (hasDigit && length >= MIN_LENGTH_WITH_DIGIT);
    }

    private void element(int at) {
        int name = at + 1;
        while (name < text.length() && name < at + MAX_NAME_LENGTH && " />".indexOf(text.charAt(name)) < 0) {
            name++;
        }
        if (name == at + 1 || !SensitiveNames.endBefore(text, name)) {
            return;
        }
        int tag = name;
        while (tag < text.length() && tag < name + MAX_TAG_LENGTH && text.charAt(tag) != '>') {
            tag++;
        }
        if (!is(tag, '>') || is(tag - 1, '/')) {
            return;
        }
        boolean isData = startsWith(tag + 1, CDATA);
        int start = tag + 1 + (isData ? CDATA.length() : 0);
        int end = start;
        while (end < text.length() && !(isData ? startsWith(end, "]]>") : text.charAt(end) == '<')) {
            end++;
        }
        hide(start, end, HiddenRanges.SECRET);
        hiddenTo = end;
    }

    /** Whether a parameter name and an equals sign start at this index. */
    private boolean isParameter(int from) {
        int at = from;
        while (at < text.length() && at < from + MAX_NAME_LENGTH && isNameCharacter(text.charAt(at))) {
            at++;
        }
        return at > from && is(at, '=');
    }

    private static boolean isNameCharacter(char c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || "_-.~;[]".indexOf(c) >= 0;
    }

    /** Escaped blanks and quotes may belong to a link or value. */
    private boolean endsRun(int at, char c) {
        return ENDS_OF_RUN.indexOf(c) >= 0 && !source.isEscaped(at);
    }

    private boolean endsAt(int at) {
        return at >= text.length() || endsRun(at, text.charAt(at));
    }

    /** Non-ASCII punctuation, which does not occur in links and secrets. */
    private boolean isMark(int at, char c) {
        return c > '~' && !Character.isLetterOrDigit(c) && !source.isEscaped(at);
    }

    private boolean isQuote(int at) {
        return at >= 0 && at < text.length() && QUOTES.indexOf(text.charAt(at)) >= 0;
    }

    private boolean is(int at, char c) {
        return at >= 0 && at < text.length() && text.charAt(at) == c;
    }

    private boolean startsWith(int at, String wanted) {
        int length = 0;
        while (length < wanted.length() && is(at + length, wanted.charAt(length))) {
            length++;
        }
        return length == wanted.length();
    }

    private void hide(int start, int end, String mark) {
        if (start < end) {
            hidden.hide(source.start(start), source.end(end - 1), mark);
        }
    }
}
