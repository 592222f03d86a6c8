package io.otabridge.client.redaction;

/** The letters and digits of a text in lower case, with their positions in the text. Immutable. */
final class AlphanumericText {

    private static final String TOKEN_PUNCTUATION = "+/=_-";

    private final DecodedText text;
    private final String letters;
    private final int[] positions;

    AlphanumericText(DecodedText text) {
        this.text = text;
        this.positions = new int[text.length()];
        StringBuilder found = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = SensitiveNames.folded(text.charAt(at));
            if (SensitiveNames.isLetterOrDigit(c)) {
                positions[found.length()] = at;
                found.append(c);
            }
        }
        this.letters = found.toString();
    }

    /** Extracts the letters and digits of a text. */
    static String in(String text) {
        return new AlphanumericText(DecodedText.levels(text).get(0)).letters;
    }

    /**
     * Hides every occurrence of these letters and digits, regardless of other characters between them, and the rest of the word that
     * follows.
     *
     * @param isEncoded whether to hide also the part of the word before the occurrence
     */
    void hide(String wanted, boolean isEncoded, HiddenRanges hidden) {
        int hiddenTo = 0;
        for (int at = letters.indexOf(wanted); at >= 0; at = letters.indexOf(wanted, at)) {
            int start = positions[at];
            int end = positions[at + wanted.length() - 1] + 1;
            while (isEncoded && start > hiddenTo && isWordCharacter(text.charAt(start - 1))) {
                start--;
            }
            boolean mayContinue = isEncoded || wanted.length() == LooseSecretMatcher.PREFIX_LENGTH;
            while (end < text.length()
                    && (mayContinue ? isWordCharacter(text.charAt(end)) : isPunctuation(text.charAt(end)))) {
                end++;
            }
            hidden.hide(text.start(start), text.end(end - 1), HiddenRanges.SECRET);
            hiddenTo = end;
            at += wanted.length();
            while (at < letters.length() && positions[at] < end) {
                at++;
            }
        }
    }

    /** The start of the last {@code count} letters and digits in the source. */
    int startOfLast(int count) {
        int at = letters.length() - count;
        return letters.isEmpty() || at <= 0 ? 0 : text.start(positions[at]);
    }

    private static boolean isWordCharacter(char c) {
        return isPunctuation(c) || SensitiveNames.isLetterOrDigit(SensitiveNames.folded(c));
    }

    private static boolean isPunctuation(char c) {
        return TOKEN_PUNCTUATION.indexOf(c) >= 0;
    }
}
