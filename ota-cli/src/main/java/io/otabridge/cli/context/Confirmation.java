package io.otabridge.cli.context;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.cli.terminal.TerminalEscaper;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Scanner;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options and the prompt that confirm a deletion. */
public final class Confirmation {

    private static final Set<String> YES = Set.of("y", "yes");

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
        String escaped = TerminalEscaper.of(what);
        if (!environment.terminal().canAsk()) {
            throw new CliException(
                    ExitCode.NOT_CONFIRMED,
                    "Nothing was deleted",
                    "there is no terminal on which to confirm the deletion of " + escaped,
                    "Add --yes to delete " + (items == 1 ? "it" : "them") + ", or --dry-run to only check");
        }
        environment.err().print("Delete " + escaped + "? [y/N] ");
        environment.err().flush();
        if (!YES.contains(reply(environment))) {
            throw new CliException(
                    ExitCode.NOT_CONFIRMED,
                    "Nothing was deleted",
                    "the deletion was not confirmed",
                    "Run the command again and confirm with y");
        }
    }

    private static String reply(CliEnvironment environment) {
        InterruptActions.Registration registration =
                environment.interrupts().add(() -> environment.err().println("\nNothing was deleted"));
        try {
            Scanner input = new Scanner(environment.in(), StandardCharsets.UTF_8);
            return input.hasNextLine() ? input.nextLine().strip().toLowerCase(Locale.ROOT) : "";
        } finally {
            registration.close();
        }
    }
}
