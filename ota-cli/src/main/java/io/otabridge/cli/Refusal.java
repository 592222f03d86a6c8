package io.otabridge.cli;

/** The command cannot do what it was asked for, and the person who asked can change that. */
final class Refusal extends RuntimeException {

    private final int exitCode;
    private final String what;
    private final String why;
    private final String advice;

    Refusal(int exitCode, String what, String why, String advice) {
        super(what + ": " + why);
        this.exitCode = exitCode;
        this.what = what;
        this.why = why;
        this.advice = advice;
    }

    /** What was asked for does not fit the configuration, as the exception says. */
    static Refusal usage(IllegalArgumentException wrong) {
        return new Refusal(
                ExitCode.USAGE,
                "What was asked for does not fit the configuration",
                String.valueOf(wrong.getMessage()),
                "Correct the one or the other; nothing was sent");
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
