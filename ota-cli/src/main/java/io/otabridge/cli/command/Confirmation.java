package io.otabridge.cli.command;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.terminal.TerminalEscaper;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Scanner;
import java.util.Set;
import picocli.CommandLine.Option;

/** What stands between a command and the deletion that it is for. */
final class Confirmation {

    private static final Set<String> YES = Set.of("y", "yes");

    @Option(names = "--yes", description = "Delete without asking.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only say what would be deleted; nothing is changed.")
    private boolean dryRun;

    boolean isDryRun() {
        return dryRun;
    }

    /** Whether the command line says yes already. */
    boolean isGiven() {
        return yes && !dryRun;
    }

    /**
     * Insists on a yes of the person at the terminal.
     *
     * @param what would be deleted, as the end of the question "Delete …?"
     * @throws CliException if there is no yes
     */
    void require(String what, CliEnvironment surroundings) {
        String shown = TerminalEscaper.of(what);
        if (!surroundings.terminal().canAsk()) {
            throw new CliException(
                    ExitCode.NOT_CONFIRMED,
                    "Nothing was deleted",
                    "there is no terminal on which to confirm the deletion of " + shown,
                    "Add --yes to delete it, or --dry-run to only check");
        }
        surroundings.err().print("Delete " + shown + "? [y/N] ");
        surroundings.err().flush();
        Scanner answers = new Scanner(surroundings.in(), StandardCharsets.UTF_8);
        String answer = answers.hasNextLine() ? answers.nextLine().strip().toLowerCase(Locale.ROOT) : "";
        if (!YES.contains(answer)) {
            throw new CliException(
                    ExitCode.NOT_CONFIRMED,
                    "Nothing was deleted",
                    "the answer was not yes",
                    "Ask again if you meant it");
        }
    }
}
