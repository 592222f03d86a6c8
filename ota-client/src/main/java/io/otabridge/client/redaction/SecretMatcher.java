package io.otabridge.client.redaction;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds a secret in a text. Each character may have any of the {@link EscapedForms}. A long secret is found by its prefix; the rest
 * may be cut or changed. Takes time linear in the length of the text and constant stack depth. Immutable.
 */
final class SecretMatcher {

    /** The number of characters by which a long secret is found. */
    private static final int PREFIX_LENGTH = 64;

    /** A blank inside may be a decoded plus sign, so it does not end a token. */
    private static final Pattern REST = Pattern.compile("[^\\s\"'<>]*+(?: [^\\s\"'<>]{20,}+)*+");

    private final String prefix;
    private final String rest;

    SecretMatcher(String secret) {
        this.prefix = secret.substring(0, Math.min(secret.length(), PREFIX_LENGTH));
        this.rest = secret.substring(prefix.length());
    }

    /** The maximum length of the prefix in any form. */
    int longest() {
        return prefix.length() * EscapedForms.MAX_LENGTH;
    }

    /** Hides every occurrence in the text. */
    void hide(CharSequence text, HiddenRanges hidden) {
        BitSet[] dead = new BitSet[prefix.length() + 1];
        int at = 0;
        while (at < text.length()) {
            int end = mayStart(text.charAt(at)) ? end(text, at, dead) : -1;
            if (end < 0) {
                at++;
            } else {
                int next = rest.isEmpty() ? end : endOfRest(text, end);
                hidden.hide(at, next, HiddenRanges.SECRET);
                at = next;
            }
        }
    }

    private boolean mayStart(char c) {
        char first = prefix.charAt(0);
        return c == first || c == '\\' || c == '%' || c == '&' || (first == '+' && c == ' ');
    }

    /**
     * The furthest end of the prefix that starts at this index; negative if it does not. Follows all forms at once, one character of
     * the secret after the other.
     *
     * @param dead by number of characters found, the positions after which the remaining characters are known not to follow
     */
    private int end(CharSequence text, int start, BitSet[] dead) {
        BitSet[] positions = new BitSet[prefix.length() + 1];
        positions[0] = new BitSet();
        positions[0].set(0);
        for (int found = 0; found < prefix.length(); found++) {
            BitSet next = new BitSet();
            @Nullable BitSet deadNext = dead[found + 1];
            char wanted = prefix.charAt(found);
            for (int position = positions[found].nextSetBit(0);
                    position >= 0;
                    position = positions[found].nextSetBit(position + 1)) {
                EscapedForms.ends(text, start + position, wanted, end -> add(next, end - start, end, deadNext));
            }
            boolean endsRun = wanted == '\\' && (found + 1 == prefix.length() || prefix.charAt(found + 1) != '\\');
            if (endsRun) {
                // Escaping doubles backslashes, so the text may contain more than the secret.
                for (int position = next.nextSetBit(0); position >= 0; position = next.nextSetBit(position + 1)) {
                    EscapedForms.ends(text, start + position, wanted, end -> add(next, end - start, end, deadNext));
                }
            }
            positions[found + 1] = next;
            if (next.isEmpty()) {
                markDead(positions, found, start, dead);
                return -1;
            }
        }
        return start + positions[prefix.length()].length() - 1;
    }

    private static void add(BitSet positions, int position, int end, @Nullable BitSet dead) {
        if (dead == null || !dead.get(end)) {
            positions.set(position);
        }
    }

    /** Records positions without a match, so that no other start searches them again. */
    private static void markDead(BitSet[] positions, int last, int start, BitSet[] dead) {
        for (int found = 1; found <= last; found++) {
            if (dead[found] == null) {
                dead[found] = new BitSet();
            }
            for (int position = positions[found].nextSetBit(0);
                    position >= 0;
                    position = positions[found].nextSetBit(position + 1)) {
                dead[found].set(start + position);
            }
        }
    }

    /** The end of the secret after the prefix. If the rest does not match, the end of the word. */
    private int endOfRest(CharSequence text, int start) {
        int at = start;
        for (int i = 0; i < rest.length(); i++) {
            int[] next = {-1};
            EscapedForms.ends(text, at, rest.charAt(i), end -> next[0] = Math.max(next[0], end));
            if (next[0] < 0) {
                Matcher more = REST.matcher(text).region(at, text.length());
                return more.lookingAt() ? more.end() : at;
            }
            at = next[0];
        }
        return at;
    }
}
