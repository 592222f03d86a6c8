package io.otabridge.cli.terminal;

/**
 * Escapes untrusted text for a terminal. Control characters (which start escape sequences), bidirectional overrides and
 * invisible characters are replaced by their code, such as {@code \u001b}.
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
     * Escapes JSON text with {@code \\uXXXX}, which a JSON parser reads as the same text. Valid JSON has characters outside
     * ASCII only in strings, and has ASCII control characters escaped already, except DEL.
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
            // Emoji and some scripts need the joiners. Other format characters hide or reorder text.
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
