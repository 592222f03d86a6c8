package io.otabridge.cli.command.copy;

import io.otabridge.app.OtaBridge;
import io.otabridge.app.promotion.PromotionReport;
import io.otabridge.app.promotion.PromotionRequest;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.command.firmware.PublishRenderers;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.file.TemporaryFolder;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.cli.terminal.TransferProgress;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.Tuple;
import io.vavr.collection.List;
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

/** Publishes a package of one backend on others. */
@Command(
        name = "promote",
        description = {
            "Publishes a firmware package of one backend on others: downloads and verifies its files once, and uploads"
                    + " them to all concurrently. Missing modules are created. The ids of the product come from"
                    + " the configuration.",
            "It is safe to repeat the command: a backend that has the package is not changed. Packages arrive unverified"
                    + " where the vendor has a verification step."
        })
public final class PromoteCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "<ID>", description = "The id of the package on the source.")
    private @Nullable String id;

    @Option(names = "--from", paramLabel = "NAME", required = true, description = "The backend that has the package.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "NAME",
            required = true,
            split = ",",
            description = "The backends to publish on, separated by commas.")
    private String @Nullable [] to;

    @Option(names = "--dry-run", description = "Make the same checks, but download, upload and create nothing.")
    private boolean isDryRun;

    public PromoteCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (root.isBackendGiven()) {
            throw new ParameterException(spec.commandLine(), "--backend does not apply here: use --from and --to");
        }
        try (OtaBridge ota = root.openAll()) {
            PromotionRequest request = CliException.requireValid(() -> {
                PromotionRequest plain = PromotionRequest.of(
                        FirmwareId.of(Objects.requireNonNull(id, "id")),
                        Objects.requireNonNull(from, "from"),
                        Objects.requireNonNull(to, "to"));
                return isDryRun ? plain.dryRun() : plain;
            });
            request.to().prepend(request.from()).forEach(name -> OtaCommand.requireBackend(name, ota));
            return promote(ota, request).fold(root.errors()::failure, report -> report(ota, report));
        }
    }

    private Either<OtaFailure, PromotionReport> promote(OtaBridge ota, PromotionRequest request) {
        TemporaryFolder spool = TemporaryFolder.create("ota-promote-");
        InterruptActions.Registration registration = root.environment()
                .interrupts()
                .add(() -> {
                    spool.close();
                    root.environment().startLine();
                    root.errors()
                            .print(
                                    ExitCode.INTERRUPTED,
                                    "The promotion of firmware " + request.firmware() + " of backend " + request.from()
                                            + " was stopped",
                                    isDryRun ? "" : "it may have been published on some of the backends",
                                    "Repeat the command: a backend that has the package is not changed");
                });
        try (spool;
                TransferProgress progress = root.environment().transferProgress()) {
            return ota.promote(
                    request.spoolDirectory(spool.path()).listener((backend, isUpload) -> progress.of(backend)));
        } finally {
            registration.close();
        }
    }

    private int report(OtaBridge ota, PromotionReport report) {
        Firmware source = report.firmware();
        PublishRenderers renderers = renderers(source, source.files());
        List<PromotionReport.Result> published =
                report.results().filter(result -> result.published().isRight());
        root.print(
                () -> published.map(result -> text(ota, source, result)).mkString("\n"),
                () -> JsonOutput.masked(report),
                () -> {
                    CsvWriter csv = PublishRenderers.csv();
                    published.forEach(result -> renderers.row(
                            csv, ota.backend(result.to()), result.published().get()));
                    return csv;
                });
        List<Integer> codes = report.results()
                .flatMap(result -> result.published().swap().toOption())
                .map(root.errors()::failure);
        return codes.headOption().getOrElse(ExitCode.FOUND);
    }

    private PublishRenderers renderers(Firmware source, List<FirmwareFile> files) {
        return new PublishRenderers(root, source.version(), source.target(), files, io.vavr.control.Option.none());
    }

    private String text(OtaBridge ota, Firmware source, PromotionReport.Result result) {
        return renderers(source, result.files())
                .text(
                        new SelectedBackend(ota.backend(result.to()), ota.products(), root.hints()),
                        result.published().get(),
                        result.createdModule()
                                .map(module -> Tuple.of(
                                        "module", module.name() + (isDryRun ? ", to be created" : ", created")))
                                .toList());
    }
}
