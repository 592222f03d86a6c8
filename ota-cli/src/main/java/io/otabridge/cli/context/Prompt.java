package io.otabridge.cli.context;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.cli.terminal.TerminalEscaper;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Scanner;
import java.util.Set;

/**
 * A question on the terminal before a change.
 *
 * @param verb begins the question, such as {@code Delete}
 * @param noun the change, such as {@code deletion}
 * @param nothing the message if it is not confirmed, such as {@code Nothing was deleted}
 */
public record Prompt(String verb, String noun, String nothing) {

    private static final Set<String> YES = Set.of("y", "yes");

    /**
     * Asks for a confirmation.
     *
     * @param what the end of the question "Delete …?"
     * @param advice what to do without a terminal
     * @throws CliException if there is no terminal, or the reply is not yes
     */
    public void require(String what, String advice, CliEnvironment environment) {
        String escaped = TerminalEscaper.of(what);
        if (!environment.terminal().canAsk()) {
            throw new CliException(
                    ExitCode.NOT_CONFIRMED,
                    nothing,
                    "there is no terminal on which to confirm the " + noun + " of " + escaped,
                    advice);
        }
        environment.err().print(verb + " " + escaped + "? [y/N] ");
        environment.err().flush();
        if (!YES.contains(reply(environment))) {
            throw new CliException(
                    ExitCode.NOT_CONFIRMED,
                    nothing,
                    "the " + noun + " was not confirmed",
                    "Run the command again and confirm with y");
        }
    }

    private String reply(CliEnvironment environment) {
        InterruptActions.Registration registration =
                environment.interrupts().add(() -> environment.err().println("\n" + nothing));
        try {
            Scanner input = new Scanner(environment.in(), StandardCharsets.UTF_8);
            return input.hasNextLine() ? input.nextLine().strip().toLowerCase(Locale.ROOT) : "";
        } finally {
            registration.close();
        }
    }
}
