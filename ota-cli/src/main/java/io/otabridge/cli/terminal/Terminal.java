package io.otabridge.cli.terminal;

/**
 * What of the process is connected to a terminal. Java cannot tell, so the launcher says it.
 *
 * @param canAsk whether there is a person who reads questions and can answer them
 * @param canDraw whether standard error can be drawn on
 * @param showsOutput whether standard output goes to a terminal, and not to a file or a program
 */
public record Terminal(boolean canAsk, boolean canDraw, boolean showsOutput) {

    public static Terminal ofProcess() {
        boolean isErr = Boolean.getBoolean("ota.terminal.err");
        return new Terminal(
                isErr && Boolean.getBoolean("ota.terminal.in"), isErr, Boolean.getBoolean("ota.terminal.out"));
    }
}
