package io.otabridge.domain.spi;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Decides which texts of a configuration may be shown in messages. A secret can be misplaced anywhere in a file, so
 * only texts that do not look like one are shown.
 */
final class ConfigTextMasker {

    /** Keys and values below a section of this name are never shown. */
    private static final String CREDENTIALS = "credentials";

    private static final int MAX_LENGTH = 64;

    private static final String WORD =
            "([A-Z]?[a-z]{1,15}|[A-Z]{1,6}|[0-9]{1,9}[a-z]{0,4}|\\$\\{[A-Z][A-Z0-9]{0,15}(_[A-Z0-9]{1,16})*})";

    private static final Pattern VALUE = Pattern.compile("(-?" + WORD + "([ ._-]" + WORD + ")*)?");
    private static final Pattern LETTERS = Pattern.compile("[a-z-]+");
    private static final Pattern KEY = Pattern.compile("[a-z]{1,16}(-[a-z]{1,16}){0,4}");

    private ConfigTextMasker() {}

    /** Returns whether this value consists of short words, numbers and environment placeholders. */
    static boolean isValue(String text) {
        return text.length() <= MAX_LENGTH && VALUE.matcher(text).matches();
    }

    /** Returns the key if it looks like one, otherwise {@code ?}, for a message about settings from code. */
    static String key(String path, String key) {
        return isConfidential(path) || !KEY.matcher(key).matches() ? "?" : key;
    }

    /** Returns whether the path is, or is below, a section of credentials. */
    static boolean isConfidential(String path) {
        return Arrays.asList(path.split("\\.")).contains(CREDENTIALS);
    }

    /** Returns whether the key is a known one with one or two wrong letters. Always false below credentials. */
    static boolean isMisspelling(String section, String key, List<String> known) {
        return !isConfidential(section) && similar(key, known).isDefined();
    }

    /** Returns the most similar name, if one or two letters are wrong. */
    static Option<String> similar(String key, List<String> known) {
        String usual = key.toLowerCase(Locale.ROOT).replace('_', '-');
        return known.filter(name ->
                        LETTERS.matcher(usual).matches() && distance(usual, name) <= Math.min(2, name.length() / 3))
                .minBy(name -> distance(usual, name));
    }

    /** Returns the number of insertions, deletions, replacements and swaps of adjacent letters between two texts. */
    private static int distance(String from, String to) {
        if (Math.abs(from.length() - to.length()) > 2) {
            return Integer.MAX_VALUE;
        }
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : fewest(from, to, i, j, edits);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int fewest(String from, String to, int i, int j, int[][] edits) {
        boolean isSame = from.charAt(i - 1) == to.charAt(j - 1);
        int fewest = Math.min(edits[i - 1][j - 1] + (isSame ? 0 : 1), Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean isSwapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return isSwapped ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
    }
}
