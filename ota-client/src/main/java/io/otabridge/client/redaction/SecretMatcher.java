package io.otabridge.client.redaction;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A secret that is looked for in texts, in which each of its characters may have another of the {@link EscapedForms}. A long one
 * is known by its beginning, and may be cut or changed after that. The time is linear in the length of the text, and the stack
 * does not grow with it. Immutable.
 */
final class SecretMatcher {

    /** How much of a secret must be there for it to be found. */
    private static final int KNOWN_BY = 64;

    /** A plus sign that became a blank does not end a token. */
    private static final Pattern REST = Pattern.compile("[^\\s\"'<>]*+(?: [^\\s\"'<>]{20,}+)*+");

    private final String known;
    private final String rest;

    SecretMatcher(String secret) {
        this.known = secret.substring(0, Math.min(secret.length(), KNOWN_BY));
        this.rest = secret.substring(known.length());
    }

    /** How long the part can be by which it is known. */
    int longest() {
        return known.length() * EscapedForms.LONGEST;
    }

    /** Hides it wherever it stands in the text. */
    void hide(CharSequence text, HiddenRanges hidden) {
        BitSet[] dead = new BitSet[known.length() + 1];
        int at = 0;
        while (at < text.length()) {
            int end = mayBegin(text.charAt(at)) ? end(text, at, dead) : -1;
            if (end < 0) {
                at++;
            } else {
                int next = rest.isEmpty() ? end : endOfRest(text, end);
                hidden.hide(at, next, HiddenRanges.SECRET);
                at = next;
            }
        }
    }

    private boolean mayBegin(char c) {
        char first = known.charAt(0);
        return c == first || c == '\\' || c == '%' || c == '&' || (first == '+' && c == ' ');
    }

    /**
     * The furthest end of the known part if it begins here; negative if it does not. All forms are followed at once, one character
     * of the secret after the other.
     *
     * @param dead for each number of characters found, where the text is known not to go on with the others
     */
    private int end(CharSequence text, int start, BitSet[] dead) {
        BitSet[] places = new BitSet[known.length() + 1];
        places[0] = new BitSet();
        places[0].set(0);
        for (int found = 0; found < known.length(); found++) {
            BitSet next = new BitSet();
            @Nullable BitSet hopeless = dead[found + 1];
            char wanted = known.charAt(found);
            for (int place = places[found].nextSetBit(0); place >= 0; place = places[found].nextSetBit(place + 1)) {
                EscapedForms.ends(text, start + place, wanted, end -> add(next, end - start, end, hopeless));
            }
            boolean endsRun = wanted == '\\' && (found + 1 == known.length() || known.charAt(found + 1) != '\\');
            if (endsRun) {
                // Escaping doubles backslashes, so that more may come than the secret has.
                for (int place = next.nextSetBit(0); place >= 0; place = next.nextSetBit(place + 1)) {
                    EscapedForms.ends(text, start + place, wanted, end -> add(next, end - start, end, hopeless));
                }
            }
            places[found + 1] = next;
            if (next.isEmpty()) {
                bury(places, found, start, dead);
                return -1;
            }
        }
        return start + places[known.length()].length() - 1;
    }

    private static void add(BitSet places, int place, int end, @Nullable BitSet hopeless) {
        if (hopeless == null || !hopeless.get(end)) {
            places.set(place);
        }
    }

    /** Remembers where nothing was found, so that no other beginning looks there again. */
    private static void bury(BitSet[] places, int last, int start, BitSet[] dead) {
        for (int found = 1; found <= last; found++) {
            if (dead[found] == null) {
                dead[found] = new BitSet();
            }
            for (int place = places[found].nextSetBit(0); place >= 0; place = places[found].nextSetBit(place + 1)) {
                dead[found].set(start + place);
            }
        }
    }

    /** Where the rest is not as it should be, it has another form: then everything goes that follows without a break. */
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
