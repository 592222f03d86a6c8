package io.otabridge.client.redaction;

import java.util.Set;

/**
 * The names of parameters, members, headers and elements whose values are not shown. Letter case, blanks, hyphens and underscores in
 * a name make no difference, and a longer name may end with one, such as {@code X-Amz-Signature}.
 */
final class SensitiveNames {

    private static final int LONGEST = 20;

    /** More signs than names have between their letters. */
    private static final int MOST_SIGNS = 24;

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

    /** Too short to be the end of another word. */
    private static final Set<String> WORDS = Set.of("sig", "sign", "pwd", "pass", "ak", "sk", "sts", "sas");

    private SensitiveNames() {}

    /** Whether a sensitive name ends before this index, with nothing but quotes, brackets and blanks between. */
    static boolean endBefore(CharSequence text, int end) {
        int last = end - 1;
        while (last >= Math.max(0, end - MOST_SIGNS) && AFTER_NAME.indexOf(text.charAt(last)) >= 0) {
            last--;
        }
        StringBuilder reversed = new StringBuilder();
        boolean isBroken = false;
        int signs = 0;
        for (int at = last; at >= 0 && reversed.length() < LONGEST && signs < MOST_SIGNS; at--) {
            char c = folded(text.charAt(at));
            if (isLetterOrDigit(c)) {
                reversed.append(c);
                boolean isWord = !isBroken && (at == 0 || !isLetterOrDigit(folded(text.charAt(at - 1))));
                if (isSensitive(reversed, isWord)) {
                    return true;
                }
            } else if (BETWEEN_LETTERS.indexOf(c) >= 0 && reversed.length() > 0) {
                isBroken = true;
                signs++;
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

    /** In lower case, full-width forms as ASCII. */
    static char folded(char c) {
        char narrow = c >= '\uff01' && c <= '\uff5e' ? (char) (c - 0xFEE0) : c;
        return narrow >= 'A' && narrow <= 'Z'
                ? (char) (narrow | 0x20)
                : narrow == '\u212a' ? 'k' : narrow == '\u017f' ? 's' : narrow;
    }
}
