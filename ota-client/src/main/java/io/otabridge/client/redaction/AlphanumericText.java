package io.otabridge.client.redaction;

/** The letters and digits of a text, in lower case, each with its place. Immutable. */
final class AlphanumericText {

    private static final String SIGNS = "+/=_-";

    private final DecodedText text;
    private final String letters;
    private final int[] places;

    AlphanumericText(DecodedText text) {
        this.text = text;
        this.places = new int[text.length()];
        StringBuilder found = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = SensitiveNames.folded(text.charAt(at));
            if (SensitiveNames.isLetterOrDigit(c)) {
                places[found.length()] = at;
                found.append(c);
            }
        }
        this.letters = found.toString();
    }

    /** The letters and digits of a text. */
    static String in(String text) {
        return new AlphanumericText(DecodedText.levels(text).get(0)).letters;
    }

    /**
     * Hides these letters wherever they follow each other, with the word that goes on after them.
     *
     * @param isEncoded whether the word before belongs to it too
     */
    void hide(String wanted, boolean isEncoded, HiddenRanges hidden) {
        int hiddenTo = 0;
        for (int at = letters.indexOf(wanted); at >= 0; at = letters.indexOf(wanted, at)) {
            int start = places[at];
            int end = places[at + wanted.length() - 1] + 1;
            while (isEncoded && start > hiddenTo && isOfWord(text.charAt(start - 1))) {
                start--;
            }
            boolean goesOn = isEncoded || wanted.length() == LooseSecretMatcher.KNOWN_BY;
            while (end < text.length() && (goesOn ? isOfWord(text.charAt(end)) : isSign(text.charAt(end)))) {
                end++;
            }
            hidden.hide(text.start(start), text.end(end - 1), HiddenRanges.SECRET);
            hiddenTo = end;
            at += wanted.length();
            while (at < letters.length() && places[at] < end) {
                at++;
            }
        }
    }

    /** Where the last of these letters begin in the source. */
    int startOfLast(int count) {
        int at = letters.length() - count;
        return letters.isEmpty() || at <= 0 ? 0 : text.start(places[at]);
    }

    private static boolean isOfWord(char c) {
        return isSign(c) || SensitiveNames.isLetterOrDigit(SensitiveNames.folded(c));
    }

    private static boolean isSign(char c) {
        return SIGNS.indexOf(c) >= 0;
    }
}
