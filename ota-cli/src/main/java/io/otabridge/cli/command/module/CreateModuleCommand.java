package io.otabridge.cli.command.module;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.module.NewModule;
import io.vavr.control.Either;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates a module. */
@Command(
        name = "create",
        description = {
            "Creates a module in a product.",
            "Succeeds if the module already exists with the same alias and description, so it is safe to repeat the"
                    + " command after a lost response."
        })
public final class CreateModuleCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ProductAndName named = new ProductAndName();

    @Mixin
    private DescriptionOptions description = new DescriptionOptions();

    @Option(names = "--dry-run", description = "Only print what would be created; nothing is changed.")
    private boolean dryRun;

    public CreateModuleCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return root.execute(
                selected -> outcome(description.describe(named.toNew(selected), spec), selected),
                ModuleOutcome.renderers(root));
    }

    private Either<OtaFailure, ModuleOutcome> outcome(NewModule module, SelectedBackend selected) {
        String code = dryRun ? "would-create" : "created";
        return (dryRun
                        ? selected.moduleCommands(true).create(module)
                        : root.change(
                                selected,
                                "the creation of " + module.toRef(),
                                ModuleRefOptions.show(module.toRef()),
                                () -> selected.moduleCommands(false).create(module)))
                .map(created -> new ModuleOutcome(created.alreadyExisted() ? "existed" : code, created.value()));
    }
}
