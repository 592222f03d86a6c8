package io.otabridge.cli.context;

import io.otabridge.cli.error.CliException;
import picocli.CommandLine.Option;

/** The options and the prompt that confirm a deletion. */
public final class Confirmation {

    private static final Prompt PROMPT = new Prompt("Delete", "deletion", "Nothing was deleted");

    @Option(names = "--yes", description = "Delete without confirmation.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only print what would be deleted; nothing is changed.")
    private boolean dryRun;

    @Option(names = "--must-exist", description = "Fail if there is nothing to delete.")
    private boolean mustExist;

    public boolean mustExist() {
        return mustExist;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    /** Whether the command line confirms the deletion. */
    public boolean isGiven() {
        return yes && !dryRun;
    }

    /**
     * Prompts for a confirmation on the terminal.
     *
     * @param what the end of the prompt "Delete …?"
     * @throws CliException if there is no terminal, or the reply is not yes
     */
    public void require(String what, CliEnvironment environment) {
        require(what, 1, environment);
    }

    /** As above, for a number of items. */
    public void require(String what, int items, CliEnvironment environment) {
        PROMPT.require(
                what,
                "Add --yes to delete " + (items == 1 ? "it" : "them") + ", or --dry-run to only check",
                environment);
    }
}
