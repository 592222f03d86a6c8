package io.otabridge.cli.command.firmware;

import io.otabridge.app.OtaBridge;
import io.otabridge.cli.command.BackendsOption;
import io.otabridge.cli.command.ConcurrentChanges;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.cli.terminal.TransferProgress;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes a package on one backend, or on several. */
@Command(
        name = "publish",
        description = {
            "Uploads files and creates a firmware package from them, on one backend or on several concurrently.",
            "It first looks for the package, so it is safe to repeat the command: what exists is not created or uploaded"
                    + " again. Two commands at the same time can create two packages on Huawei, which is reported."
                    + " A package with another content is never replaced."
        })
public final class PublishFirmwareCommand implements Callable<Integer> {

    private final OtaCommand root;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private @Nullable PublishSource source;

    @Mixin
    private NewFirmwareOptions options = new NewFirmwareOptions();

    @Mixin
    private BackendsOption backends = new BackendsOption();

    @Option(
            names = "--require-verified",
            description = "Exit with code 1 if the package still needs a verification job before a rollout.")
    private boolean requiresVerified;

    @Option(names = "--dry-run", description = "Make the same checks, but upload and create nothing.")
    private boolean isDryRun;

    public PublishFirmwareCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        PublishSource published = Objects.requireNonNull(source, "source");
        try (OtaBridge ota = root.open()) {
            List<SelectedBackend> selected = backends.select(root, ota, options.product());
            Map<SelectedBackend, NewFirmware> packages = selected.toMap(one -> one, options::on);
            List<Artifact> files = read(published);
            return ConcurrentChanges.run(
                    root,
                    selected,
                    (one, listener) -> send(one, packages.get(one).get(), files, listener),
                    results -> report(selected, results, files),
                    one -> stopped(one, packages.get(one).get()));
        }
    }

    private List<Artifact> read(PublishSource published) {
        InterruptActions.Registration registration = root.environment()
                .interrupts()
                .add(() -> {
                    root.environment().startLine();
                    root.errors()
                            .print(
                                    ExitCode.INTERRUPTED,
                                    "The command was stopped while it read the file",
                                    "",
                                    "Repeat the command; nothing was sent");
                });
        try (TransferProgress progress = root.environment().transferProgress()) {
            return published.files(root.environment(), progress.of("reading"));
        } finally {
            registration.close();
        }
    }

    private void stopped(SelectedBackend selected, NewFirmware firmware) {
        if (isDryRun) {
            root.errors()
                    .print(
                            ExitCode.INTERRUPTED,
                            selected.backend(),
                            "The dry run was stopped on backend "
                                    + selected.backend().name(),
                            "",
                            "Repeat the command; nothing was changed");
            return;
        }
        boolean isContinued = selected.backend().capabilities().has(Capability.UNFINISHED_UPLOADS);
        root.errors()
                .print(
                        ExitCode.INTERRUPTED,
                        selected.backend(),
                        "The command was stopped during the publication of " + firmware + " on backend "
                                + selected.backend().name(),
                        "a request may have been sent, so its outcome is not known",
                        "Repeat the command to continue: it looks for the package first, and sends "
                                + (isContinued
                                        ? "only the parts of a large file that are missing. Unfinished uploads: "
                                                + root.commandLine(selected, List.of("firmware", "uploads"))
                                                + ". "
                                        : "the file again if there is none. ")
                                + "To look only: " + root.commandLine(selected, find(firmware)));
    }

    private Either<OtaFailure, PublishResult> send(
            SelectedBackend selected, NewFirmware firmware, List<Artifact> files, TransferListener listener) {
        FirmwareCommandPort port = selected.firmwareCommands(isDryRun);
        return Objects.requireNonNull(source, "source")
                .stored()
                .map(stored -> port.publish(firmware, stored))
                .getOrElse(() -> port.publish(firmware, files, listener));
    }

    /** Returns the arguments of the command that finds the package. */
    private List<String> find(NewFirmware firmware) {
        return List.of(
                        "firmware",
                        "find",
                        "--product",
                        options.product(),
                        "--firmware-version",
                        options.version().value())
                .appendAll(
                        FirmwareRenderers.targetOptions(firmware.coordinates().target()));
    }

    /** Prints the results and failures. Returns the exit code of the first backend that has one. */
    private int report(
            List<SelectedBackend> selected,
            List<ConcurrentChanges.Result<PublishResult>> results,
            List<Artifact> files) {
        PublishRenderers renderers = new PublishRenderers(
                root,
                options.version(),
                options.target(),
                files.map(Artifact::toFile),
                Objects.requireNonNull(source, "source").stored());
        if (backends.isGiven()) {
            root.print(
                    () -> renderers.text(results),
                    () -> renderers.json(selected, results),
                    () -> renderers.csv(results));
        } else if (results.exists(one -> one.result().isRight())) {
            root.print(
                    () -> renderers.text(results), () -> renderers.json(results.head()), () -> renderers.csv(results));
        }
        List<Integer> codes = results.map(this::exitCode);
        return codes.find(code -> code != ExitCode.FOUND).getOrElse(ExitCode.FOUND);
    }

    private int exitCode(ConcurrentChanges.Result<PublishResult> one) {
        return one.result()
                .fold(
                        root.errors()::failure,
                        published -> published
                                .firmware()
                                .filter(firmware -> requiresVerified
                                        && !firmware.verification().permitsRollout())
                                .map(firmware -> notVerified(one.selected(), firmware))
                                .getOrElse(ExitCode.FOUND));
    }

    private int notVerified(SelectedBackend selected, Firmware firmware) {
        return root.errors()
                .print(
                        ExitCode.NOT_VERIFIED,
                        selected.backend(),
                        "Firmware " + firmware.id() + " on backend "
                                + selected.backend().name() + " is not verified",
                        "its state is " + firmware.verification().code().replace('-', ' ')
                                + "; the vendor needs a verification job on a test device",
                        verify(selected, firmware)
                                + ", and repeat the command, which sends no file again. To look at the state: "
                                + root.commandLine(
                                        selected,
                                        List.of(
                                                "firmware",
                                                "show",
                                                firmware.id().value())));
    }

    private String verify(SelectedBackend selected, Firmware firmware) {
        return selected.backend().capabilities().has(Capability.VERIFY_FIRMWARE)
                ? "Verify it: "
                        + root.commandLine(
                                selected,
                                List.of("firmware", "verify", firmware.id().value(), "--devices", "LIST"))
                : "Verify it in the vendor's console";
    }
}
