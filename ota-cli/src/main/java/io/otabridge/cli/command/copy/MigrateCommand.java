package io.otabridge.cli.command.copy;

import io.otabridge.app.OtaBridge;
import io.otabridge.app.migration.Migration;
import io.otabridge.app.migration.MigrationListener;
import io.otabridge.app.migration.MigrationPlan;
import io.otabridge.app.migration.MigrationReport;
import io.otabridge.app.migration.MigrationRequest;
import io.otabridge.cli.command.ChangeReport;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.Hints;
import io.otabridge.cli.context.Prompt;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.report.MigrationHtmlReport;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.TransferProgress;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies the packages of a backend to another one. */
@Command(
        name = "migrate",
        description = {
            "Copies the firmware packages of a backend to another one, oldest first, and verifies them. It first shows a plan"
                    + " that names what cannot be copied and why, and asks for a confirmation.",
            "Every step is recorded in a journal. Repeat the command after an interruption: it continues, and copies nothing"
                    + " twice. Packages arrive unverified where the vendor has a verification step."
        })
public final class MigrateCommand implements Callable<Integer> {

    private static final Prompt PROMPT = new Prompt("Copy", "copy", "Nothing was copied");
    private static final int MIB_SHIFT = 20;

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "<FROM>", description = "The backend to copy from.")
    private @Nullable String from;

    @Parameters(index = "1", paramLabel = "<TO>", description = "The backend to copy to.")
    private @Nullable String to;

    @CommandLine.Option(
            names = "--product",
            paramLabel = "NAME",
            description = "Only packages of this product: its name in the configuration, or its id on FROM.")
    private @Nullable String product;

    @CommandLine.Option(
            names = "--newest",
            paramLabel = "N",
            description = "Only the newest N packages that can be copied, including those that TO has.")
    private @Nullable Integer newest;

    @CommandLine.Option(
            names = "--ignore-limit",
            description = "Copy more packages than the documented limit of TO, if the vendor has increased it.")
    private boolean ignoresLimit;

    @CommandLine.Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many packages are copied at the same time, 1 to 16. Default: ${DEFAULT-VALUE}.")
    private int concurrency;

    @CommandLine.Option(
            names = "--state",
            paramLabel = "FOLDER",
            description = "Where journals are kept. Default: $XDG_STATE_HOME/otabridge, or ~/.local/state/otabridge.")
    private @Nullable Path state;

    @CommandLine.Option(
            names = "--spool",
            paramLabel = "FOLDER",
            description = "Where files are stored while they are copied. Default: beside the journal.")
    private @Nullable Path spool;

    @CommandLine.Option(
            names = "--spool-limit",
            paramLabel = "MIB",
            defaultValue = "4096",
            description = "The maximum size of these files together, in MiB. Default: ${DEFAULT-VALUE}.")
    private int spoolLimit;

    @CommandLine.Option(
            names = "--deep",
            description = "Verify by downloading all files from TO, in addition to the digests that it reports.")
    private boolean isDeep;

    @CommandLine.Option(
            names = "--verify",
            description = "Copy nothing; verify the packages that earlier runs have created.")
    private boolean isVerify;

    @CommandLine.Option(names = "--yes", description = "Copy without confirmation.")
    private boolean isConfirmed;

    @CommandLine.Option(names = "--dry-run", description = "Only print the plan; nothing is changed.")
    private boolean isDryRun;

    @CommandLine.Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write the verification report as an HTML page.")
    private @Nullable Path html;

    public MigrateCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        OtaCommand.requireBetween(1, 16, spec, "--concurrency", concurrency);
        OtaCommand.requireBetween(1, Integer.MAX_VALUE, spec, "--spool-limit", spoolLimit);
        if (newest != null) {
            OtaCommand.requireBetween(1, Integer.MAX_VALUE, spec, "--newest", newest);
        }
        if (isVerify && (isDryRun || newest != null || product != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--verify does not go with --dry-run, --newest and --product");
        }
        Option<MigrationHtmlReport> page = Option.of(html)
                .map(file ->
                        new MigrationHtmlReport(root.environment().directory().resolve(file)));
        page.forEach(MigrationHtmlReport::requireReplaceable);
        try (OtaBridge ota = root.openAll()) {
            MigrationRequest request = CliException.requireValid(this::request);
            OtaCommand.requireBackend(request.from(), ota);
            OtaCommand.requireBackend(request.to(), ota);
            Option.of(product).forEach(name -> Hints.requireKnown(name, ota.products()));
            Migration migration = ota.migration(request);
            MigrationRenderers renderers = new MigrationRenderers(root, ota.backend(request.to()), ota.products());
            Either<OtaFailure, Integer> exitCode = isVerify
                    ? transfer(
                            migration::verify,
                            finished -> new MigrationReport(request.from(), request.to(), finished, List.empty()),
                            report -> report(renderers, report, page))
                    : CliException.requireValid(migration::plan).flatMap(plan -> run(migration, plan, renderers, page));
            return exitCode.getOrElseGet(root.errors()::failure);
        }
    }

    private MigrationRequest request() {
        MigrationRequest request = MigrationRequest.of(
                        Objects.requireNonNull(from, "from"), Objects.requireNonNull(to, "to"), stateDirectory())
                .concurrency(concurrency)
                .spoolLimit((long) spoolLimit << MIB_SHIFT);
        request = spool == null
                ? request
                : request.spoolDirectory(root.environment().directory().resolve(spool));
        request = product == null ? request : request.product(product);
        request = newest == null ? request : request.newest(newest);
        request = ignoresLimit ? request.ignorePackageLimit() : request;
        return isDeep ? request.deep() : request;
    }

    /** Returns the folder of journals. A relative path in the environment variable is ignored, as its specification says. */
    private Path stateDirectory() {
        if (state != null) {
            return root.environment().directory().resolve(state);
        }
        Path home = root.environment().context().home();
        return root.environment()
                .context()
                .environment("XDG_STATE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .getOrElse(() -> home.resolve(".local").resolve("state"))
                .resolve("otabridge");
    }

    private Either<OtaFailure, Integer> run(
            Migration migration, MigrationPlan plan, MigrationRenderers renderers, Option<MigrationHtmlReport> page) {
        if (isDryRun) {
            root.print(() -> renderers.text(plan), () -> JsonOutput.masked(plan), () -> renderers.csv(plan));
            return Either.right(ExitCode.FOUND);
        }
        boolean hasWork = plan.packages().exists(one -> one.action() != MigrationPlan.Action.NONE);
        if (hasWork && plan.obstacle().isEmpty() && !isConfirmed) {
            root.environment().err().print(renderers.text(plan));
            confirm(plan);
        }
        return transfer(
                listener -> migration.run(plan, listener),
                finished -> MigrationReport.of(plan, finished),
                report -> report(renderers, report, page));
    }

    private void confirm(MigrationPlan plan) {
        String what =
                ValueFormatter.count(plan.packages(MigrationPlan.Action.COPY).size(), "package") + " from "
                        + plan.from() + " to " + plan.to();
        PROMPT.require(what, "Add --yes to copy, or --dry-run to only print the plan", root.environment());
    }

    /** A run or a verification. */
    private interface Transfer {
        Either<OtaFailure, MigrationReport> run(MigrationListener listener);
    }

    /**
     * Runs a transfer, and prints its report once: at the end, or before it if the command is stopped early. Returns the exit
     * code.
     *
     * @param early returns the report of a transfer that has not ended
     */
    private Either<OtaFailure, Integer> transfer(
            Transfer transfer,
            Function<List<MigrationReport.Result>, MigrationReport> early,
            ToIntFunction<MigrationReport> printer) {
        AtomicReference<@Nullable MigrationReport> complete = new AtomicReference<>();
        ChangeReport<MigrationReport.Result> report = new ChangeReport<>(
                finished -> printer.applyAsInt(Option.of(complete.get()).getOrElse(() -> early.apply(finished))),
                root.errors());
        InterruptActions.Registration registration = root.environment()
                .interrupts()
                .add(() -> {
                    report.printEarly();
                    root.environment().err().println("\nStopped. Repeat the command: it continues where it ended");
                });
        try {
            Either<OtaFailure, MigrationReport> result = run(transfer, report);
            result.forEach(complete::set);
            return result.map(whole -> Thread.currentThread().isInterrupted() ? interrupted(report) : report.print());
        } finally {
            report.printEarly();
            registration.close();
        }
    }

    private static int interrupted(ChangeReport<MigrationReport.Result> report) {
        report.print();
        return ExitCode.INTERRUPTED;
    }

    private Either<OtaFailure, MigrationReport> run(Transfer transfer, ChangeReport<MigrationReport.Result> report) {
        try (TransferProgress progress = root.environment().transferProgress()) {
            return transfer.run(new MigrationListener() {
                @Override
                public TransferListener transfer(FirmwareSummary source, boolean isUpload) {
                    return progress.of("version " + source.version() + (isUpload ? " to " + to : ""));
                }

                @Override
                public void finished(MigrationReport.Result result) {
                    report.add(result);
                }
            });
        }
    }

    private int report(MigrationRenderers renderers, MigrationReport report, Option<MigrationHtmlReport> page) {
        page.forEach(file -> {
            file.write(report, root.environment().context().clock().instant());
            root.environment()
                    .err()
                    .println("Wrote " + TerminalEscaper.of(file.path().toString()));
        });
        root.print(() -> renderers.text(report), () -> JsonOutput.masked(report), () -> renderers.csv(report));
        List<Integer> codes =
                report.results().flatMap(MigrationReport.Result::failure).map(root.errors()::failure);
        return codes.headOption().getOrElse(() -> report.isComplete() ? ExitCode.FOUND : notVerified(report));
    }

    private int notVerified(MigrationReport report) {
        if (report.results().forAll(MigrationReport.Result::isVerified)) {
            return root.errors()
                    .print(
                            ExitCode.NOT_VERIFIED,
                            ValueFormatter.count(report.conflicts().size(), "package") + " of backend " + report.from()
                                    + " exist on backend " + report.to() + " with another content",
                            "an earlier copy is damaged, or another publication used the version",
                            "Delete them on backend " + report.to() + " and repeat the command");
        }
        int open = report.results().count(result -> !result.isVerified());
        return root.errors()
                .print(
                        ExitCode.NOT_VERIFIED,
                        ValueFormatter.count(open, "package") + " of backend " + report.to() + " could not be compared",
                        "the backend reports no digest, or the command ended early",
                        "Repeat the command; with --deep it compares all bytes");
    }
}
