package io.otabridge.cli;

/**
 * Makes text from outside fit for a terminal: what a terminal obeys instead of showing (escape sequences), what reorders
 * a line (bidirectional overrides) and what cannot be seen at all is replaced by its code, such as {@code \u001b}.
 */
final class Visible {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Visible() {}

    static String of(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isSafe(c)) {
                visible.appendCodePoint(c);
            } else {
                visible.append(code(c));
            }
        });
        return visible.toString();
    }

    private static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            // The joiners make emoji and some scripts; other format characters only hide or reorder.
            case Character.FORMAT -> c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
            default -> true;
        };
    }

    private static String code(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(c > 0xFFFF ? "\\U%08x" : "\\u%04x", c);
        };
    }
}
