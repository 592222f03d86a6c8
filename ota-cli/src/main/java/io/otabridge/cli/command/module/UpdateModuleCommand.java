package io.otabridge.cli.command.module;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.vavr.control.Either;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Updates a module. */
@Command(
        name = "update",
        description = "Updates the alias or description of a module. An option that is not given changes nothing.")
public final class UpdateModuleCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(exclusive = true, multiplicity = "1")
    private @Nullable ModuleRefOptions reference;

    @Mixin
    private DescriptionOptions description = new DescriptionOptions();

    @Option(names = "--dry-run", description = "Only print what the module would become; nothing is changed.")
    private boolean dryRun;

    public UpdateModuleCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        ModuleRefOptions options =
                Objects.requireNonNull(reference, "reference").requireId();
        ModuleUpdate change = description.toChange(spec);
        return root.execute(
                selected -> outcome(options.toRef(selected), change, selected), ModuleOutcome.renderers(root));
    }

    private Either<OtaFailure, ModuleOutcome> outcome(ModuleRef ref, ModuleUpdate change, SelectedBackend selected) {
        return (dryRun
                        ? selected.moduleCommands(true).update(ref, change)
                        : root.change(
                                selected,
                                "the update of " + ref,
                                ModuleRefOptions.show(ref),
                                () -> selected.moduleCommands(false).update(ref, change)))
                .map(module -> new ModuleOutcome(dryRun ? "would-update" : "updated", module));
    }
}
