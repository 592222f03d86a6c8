package io.otabridge.client.redaction;

import java.util.Set;

/**
 * The names of parameters, fields, headers and elements whose values are hidden. Matching ignores case, blanks, hyphens, underscores
 * and periods. A longer name may end with one of them, such as {@code X-Amz-Signature}.
 */
final class SensitiveNames {

    private static final int MAX_LENGTH = 20;

    /** The maximum amount of punctuation in or after a name. */
    private static final int MAX_PUNCTUATION = 24;

    private static final String BETWEEN_LETTERS = " -_.";
    private static final String AFTER_NAME = " \"'`\\])}+";

    private static final Set<String> ENDINGS = Set.of(
            "signature",
            "token",
            "authtoken",
            "credential",
            "credentials",
            "accesskey",
            "accesskeyid",
            "accesskeysecret",
            "secret",
            "secretkey",
            "secretaccesskey",
            "secretid",
            "privatekey",
            "apikey",
            "authkey",
            "password",
            "passwd",
            "passphrase",
            "authorization");

    /** Short names that must be a whole word. */
    private static final Set<String> WORDS = Set.of("sig", "sign", "pwd", "pass", "ak", "sk", "sts", "sas");

    private SensitiveNames() {}

    /** Whether a sensitive name ends before this index, followed only by quotes, brackets and blanks. */
    static boolean endBefore(CharSequence text, int end) {
        int last = end - 1;
        while (last >= Math.max(0, end - MAX_PUNCTUATION) && AFTER_NAME.indexOf(text.charAt(last)) >= 0) {
            last--;
        }
        StringBuilder reversed = new StringBuilder();
        boolean isBroken = false;
        int punctuation = 0;
        for (int at = last; at >= 0 && reversed.length() < MAX_LENGTH && punctuation < MAX_PUNCTUATION; at--) {
            char c = folded(text.charAt(at));
            if (isLetterOrDigit(c)) {
                reversed.append(c);
                boolean isWord = !isBroken && (at == 0 || !isLetterOrDigit(folded(text.charAt(at - 1))));
                if (isSensitive(reversed, isWord)) {
                    return true;
                }
            } else if (BETWEEN_LETTERS.indexOf(c) >= 0 && reversed.length() > 0) {
                isBroken = true;
                punctuation++;
            } else {
                return false;
            }
        }
        return false;
    }

    private static boolean isSensitive(StringBuilder reversed, boolean isWord) {
        String name = new StringBuilder(reversed).reverse().toString();
        return ENDINGS.contains(name) || (isWord && WORDS.contains(name));
    }

    /** Whether a {@link #folded} character is a letter or digit. */
    static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /** Converts to lower case, and full-width forms to ASCII. */
    static char folded(char c) {
        char narrow = c >= '\uff01' && c <= '\uff5e' ? (char) (c - 0xFEE0) : c;
        return narrow >= 'A' && narrow <= 'Z'
                ? (char) (narrow | 0x20)
                : narrow == '\u212a' ? 'k' : narrow == '\u017f' ? 's' : narrow;
    }
}
