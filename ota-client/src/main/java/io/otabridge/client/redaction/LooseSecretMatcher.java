package io.otabridge.client.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A secret that is looked for by its letters and digits alone: in any letter case, broken by line breaks or signs, in hexadecimal,
 * and in Base64, also of a longer text. A long one is known by its beginning. Immutable.
 */
final class LooseSecretMatcher {

    /** How many letters and digits must be there at most for a secret to be found. */
    static final int KNOWN_BY = 64;

    /** Fewer letters and digits may be an ordinary word. */
    private static final int SHORTEST = 12;

    private static final int SHORTEST_WITH_DIGIT = 6;
    private static final int SHORTEST_ENCODED = 8;
    private static final int GROUP = 3;
    private static final int BITS_OF_BYTE = 8;
    private static final int BITS_OF_DIGIT = 6;

    private final Set<String> plain = new LinkedHashSet<>();
    private final Set<String> encoded = new LinkedHashSet<>();

    LooseSecretMatcher(String secret) {
        List<DecodedText> levels = DecodedText.levels(secret);
        for (String form : List.of(secret, levels.get(levels.size() - 1).toString())) {
            String letters = beginning(form);
            boolean hasDigit = letters.chars().anyMatch(Character::isDigit);
            if (letters.length() >= (hasDigit ? SHORTEST_WITH_DIGIT : SHORTEST)) {
                plain.add(letters);
            }
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        addEncoded(hex(bytes));
        for (int before = 0; before < GROUP; before++) {
            addEncoded(base64(bytes, before));
        }
    }

    private void addEncoded(String form) {
        String letters = beginning(form);
        if (letters.length() >= SHORTEST_ENCODED) {
            encoded.add(letters);
        }
    }

    private static String beginning(String form) {
        String letters = AlphanumericText.in(form);
        return letters.substring(0, Math.min(letters.length(), KNOWN_BY));
    }

    private static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder();
        for (byte next : bytes) {
            hex.append(Character.forDigit((next >> 4) & 0xf, 16)).append(Character.forDigit(next & 0xf, 16));
        }
        return hex.toString();
    }

    /** The digits that do not depend on what comes before and after. */
    private static String base64(byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        int first = (before * BITS_OF_BYTE + BITS_OF_DIGIT - 1) / BITS_OF_DIGIT;
        int last = shifted.length * BITS_OF_BYTE / BITS_OF_DIGIT;
        return Base64.getEncoder().encodeToString(shifted).substring(first, last);
    }

    void hide(AlphanumericText letters, HiddenRanges hidden) {
        plain.forEach(form -> letters.hide(form, false, hidden));
        encoded.forEach(form -> letters.hide(form, true, hidden));
    }
}
