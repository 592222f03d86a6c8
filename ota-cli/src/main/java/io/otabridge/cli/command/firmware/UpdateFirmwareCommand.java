package io.otabridge.cli.command.firmware;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.vavr.control.Either;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Updates the texts of a package. */
@Command(
        name = "update",
        description =
                "Updates the name, description or custom info of a firmware package (Alibaba, Tuya). An option that is"
                        + " not given changes nothing.")
public final class UpdateFirmwareCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "<id>", description = "The vendor's id of the package.")
    private @Nullable FirmwareId id;

    @Option(names = "--name", paramLabel = "N", description = "The new name.")
    private @Nullable String name;

    @Option(names = "--description", paramLabel = "D", description = "The new description.")
    private @Nullable String description;

    @Option(
            names = "--custom-info",
            paramLabel = "TEXT",
            description = "The new text that is sent to devices with the upgrade notice.")
    private @Nullable String customInfo;

    @Option(names = "--dry-run", description = "Only print what the package would become; nothing is changed.")
    private boolean isDryRun;

    public UpdateFirmwareCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        FirmwareId updated = Objects.requireNonNull(id, "id");
        FirmwareUpdate change = change();
        String outcome = isDryRun ? "would-update" : "updated";
        return root.execute(
                selected -> update(selected, updated, change),
                new ResultRenderers<Firmware>(
                        (backend, firmware) -> "Firmware " + firmware.id() + (isDryRun ? " would become" : " is now")
                                + "\n\n"
                                + text(firmware),
                        (backend, firmware) -> JsonOutput.withMaskedLinks(backend, "firmware", firmware)
                                .put("outcome", outcome),
                        (backend, firmware) -> CsvWriter.of(java.util.List.of(
                                        "backend", "vendor", "outcome", "id", "name", "description", "custom_info"))
                                .row(java.util.List.of(
                                        backend.name(),
                                        backend.vendor().name(),
                                        outcome,
                                        firmware.id().value(),
                                        CsvWriter.cell(firmware.name()),
                                        CsvWriter.cell(firmware.description()),
                                        CsvWriter.cell(firmware.customInfo())))));
    }

    private FirmwareUpdate change() {
        if (name == null && description == null && customInfo == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Missing required option: --name=N, --description=D or --custom-info=TEXT, or several of them");
        }
        try {
            return new FirmwareUpdate(
                    io.vavr.control.Option.of(name),
                    io.vavr.control.Option.of(description),
                    io.vavr.control.Option.of(customInfo));
        } catch (IllegalArgumentException blank) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Name, description and custom info must not be blank; no vendor documents how to remove one");
        }
    }

    private Either<OtaFailure, Firmware> update(SelectedBackend selected, FirmwareId updated, FirmwareUpdate change) {
        return isDryRun
                ? selected.firmwareCommands(true).update(updated, change)
                : root.change(
                        selected,
                        "the update of firmware " + updated,
                        io.vavr.collection.List.of("firmware", "show", updated.value()),
                        () -> selected.firmwareCommands(false).update(updated, change));
    }

    private String text(Firmware firmware) {
        return Table.plain()
                .row("firmware id", firmware.id().value())
                .row("version", firmware.version().value())
                .row("name", ValueFormatter.orAbsent(firmware.name()))
                .row("description", ValueFormatter.orAbsent(firmware.description()))
                .row("custom info", ValueFormatter.orAbsent(firmware.customInfo()))
                .fit(root.environment().formatter().width());
    }
}
