package io.otabridge.cli.command.firmware;

import io.otabridge.cli.command.DeleteAction;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.Confirmation;
import io.otabridge.cli.context.StandardInput;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.collection.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes packages. */
@Command(
        name = "delete",
        description = {
            "Deletes firmware packages after confirmation. Succeeds if a package does not exist, unless --must-exist"
                    + " is given.",
            "On Huawei, the file stays in the object store, unless --with-artifact is given."
        })
public final class DeleteFirmwareCommand implements Callable<Integer> {

    static final String WITH_ARTIFACT =
            "Also delete the file in the object store, unless another package uses it (Huawei).";

    private final OtaCommand root;

    @Parameters(
            paramLabel = "<id>",
            arity = "1..*",
            description = {
                "The vendor's id of the package. Several packages need --yes or --dry-run.",
                StandardInput.MEANING
            })
    private FirmwareId[] ids = {};

    @Option(names = "--with-artifact", description = WITH_ARTIFACT)
    private boolean isWithFile;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    public DeleteFirmwareCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return DeleteAction.run(
                StandardInput.expand(List.of(ids), FirmwareId::parse, root.environment())
                        .map(id -> deletion(id, isWithFile)),
                root,
                confirmation);
    }

    /** @param isWithFile whether the stored file is deleted too */
    static DeleteAction<Firmware> deletion(FirmwareId id, boolean isWithFile) {
        return new DeleteAction<>(
                "firmware " + id,
                List.of("firmware", "show", id.value()),
                found -> "version " + found.version() + " for " + FirmwareTable.target(found.target())
                        + (isWithFile ? ", with its stored file" : ""),
                selected -> selected.backend().firmware().find(id),
                (selected, isDryRun) -> {
                    FirmwareCommandPort commands = selected.firmwareCommands(isDryRun);
                    return isWithFile
                            ? commands.deleteWithFile(id).map(DeleteAction.Deleted::new)
                            : commands.delete(id).map(DeleteAction.Deleted::new);
                });
    }
}
