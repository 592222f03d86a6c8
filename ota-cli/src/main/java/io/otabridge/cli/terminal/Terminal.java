package io.otabridge.cli.terminal;

/**
 * Which standard streams are connected to a terminal. Java cannot determine this, so the launcher passes system properties.
 *
 * @param canAsk whether the user can be prompted
 * @param canDraw whether standard error is a terminal
 * @param showsOutput whether standard output is a terminal
 */
public record Terminal(boolean canAsk, boolean canDraw, boolean showsOutput) {

    public static Terminal ofProcess() {
        boolean isErr = Boolean.getBoolean("ota.terminal.err");
        return new Terminal(
                isErr && Boolean.getBoolean("ota.terminal.in"), isErr, Boolean.getBoolean("ota.terminal.out"));
    }
}
