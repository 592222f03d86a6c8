package io.otabridge.client.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds a secret by its letters and digits only: in any case, with line breaks or punctuation inside, in hexadecimal, and in Base64,
 * also as part of a longer encoded text. A long secret is found by its prefix. Immutable.
 */
final class LooseSecretMatcher {

    /** The number of letters and digits by which a long secret is found. */
    static final int PREFIX_LENGTH = 64;

    /** Shorter texts without digits may be ordinary words. */
    private static final int MIN_LENGTH = 12;

    private static final int MIN_LENGTH_WITH_DIGIT = 6;
    private static final int MIN_ENCODED_LENGTH = 8;
    private static final int BASE64_GROUP = 3;
    private static final int BITS_OF_BYTE = 8;
    private static final int BITS_OF_DIGIT = 6;

    private final Set<String> plain = new LinkedHashSet<>();
    private final Set<String> encoded = new LinkedHashSet<>();

    LooseSecretMatcher(String secret) {
        List<DecodedText> levels = DecodedText.levels(secret);
        for (String form : List.of(secret, levels.get(levels.size() - 1).toString())) {
            String letters = prefix(form);
            boolean hasDigit = letters.chars().anyMatch(Character::isDigit);
            if (letters.length() >= (hasDigit ? MIN_LENGTH_WITH_DIGIT : MIN_LENGTH)) {
                plain.add(letters);
            }
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        addEncoded(hex(bytes));
        for (int before = 0; before < BASE64_GROUP; before++) {
            addEncoded(base64(bytes, before));
        }
    }

    private void addEncoded(String form) {
        String letters = prefix(form);
        if (letters.length() >= MIN_ENCODED_LENGTH) {
            encoded.add(letters);
        }
    }

    private static String prefix(String form) {
        String letters = AlphanumericText.in(form);
        return letters.substring(0, Math.min(letters.length(), PREFIX_LENGTH));
    }

    private static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder();
        for (byte next : bytes) {
            hex.append(Character.forDigit((next >> 4) & 0xf, 16)).append(Character.forDigit(next & 0xf, 16));
        }
        return hex.toString();
    }

    /** The Base64 digits that do not depend on the bytes before and after the secret. */
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
