package io.otabridge.cli.command.copy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.promotion.PromotionReport;
import io.otabridge.app.promotion.PromotionRequest;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.TransferProgress;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.module.OtaModule;
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
            return promote(ota, request).fold(root.errors()::failure, this::report);
        }
    }

    private Either<OtaFailure, PromotionReport> promote(OtaBridge ota, PromotionRequest request) {
        try (TransferProgress progress = root.environment().transferProgress()) {
            return ota.promote(request.listener((backend, isUpload) -> progress.of(backend)));
        }
    }

    private int report(PromotionReport report) {
        root.print(() -> text(report), () -> json(report), () -> csv(report));
        List<Integer> codes = report.results()
                .map(result -> result.published().fold(root.errors()::failure, published -> ExitCode.FOUND));
        return codes.find(code -> code != ExitCode.FOUND).getOrElse(ExitCode.FOUND);
    }

    private String text(PromotionReport report) {
        return report.results()
                .filter(result -> result.published().isRight())
                .map(this::text)
                .mkString("\n");
    }

    private String text(PromotionReport.Result result) {
        PublishResult published = result.published().get();
        Table table = Table.indented();
        result.createdModule()
                .forEach(module -> table.row("module", module.name() + (isDryRun ? ", to be created" : ", created")));
        if (!isDryRun) {
            table.row(
                    "sent",
                    published.bytesSent() == 0 ? "nothing" : ValueFormatter.exactAndShortSize(published.bytesSent()));
        }
        published.warnings().forEach(warning -> table.row("warning", warning));
        String where = " on backend " + result.to();
        String sentence = published
                .firmware()
                .map(firmware -> published.alreadyExisted()
                        ? "Firmware " + firmware.id() + " already exists" + where + " with the same content"
                        : "Created firmware " + firmware.id() + where)
                .getOrElse("Would create a package" + where);
        return TerminalEscaper.of(sentence) + "\n"
                + table.fit(root.environment().formatter().width());
    }

    private static ObjectNode json(PromotionReport report) {
        ObjectNode json = JsonOutput.object()
                .put("from", report.from())
                .put("firmware", report.firmware().id().value())
                .put("complete", report.failure().isEmpty());
        ArrayNode promotions = json.putArray("promotions");
        report.results().filter(result -> result.published().isRight()).forEach(result -> promotions.add(json(result)));
        ArrayNode failed = json.putArray("failed");
        report.results()
                .filter(result -> result.published().isLeft())
                .forEach(result -> failed.addObject()
                        .put("backend", result.to())
                        .putPOJO("failure", result.published().getLeft()));
        return json;
    }

    private static ObjectNode json(PromotionReport.Result result) {
        PublishResult published = result.published().get();
        return JsonOutput.object()
                .put("backend", result.to())
                .put("outcome", outcome(published))
                .put(
                        "id",
                        published
                                .firmware()
                                .map(Firmware::id)
                                .map(FirmwareId::value)
                                .getOrNull())
                .put(
                        "createdModule",
                        result.createdModule()
                                .map(OtaModule::name)
                                .map(Object::toString)
                                .getOrNull())
                .put("bytesSent", published.bytesSent())
                .putPOJO("warnings", published.warnings());
    }

    private static String outcome(PublishResult published) {
        if (published.firmware().isEmpty()) {
            return "would-create";
        }
        return published.alreadyExisted() ? "already-exists" : "created";
    }

    private static CsvWriter csv(PromotionReport report) {
        CsvWriter csv =
                CsvWriter.of(java.util.List.of("backend", "outcome", "id", "created_module", "bytes_sent", "warnings"));
        report.results().filter(result -> result.published().isRight()).forEach(result -> {
            PublishResult published = result.published().get();
            csv.row(java.util.List.of(
                    result.to(),
                    outcome(published),
                    CsvWriter.cell(published.firmware().map(Firmware::id)),
                    CsvWriter.cell(result.createdModule().map(OtaModule::name)),
                    String.valueOf(published.bytesSent()),
                    published.warnings().mkString("; ")));
        });
        return csv;
    }
}
