package io.otabridge.cli.command;

import io.otabridge.cli.error.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script. */
@Command(
        name = "completion",
        description = {
            "Prints a completion script for bash and zsh.",
            "To use it: source <(ota completion), now or in ~/.bashrc; in zsh run 'autoload -U bashcompinit;"
                    + " bashcompinit' before."
        })
public final class CompletionCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public CompletionCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        root.environment().out().print(AutoComplete.bash("ota", spec.root().commandLine()));
        return ExitCode.FOUND;
    }
}
