package io.otabridge.cli.error;

import java.io.PrintStream;
import java.util.function.Supplier;

/** An error of usage or environment that the user can correct. It is printed as what happened, why, and what to do. */
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
     * Returns the value of a supplier that checks arguments against the configuration and sends nothing.
     *
     * @throws CliException if the supplier throws an {@link IllegalArgumentException}
     */
    public static <T> T requireValid(Supplier<T> checked) {
        try {
            return checked.get();
        } catch (IllegalArgumentException invalid) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The arguments do not match the configuration",
                    String.valueOf(invalid.getMessage()),
                    "Correct the arguments or the configuration; nothing was sent");
        }
    }

    /**
     * Checks that all output was written.
     *
     * @throws CliException if writing failed
     */
    public static void requireWritten(PrintStream out) {
        if (out.checkError()) {
            throw new CliException(
                    ExitCode.INTERNAL_ERROR,
                    "The output could not be written",
                    "standard output is closed or full",
                    "Check where the output goes, and run the command again");
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
