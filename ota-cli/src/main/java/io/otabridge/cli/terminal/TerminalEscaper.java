package io.otabridge.cli.terminal;

/**
 * Makes text from outside fit for a terminal: what a terminal obeys instead of showing (escape sequences), what reorders
 * a line (bidirectional overrides) and what cannot be seen at all is replaced by its code, such as {@code \u001b}.
 */
public final class TerminalEscaper {

    private static final int DELETE = 0x7F;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private TerminalEscaper() {}

    public static String of(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isUnsafe(c)) {
                visible.append(code(c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    /**
     * A JSON text with each such character as {@code \\uXXXX}, which means the same to a JSON parser. JSON has characters
     * outside ASCII in strings only; those of ASCII must be escaped already, but for DEL.
     */
    public static String ofJson(String json) {
        StringBuilder visible = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            if (c < DELETE || !(isUnsafe(c) || Character.getType(c) == Character.FORMAT)) {
                visible.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    visible.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return visible.toString();
    }

    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            // The joiners make emoji and some scripts; other format characters only hide or reorder.
            case Character.FORMAT -> c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER;
            default -> false;
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
