package io.otabridge.cli.context;

import picocli.CommandLine.Option;

/** The options that confirm a change, or only describe it. */
public final class ChangeOptions {

    @Option(names = "--yes", description = "Do it without confirmation.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Make the same checks and look-ups, but change nothing.")
    private boolean dryRun;

    public boolean isDryRun() {
        return dryRun;
    }

    /** Whether the command line confirms the change. */
    public boolean isConfirmed() {
        return yes;
    }

    /**
     * Asks for a confirmation on the terminal.
     *
     * @param what the change, after the verb of the question
     */
    public void confirm(Prompt prompt, String what, CliEnvironment environment) {
        prompt.require(what, "Add --yes to do it, or --dry-run to only check", environment);
    }
}
