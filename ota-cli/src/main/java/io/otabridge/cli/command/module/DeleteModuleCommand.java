package io.otabridge.cli.command.module;

import io.otabridge.cli.command.DeleteAction;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.Confirmation;
import io.otabridge.domain.module.OtaModule;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes a module. */
@Command(
        name = "delete",
        description =
                "Deletes a module after confirmation. Succeeds if the module does not exist, unless --must-exist is"
                        + " given.")
public final class DeleteModuleCommand implements Callable<Integer> {

    private final OtaCommand root;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private @Nullable ModuleRefOptions reference;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    public DeleteModuleCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        ModuleRefOptions options =
                Objects.requireNonNull(reference, "reference").requireId();
        DeleteAction<OtaModule> deletion = new DeleteAction<>(
                options.toString(),
                options.show(),
                module -> "name " + module.name()
                        + module.alias().map(alias -> ", alias " + alias).getOrElse(""),
                selected -> selected.backend().modules().find(options.toRef(selected)),
                (selected, isDryRun) -> selected.moduleCommands(isDryRun)
                        .delete(options.toRef(selected))
                        .map(DeleteAction.Deleted::new));
        return deletion.run(root, confirmation);
    }
}
