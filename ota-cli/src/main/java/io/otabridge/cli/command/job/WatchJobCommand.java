package io.otabridge.cli.command.job;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.FailureSummary;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.cli.terminal.ListingProgress;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.UpgradeProgress;
import io.otabridge.domain.OtaFailure;
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
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows a job until it ends. */
@Command(
        name = "watch",
        description = {
            "Follows an upgrade job until it ends, and prints the failed devices by reason.",
            "Each poll reads only the job and the number of its tasks. In a pipe, and with -o json, each change is a line of"
                    + " JSON. Ctrl-C ends the command and not the job; the same command continues.",
            "The exit code is 0 if every device has the new version, 16 if some have, and 17 if none has."
        })
public final class WatchJobCommand implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "<job>", description = "The vendor's id of the job.")
    private @Nullable JobId job;

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
            description = "Stop watching after this time, with exit code 12; the job goes on. Default: none.")
    private @Nullable Duration timeout;

    public WatchJobCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JobId id = Objects.requireNonNull(job, "job");
        JobWatch watch = watch();
        return root.run(
                selected -> watch(selected, id, watch).fold(root.errors()::failure, ended -> report(selected, ended)));
    }

    private JobWatch watch() {
        try {
            JobWatch watch = JobWatch.standard().every(interval, interval.compareTo(LONGEST) > 0 ? interval : LONGEST);
            return timeout == null ? watch : watch.timeout(timeout);
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(spec.commandLine(), "--interval must be positive");
        }
    }

    /** Whether events are printed in place of a progress line. */
    private boolean printsEvents() {
        return root.isJson()
                || (!root.isFormatGiven() && !root.environment().terminal().showsOutput());
    }

    private Either<OtaFailure, UpgradeJob> watch(SelectedBackend selected, JobId id, JobWatch watch) {
        InterruptActions.Registration registration = root.environment()
                .interrupts()
                .add(() -> {
                    root.environment().startLine();
                    root.errors()
                            .print(
                                    ExitCode.INTERRUPTED,
                                    selected.backend(),
                                    "The watch of job " + id + " was stopped; the job goes on",
                                    "",
                                    "Watch it again: " + commandLine(selected, "job", "watch", id.value())
                                            + ". To cancel it: " + commandLine(selected, "job", "cancel", id.value()));
                });
        try (UpgradeProgress progress = root.environment().upgradeProgress()) {
            JobListener listener = printsEvents()
                    ? new WatchEvents(root.environment(), selected.backend())
                    : new ShownProgress(root, progress);
            return selected.backend().jobs().watch(id, watch, listener);
        } finally {
            registration.close();
        }
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
            new WatchEvents(root.environment(), selected.backend()).ended(ended, failures);
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
        if (counts(ended).of(TaskState.FAILED) == 0) {
            return failures;
        }
        AtomicLong read = new AtomicLong();
        try (ListingProgress progress = root.environment().progress()) {
            selected.backend()
                    .jobs()
                    .tasks(ended.id(), TaskFilter.inState(TaskState.FAILED))
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
        return counts.total() == 0
                ? "The job has no tasks"
                : counts.of(TaskState.SUCCEEDED) + " of " + ValueFormatter.count(counts.total(), "device")
                        + " have the new version ("
                        + JobRenderers.counts(counts).replaceFirst("^\\d+: ", "") + ")";
    }

    private int exitCode(SelectedBackend selected, UpgradeJob ended, FailureSummary failures) {
        TaskCounts counts = counts(ended);
        long succeeded = counts.of(TaskState.SUCCEEDED);
        if (succeeded > 0 && succeeded == counts.total() && !ended.state().is(JobState.FAILED)) {
            return ExitCode.FOUND;
        }
        String id = ended.id().value();
        return root.errors()
                .print(
                        succeeded > 0 ? ExitCode.SOME_UPGRADED : ExitCode.NONE_UPGRADED,
                        selected.backend(),
                        succeeded == 0
                                ? "No device of job " + id + " has the new version"
                                : counts.total() - succeeded + " of " + ValueFormatter.count(counts.total(), "device")
                                        + " of job " + id + " do not have the new version",
                        failures.sentence().isEmpty() ? ended.message().getOrElse("") : failures.sentence(),
                        counts.total() == 0
                                ? "Look at the job: " + commandLine(selected, "job", "show", id)
                                : "Look at them: " + commandLine(selected, "task", "list", id, "--state", "failed")
                                        + ". To retry them: " + commandLine(selected, "job", "retry", id)
                                        + ". With -o ids, the first command prints the devices for ota job create --devices -");
    }
}
