package io.otabridge.cli.command.firmware;

import io.otabridge.cli.command.DeleteAction;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.Confirmation;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.Column;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.backend.Backend;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists and aborts unfinished uploads. */
@Command(
        name = "uploads",
        description = {
            "Lists the unfinished uploads in the configured bucket, whose parts use storage (Huawei).",
            "'publish' with the same file continues them. With --abort, one or all of them are deleted after confirmation."
        })
public final class UploadsCommand implements Callable<Integer> {

    private static final String ALL = "";

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--abort",
            paramLabel = "ID",
            arity = "0..1",
            fallbackValue = ALL,
            description =
                    "Abort this upload, or all. Several, and without a terminal also one, need --yes or --dry-run.")
    private @Nullable String abort;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    public UploadsCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (abort == null) {
            return root.execute(
                    UploadsCommand::uploads,
                    new ResultRenderers<List<UnfinishedUpload>>(
                            (backend, uploads) -> table(uploads),
                            (backend, uploads) -> JsonOutput.of(backend, "uploads", uploads),
                            UploadsCommand::csv));
        }
        String id = abort;
        if (id.startsWith("--")) {
            // The value is optional, so a mistyped option could be taken for an id.
            throw new ParameterException(spec.commandLine(), "not an id: " + id, spec.findOption("--abort"), id);
        }
        return id.equals(ALL)
                ? root.run(selected -> uploads(selected)
                        .fold(
                                root.errors()::failure,
                                uploads -> uploads.isEmpty()
                                        ? nothing(selected)
                                        : DeleteAction.run(
                                                uploads.map(upload -> abortion(upload.id())),
                                                root,
                                                selected,
                                                confirmation)))
                : abortion(id).run(root, confirmation);
    }

    private int nothing(SelectedBackend selected) {
        String text = "Nothing to delete: backend " + selected.backend().name() + " has no unfinished uploads";
        if (confirmation.mustExist()) {
            throw new CliException(
                    ExitCode.NOT_FOUND, text, "", "Check the backend; without --must-exist, this is a success");
        }
        return DeleteAction.runConfirmed(
                List.<DeleteAction<UnfinishedUpload>>empty(),
                root,
                selected,
                confirmation.isDryRun(),
                empty -> TerminalEscaper.of(text) + "\n",
                Function.identity());
    }

    private static Either<OtaFailure, List<UnfinishedUpload>> uploads(SelectedBackend selected) {
        return selected.firmwareCommands(false).unfinishedUploads();
    }

    private static DeleteAction<UnfinishedUpload> abortion(String id) {
        return new DeleteAction<>(
                "unfinished upload " + id,
                List.of("firmware", "uploads"),
                upload -> "object " + upload.location().key().getOrElse("without a key"),
                selected -> find(selected, id),
                (selected, isDryRun) -> {
                    Either<OtaFailure, UnfinishedUpload> found = find(selected, id);
                    return found.isLeft() && found.getLeft() instanceof OtaFailure.NotFound
                            ? Either.right(new DeleteAction.Deleted(DeleteResult.NOT_FOUND))
                            : found.flatMap(upload ->
                                            selected.firmwareCommands(isDryRun).abort(upload))
                                    .map(DeleteAction.Deleted::new);
                });
    }

    private static Either<OtaFailure, UnfinishedUpload> find(SelectedBackend selected, String id) {
        Backend backend = selected.backend();
        return uploads(selected)
                .flatMap(uploads -> uploads.find(upload -> upload.id().equals(id))
                        .toEither(() -> new OtaFailure.NotFound(FailureDetails.of(
                                new OperationContext(backend.name(), backend.vendor(), "unfinishedUploads"),
                                "Backend " + backend.name() + " has no unfinished upload " + id,
                                "List them with ota firmware uploads"))));
    }

    private String table(List<UnfinishedUpload> uploads) {
        if (uploads.isEmpty()) {
            return "No unfinished uploads\n";
        }
        Table table = Table.of(
                Column.required("UPLOAD ID"),
                Column.optional(2, "BUCKET"),
                Column.required("OBJECT KEY"),
                Column.optional(1, "STARTED"));
        uploads.forEach(upload -> table.row(
                upload.id(),
                ValueFormatter.orAbsent(upload.location().bucket()),
                ValueFormatter.orAbsent(upload.location().key()),
                ValueFormatter.orAbsent(upload.started())));
        return table.fit(root.environment().formatter().width());
    }

    private static CsvWriter csv(Backend backend, List<UnfinishedUpload> uploads) {
        CsvWriter csv = CsvWriter.of(java.util.List.of("backend", "vendor", "id", "bucket", "key", "started"));
        uploads.forEach(upload -> csv.row(java.util.List.of(
                backend.name(),
                backend.vendor().name(),
                upload.id(),
                CsvWriter.cell(upload.location().bucket()),
                CsvWriter.cell(upload.location().key()),
                CsvWriter.cell(upload.started()))));
        return csv;
    }
}
