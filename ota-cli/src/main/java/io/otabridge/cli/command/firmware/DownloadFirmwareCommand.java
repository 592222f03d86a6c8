package io.otabridge.cli.command.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.file.DownloadTarget;
import io.otabridge.cli.option.ByteSize;
import io.otabridge.cli.option.ExpectedDigest;
import io.otabridge.cli.option.FirmwareReference;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.TransferProgress;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.UpdateKind;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Downloads a file of a package and verifies it. */
@Command(
        name = "download",
        description = {
            "Downloads the file of a firmware package, and verifies it while it arrives.",
            "The file appears only when it is complete and correct. If the command is stopped, the next one continues the"
                    + " download."
        })
public final class DownloadFirmwareCommand implements Callable<Integer> {

    private final OtaCommand root;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private @Nullable FirmwareReference reference;

    @Option(
            names = "--file",
            paramLabel = "NAME",
            description = "The name of the file within the package, if it has several.")
    private @Nullable String fileName;

    @Option(
            names = "--to",
            paramLabel = "PATH",
            description =
                    "The file to write, or an existing directory. Default: a name of product, target and version, in the"
                            + " current directory.")
    private @Nullable String to;

    @Option(names = "--force", description = "Replace an existing file.")
    private boolean isForced;

    @Option(
            names = "--expect",
            paramLabel = "DIGEST",
            converter = ExpectedDigest.class,
            description = "The digest that the file must have, such as sha256:2c26…, for example from the build.")
    private @Nullable Checksum expected;

    @Option(
            names = "--require-digest",
            description = "Fail if neither the vendor nor --expect has a digest to verify the file with.")
    private boolean requiresDigest;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description = "Fail if the file is larger, such as 20MiB. Default: 5GiB.")
    private @Nullable Long maxBytes;

    /** A downloaded or an existing file. */
    private record Outcome(
            FirmwareId id, UpdateKind kind, String label, DownloadResult result, boolean alreadyExisted) {

        private String code() {
            return alreadyExisted ? "existed" : "downloaded";
        }
    }

    public DownloadFirmwareCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        FirmwareReference wanted = Objects.requireNonNull(reference, "reference");
        return root.execute(
                selected -> wanted.find(selected).flatMap(firmware -> download(selected, firmware)),
                new ResultRenderers<Outcome>(this::text, DownloadFirmwareCommand::json, DownloadFirmwareCommand::csv));
    }

    private Either<OtaFailure, Outcome> download(SelectedBackend selected, Firmware firmware) {
        Backend backend = selected.backend();
        Download anywhere = download(Path.of(""), TransferListener.NONE);
        return firmware.fileFor(anywhere, new OperationContext(backend.name(), backend.vendor(), "download"))
                .flatMap(file -> download(selected, firmware, file));
    }

    private Either<OtaFailure, Outcome> download(SelectedBackend selected, Firmware firmware, FirmwareFile file) {
        DownloadTarget target = DownloadTarget.of(
                root.environment().directory(),
                io.vavr.control.Option.of(to),
                DownloadTarget.fileName(nameParts(selected, firmware, file)));
        io.vavr.control.Option<DownloadResult> existing =
                target.existing(file, io.vavr.control.Option.of(expected), isForced);
        return existing.isDefined()
                ? Either.right(new Outcome(firmware.id(), firmware.kind(), target.label(), existing.get(), true))
                : transfer(selected, firmware.id(), target)
                        .map(result -> new Outcome(firmware.id(), firmware.kind(), target.label(), result, false));
    }

    private Download download(Path target, TransferListener listener) {
        return new Download(
                target,
                io.vavr.control.Option.of(fileName),
                io.vavr.control.Option.of(expected),
                requiresDigest,
                maxBytes == null ? Download.DEFAULT_MAX_BYTES : maxBytes,
                listener);
    }

    private static List<String> nameParts(SelectedBackend selected, Firmware firmware, FirmwareFile file) {
        String product = firmware.product()
                .map(Product::id)
                .map(id ->
                        selected.products().name(selected.backend().name(), id).getOrElse(id.value()))
                .getOrElse("firmware");
        int index = firmware.files().indexOf(file);
        return List.of(product, target(firmware.target()), firmware.version().value())
                .appendAll(firmware.files().size() > 1 ? List.of("file" + (index + 1)) : List.empty());
    }

    private static String target(FirmwareTarget target) {
        return target instanceof FirmwareTarget.Module module ? module.name().value() : target.code();
    }

    private Either<OtaFailure, DownloadResult> transfer(
            SelectedBackend selected, FirmwareId id, DownloadTarget target) {
        InterruptActions.Registration registration = root.environment()
                .interrupts()
                .add(() -> {
                    root.environment().startLine();
                    root.errors()
                            .print(
                                    ExitCode.INTERRUPTED,
                                    selected.backend(),
                                    "The download of firmware " + id + " was stopped",
                                    "the bytes that arrived are kept beside " + target.label(),
                                    "Repeat the command to continue the download");
                });
        try (TransferProgress progress = root.environment().transferProgress()) {
            TransferListener listener = progress.of(selected.backend().name());
            return selected.backend().firmware().download(id, download(target.path(), listener));
        } finally {
            registration.close();
        }
    }

    private String text(Backend backend, Outcome outcome) {
        DownloadResult result = outcome.result();
        Table table = Table.indented()
                .row("size", ValueFormatter.exactAndShortSize(result.size()))
                .row("SHA-256", result.sha256().value())
                .row("check", check(result.check()));
        if (result.resumedAt() > 0) {
            table.row("continued", "after " + ValueFormatter.exactAndShortSize(result.resumedAt()));
        }
        if (outcome.kind() instanceof UpdateKind.Delta) {
            table.row("kind", FirmwareTable.kind(outcome.kind()) + ", and no full image");
        }
        String firmware = "firmware " + outcome.id() + " of backend " + backend.name();
        return TerminalEscaper.of(
                        outcome.alreadyExisted()
                                ? outcome.label() + " has the content of " + firmware
                                        + " already; nothing was downloaded"
                                : "Downloaded " + firmware + " to " + outcome.label())
                + "\n" + table.fit(root.environment().formatter().width());
    }

    private String check(DownloadResult.DigestCheck check) {
        return switch (check) {
            case VERIFIED -> "verified with the " + (expected == null ? "SHA-256 of the vendor" : "digest of --expect");
            case ACCIDENTAL_CHANGES_ONLY ->
                "protects only against accidental changes: the vendor has an MD5, or a digest in the object's metadata; for"
                        + " more, use --expect";
            case NOT_VERIFIED -> "not verified: the vendor has no digest; use --expect";
        };
    }

    private static ObjectNode json(Backend backend, Outcome outcome) {
        ObjectNode json = JsonOutput.object()
                .put("backend", backend.name())
                .put("vendor", backend.vendor().name())
                .put("id", outcome.id().value())
                .put("kind", outcome.kind().code())
                .put("outcome", outcome.code());
        return json.setAll(JsonOutput.fields(outcome.result()));
    }

    private static CsvWriter csv(Backend backend, Outcome outcome) {
        DownloadResult result = outcome.result();
        return CsvWriter.of(java.util.List.of(
                        "backend", "vendor", "id", "outcome", "file", "size", "sha256", "check", "resumed_at"))
                .row(java.util.List.of(
                        backend.name(),
                        backend.vendor().name(),
                        outcome.id().value(),
                        outcome.code(),
                        result.file().toString(),
                        String.valueOf(result.size()),
                        result.sha256().value(),
                        JsonOutput.fields(result).path("check").asText(),
                        String.valueOf(result.resumedAt())));
    }
}
