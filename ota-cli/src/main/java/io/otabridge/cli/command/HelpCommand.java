package io.otabridge.cli.command;

import io.otabridge.cli.error.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints the help of a command. */
@Command(name = "help", description = "Prints the help of a command, as --help does: ota help firmware list")
public final class HelpCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command. Default: ota itself.")
    private String[] path = {};

    public HelpCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        CommandLine command = spec.root().commandLine();
        for (String name : path) {
            CommandLine next = command.getSubcommands().get(name);
            if (next == null) {
                throw new UnmatchedArgumentException(command, java.util.List.of(name));
            }
            command = next;
        }
        command.usage(root.environment().out());
        return ExitCode.FOUND;
    }
}
