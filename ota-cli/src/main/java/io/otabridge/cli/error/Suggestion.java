package io.otabridge.cli.error;

import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.Locale;

/** Finds what a user probably meant to type. */
public final class Suggestion {

    private Suggestion() {}

    /** Returns the most similar name, if it differs in at most a third of its characters. */
    public static Option<String> closest(String typed, Seq<String> names) {
        return names.filter(name -> distance(typed, name) * 3 <= Math.max(typed.length(), name.length()))
                .minBy(name -> distance(typed, name));
    }

    /** Returns a question such as {@code "Did you mean prod? "}; empty if no name is similar. */
    public static String question(String typed, Seq<String> names) {
        return closest(typed, names)
                .map(similar -> "Did you mean " + similar + "? ")
                .getOrElse("");
    }

    /** Returns the number of characters to insert, delete, replace or swap with their neighbor, ignoring case. */
    private static int distance(String first, String second) {
        String from = first.toLowerCase(Locale.ROOT);
        String to = second.toLowerCase(Locale.ROOT);
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[from.length()][to.length()];
    }
}
