package io.otabridge.cli.error;

import java.io.PrintStream;
import java.util.function.Supplier;

/** The command cannot do what it was asked for, and the person who asked can change that. */
public final class CliException extends RuntimeException {

    private final int exitCode;
    private final String what;
    private final String why;
    private final String advice;

    public CliException(int exitCode, String what, String why, String advice) {
        super(what + ": " + why);
        this.exitCode = exitCode;
        this.what = what;
        this.why = why;
        this.advice = advice;
    }

    /**
     * Takes what was asked for and holds it against the configuration. It must not send anything.
     *
     * @throws CliException if the one does not fit the other, which an {@link IllegalArgumentException} says
     */
    public static <T> T unlessUsable(Supplier<T> asked) {
        try {
            return asked.get();
        } catch (IllegalArgumentException wrong) {
            throw new CliException(
                    ExitCode.USAGE,
                    "What was asked for does not fit the configuration",
                    String.valueOf(wrong.getMessage()),
                    "Correct the one or the other; nothing was sent");
        }
    }

    /**
     * Checks that all output was written.
     *
     * @throws CliException if it was not
     */
    public static void unlessWritten(PrintStream out) {
        if (out.checkError()) {
            throw new CliException(
                    ExitCode.INTERNAL_ERROR,
                    "The answer could not be written",
                    "standard output is closed or full",
                    "Check where the output goes, and ask again");
        }
    }

    int exitCode() {
        return exitCode;
    }

    String what() {
        return what;
    }

    String why() {
        return why;
    }

    String advice() {
        return advice;
    }
}
