package io.otabridge.cli.command.module;

import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options for alias and description. */
final class DescriptionOptions {

    @Option(names = "--alias", paramLabel = "A", description = "The display name of the module.")
    private @Nullable String alias;

    @Option(names = "--description", paramLabel = "D", description = "The description of the module.")
    private @Nullable String description;

    NewModule describe(NewModule module, CommandSpec spec) {
        requireText(spec);
        NewModule named = alias == null ? module : module.alias(alias);
        return description == null ? named : named.description(description);
    }

    private void requireText(CommandSpec spec) {
        if ((alias != null && alias.isBlank()) || (description != null && description.isBlank())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Alias and description must not be blank; no vendor documents how to remove one");
        }
    }

    ModuleUpdate toChange(CommandSpec spec) {
        if (alias == null && description == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required option: --alias=A or --description=D, or both");
        }
        requireText(spec);
        ModuleUpdate.Builder change = ModuleUpdate.builder();
        if (alias != null) {
            change.alias(alias);
        }
        if (description != null) {
            change.description(description);
        }
        return change.build();
    }
}
