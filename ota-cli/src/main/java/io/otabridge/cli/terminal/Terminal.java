package io.otabridge.cli.terminal;

import org.jspecify.annotations.Nullable;

/**
 * Which standard streams are connected to a terminal, and its width. Java cannot determine this, so the launcher passes system
 * properties.
 *
 * @param canAsk whether the user can be prompted
 * @param canDraw whether standard error is a terminal
 * @param showsOutput whether standard output is a terminal
 * @param columns the width of the terminal
 */
public record Terminal(boolean canAsk, boolean canDraw, boolean showsOutput, int columns) {

    /** The width of output that is not shown on a terminal. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int DEFAULT_COLUMNS = 80;
    private static final int MIN_COLUMNS = 20;

    public static Terminal ofProcess() {
        boolean isErr = Boolean.getBoolean("ota.terminal.err");
        return new Terminal(
                isErr && Boolean.getBoolean("ota.terminal.in"),
                isErr,
                Boolean.getBoolean("ota.terminal.out"),
                columns(System.getProperty("ota.terminal.columns", System.getenv("COLUMNS"))));
    }

    /** Returns the width at which standard output is wrapped. */
    public int outputWidth() {
        return showsOutput ? columns : UNLIMITED;
    }

    /** Returns the width at which standard error is wrapped. */
    public int errorWidth() {
        return canDraw ? columns : UNLIMITED;
    }

    /** Parses a width. A terminal that states none, or 0, has 80 columns. */
    static int columns(@Nullable String text) {
        if (text == null || !text.matches("[1-9][0-9]{0,4}")) {
            return DEFAULT_COLUMNS;
        }
        return Math.max(MIN_COLUMNS, Integer.parseInt(text));
    }
}
