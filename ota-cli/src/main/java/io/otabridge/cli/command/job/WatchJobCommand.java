package io.otabridge.cli.command.job;

import io.otabridge.cli.command.ConcurrentChanges;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.command.task.ListingCost;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.context.StandardInput;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.FailureSummary;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.cli.terminal.ListingProgress;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.UpgradeProgress;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Reported;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobListener;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.JobWatch;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows jobs until they end. */
@Command(
        name = "watch",
        description = {
            "Follows an upgrade job until it ends, or several at the same time, and prints the failed devices by reason.",
            "Each poll reads only the job and the number of its tasks. In a pipe, and with -o json, each change is a line of"
                    + " JSON. Ctrl-C ends the command and not the jobs; the same command continues.",
            "The exit code is 0 if every device has the new version or none needed it, 16 if some have it, and 17 if none"
                    + " has."
        })
public final class WatchJobCommand implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration MAX = Duration.ofDays(1);

    /** The exit codes that say how many devices have the new version. */
    private static final List<Integer> OF_DEVICES =
            List.of(ExitCode.FOUND, ExitCode.SOME_UPGRADED, ExitCode.NONE_UPGRADED);

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(exclusive = true, multiplicity = "1")
    private @Nullable Reference reference;

    /** Ids, or the package of the jobs. */
    static final class Reference {

        @Parameters(
                paramLabel = "<job>",
                arity = "1..*",
                description = {"The vendor's id of the job.", StandardInput.MEANING})
        private JobId[] ids = {};

        @Option(names = "--firmware", paramLabel = "ID", description = "All jobs of this package that have not ended.")
        private @Nullable FirmwareId firmware;
    }

    @Option(
            names = "--interval",
            paramLabel = "SPAN",
            converter = TimeSpan.class,
            defaultValue = "2s",
            description = "The time between two polls after a change; without a change it grows up to 1m. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Duration interval = Duration.ofSeconds(2);

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            converter = TimeSpan.class,
            description = "Stop watching after this time, with exit code 12; the jobs go on. Default: none.")
    private @Nullable Duration timeout;

    public WatchJobCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Reference given = Objects.requireNonNull(reference, "reference");
        List<JobId> ids = StandardInput.expand(List.of(given.ids), JobId::parse, root.environment());
        JobWatch watch = watch();
        FirmwareId firmware = given.firmware;
        return root.run(selected -> (firmware == null
                        ? Either.<OtaFailure, List<JobId>>right(ids)
                        : unfinished(selected, firmware))
                .fold(root.errors()::failure, found -> follow(selected, found, watch)));
    }

    private Either<OtaFailure, List<JobId>> unfinished(SelectedBackend selected, FirmwareId firmware) {
        return root.readAll(
                        selected, selected.backend().jobs().list(JobFilter.all().firmware(firmware)))
                .map(jobs -> jobs.reject(UpgradeJob::isFinal).map(UpgradeJob::id))
                .peek(ids -> root.hints()
                        .note((ids.isEmpty() ? "no job" : ValueFormatter.count(ids.size(), "job")) + " of firmware "
                                + firmware + " on backend " + selected.backend().name()
                                + (ids.size() == 1
                                        ? " has not ended"
                                        : ids.isEmpty() ? " is unfinished" : " have not ended")));
    }

    private JobWatch watch() {
        if (interval.isZero() || interval.isNegative() || interval.compareTo(MAX) > 0) {
            throw new ParameterException(spec.commandLine(), "--interval must be more than 0 and at most 1d");
        }
        if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
            throw new ParameterException(spec.commandLine(), "--timeout must be more than 0");
        }
        JobWatch watch = JobWatch.standard().every(interval, interval.compareTo(LONGEST) > 0 ? interval : LONGEST);
        return timeout == null ? watch : watch.timeout(timeout);
    }

    /** Whether events are printed in place of a progress line. */
    private boolean printsEvents() {
        return root.isJson()
                || (!root.isFormatGiven() && !root.environment().terminal().showsOutput());
    }

    /** Follows all jobs, and reports them when all have ended. Returns the exit code. */
    private int follow(SelectedBackend selected, List<JobId> ids, JobWatch watch) {
        if (ids.isEmpty()) {
            return ExitCode.FOUND;
        }
        Map<JobId, Either<OtaFailure, UpgradeJob>> results = new ConcurrentHashMap<>();
        InterruptActions.Registration registration =
                root.environment().interrupts().add(() -> stopped(selected, ids));
        try (UpgradeProgress progress = root.environment().upgradeProgress()) {
            ConcurrentChanges.forEach(
                    ids,
                    id -> results.put(
                            id, selected.backend().jobs().watch(id, watch, listener(selected, id, progress))));
        } finally {
            registration.close();
        }
        List<Integer> codes = ids.flatMap(id -> io.vavr.control.Option.of(results.get(id)))
                .map(result -> result.fold(root.errors()::failure, ended -> report(selected, ended)));
        return codes.find(code -> !OF_DEVICES.contains(code))
                .getOrElse(() -> codes.distinct().size() == 1 ? codes.head() : ExitCode.SOME_UPGRADED);
    }

    private JobListener listener(SelectedBackend selected, JobId id, UpgradeProgress progress) {
        return printsEvents()
                ? new WatchEvents(root.environment(), selected.backend(), id)
                : new ShownProgress(root, progress);
    }

    private void stopped(SelectedBackend selected, List<JobId> ids) {
        root.environment().startLine();
        List<String> texts = ids.map(JobId::value);
        boolean isOne = ids.size() == 1;
        root.errors()
                .print(
                        ExitCode.INTERRUPTED,
                        selected.backend(),
                        "The watch of " + (isOne ? "job " : "jobs ") + texts.mkString(", ") + " was stopped; the "
                                + (isOne ? "job goes on" : "jobs go on"),
                        "",
                        "Watch " + (isOne ? "it" : "them") + " again: "
                                + root.commandLine(selected, texts.prependAll(List.of("job", "watch")))
                                + (isOne
                                        ? ". To cancel it: " + commandLine(selected, "job", "cancel", texts.head())
                                        : ""));
    }

    private String commandLine(SelectedBackend selected, String... arguments) {
        return root.commandLine(selected, List.of(arguments));
    }

    /** Shows changes in the progress line, and notes failed polls. */
    private record ShownProgress(OtaCommand root, UpgradeProgress progress) implements JobListener {

        @Override
        public void changed(UpgradeJob job) {
            progress.update(job);
        }

        @Override
        public void pollFailed(OtaFailure failure, Duration retryIn) {
            if (root.environment().terminal().canDraw()) {
                progress.note(failure.summary());
            } else {
                root.hints().note(failure.summary() + "; the poll is repeated");
            }
        }
    }

    private int report(SelectedBackend selected, UpgradeJob ended) {
        FailureSummary failures = failures(selected, ended);
        if (printsEvents()) {
            new WatchEvents(root.environment(), selected.backend(), ended.id()).ended(ended, failures);
        } else {
            root.print(
                    () -> text(selected, ended, failures),
                    () -> JsonOutput.of(selected.backend(), "job", ended),
                    () -> JobRenderers.csv(selected.backend(), List.of(ended)));
        }
        return exitCode(selected, ended, failures);
    }

    /** Lists the failed tasks once. */
    private FailureSummary failures(SelectedBackend selected, UpgradeJob ended) {
        FailureSummary failures = new FailureSummary();
        // Huawei counts some failed tasks in no state.
        if (counts(ended).of(TaskState.FAILED) + counts(ended).of(TaskState.UNKNOWN) == 0) {
            return failures;
        }
        TaskFilter failed = TaskFilter.inState(TaskState.FAILED);
        ListingCost.announce(root, selected, ended.id(), failed, "");
        AtomicLong read = new AtomicLong();
        try (ListingProgress progress = root.environment().progress()) {
            selected.backend()
                    .jobs()
                    .tasks(ended.id(), failed)
                    .forEach(task -> {
                        failures.add(task);
                        progress.update(selected.backend().name(), read.incrementAndGet());
                    })
                    .peekLeft(failure ->
                            root.hints().note("the failed tasks could not all be listed: " + failure.summary()));
        }
        return failures;
    }

    private static TaskCounts counts(UpgradeJob ended) {
        return ended.counts().getOrElse(() -> new TaskCounts(HashMap.empty()));
    }

    private String text(SelectedBackend selected, UpgradeJob ended, FailureSummary failures) {
        String what = "Job " + ended.id() + " on backend " + selected.backend().name() + ": "
                + JobRenderers.label(ended.state())
                + ended.message().map(message -> " (" + message + ")").getOrElse("") + ". " + result(counts(ended));
        return TerminalEscaper.of(what) + "\n"
                + failures.table(root.environment().formatter().width());
    }

    private static String result(TaskCounts counts) {
        long succeeded = counts.of(TaskState.SUCCEEDED);
        return counts.total() == 0
                ? "The job has no tasks: no device was selected, or each had the version already"
                : succeeded + " of " + ValueFormatter.count(counts.total(), "device")
                        + (succeeded == 1 ? " has" : " have") + " the new version ("
                        + JobRenderers.counts(counts).replaceFirst("^\\d+: ", "") + ")";
    }

    private int exitCode(SelectedBackend selected, UpgradeJob ended, FailureSummary failures) {
        TaskCounts counts = counts(ended);
        long succeeded = counts.of(TaskState.SUCCEEDED);
        boolean isDone = counts.total() == 0
                ? ended.state().is(JobState.FINISHED)
                : succeeded == counts.total() && !ended.state().is(JobState.FAILED);
        if (isDone) {
            return ExitCode.FOUND;
        }
        String id = ended.id().value();
        long others = counts.total() - succeeded;
        return root.errors()
                .print(
                        succeeded > 0 ? ExitCode.SOME_UPGRADED : ExitCode.NONE_UPGRADED,
                        selected.backend(),
                        succeeded == 0
                                ? "No device of job " + id + " has the new version"
                                : others + " of " + ValueFormatter.count(counts.total(), "device") + " of job " + id
                                        + (others == 1 ? " does" : " do") + " not have the new version",
                        failures.sentence().isEmpty() ? ended.message().getOrElse("") : failures.sentence(),
                        counts.total() == 0
                                ? "Look at the job: " + commandLine(selected, "job", "show", id)
                                : advice(selected, ended));
    }

    /** A cancelled job cannot be retried on every vendor. */
    private String advice(SelectedBackend selected, UpgradeJob ended) {
        String id = ended.id().value();
        String states = List.of(TaskState.FAILED, TaskState.CANCELLED, TaskState.REMOVED)
                .filter(state -> counts(ended).of(state) > 0)
                .map(Reported::code)
                .mkString(",");
        String list = states.isEmpty()
                ? commandLine(selected, "task", "list", id)
                : commandLine(selected, "task", "list", id, "--state", states);
        String firmware = ended.firmware().map(FirmwareId::value).getOrElse("FIRMWARE");
        boolean canRetry = !ended.state().is(JobState.CANCELLED)
                && selected.backend().capabilities().has(Capability.RETRY_TASKS);
        return "Look at them: " + list
                + (canRetry
                        ? ". To retry them: " + commandLine(selected, "job", "retry", id) + ", or, with a new job: "
                        : ". For a new job: ")
                + list + " -o ids | "
                + commandLine(selected, "job", "create", firmware, "--devices", "-", "--yes");
    }
}
