package io.otabridge.cli.render;

import java.util.List;

/**
 * The text of a table cell.
 *
 * @param forms the text, followed by shorter forms of it for a narrow terminal
 */
public record Cell(List<String> forms) {

    public static Cell of(String text, String... shorter) {
        List<String> forms = new java.util.ArrayList<>(List.of(text));
        forms.addAll(List.of(shorter));
        return new Cell(forms);
    }

    /** Returns the form at this level, or the shortest. */
    String form(int level) {
        return forms.get(Math.min(level, forms.size() - 1));
    }
}
