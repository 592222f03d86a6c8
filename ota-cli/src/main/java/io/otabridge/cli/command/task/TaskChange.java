package io.otabridge.cli.command.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.ChangeOptions;
import io.otabridge.cli.context.Prompt;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.error.ErrorPrinter;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.Column;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.TextWrapper;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.job.command.TaskChanges;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Changes tasks of a job after confirmation, and prints which were refused and which may still finish.
 *
 * @param prompt the question before the change
 * @param verb such as {@code cancel}
 * @param participle such as {@code cancelled}
 * @param request makes the change
 */
record TaskChange(Prompt prompt, String verb, String participle, Request request) {

    static final TaskChange CANCEL = new TaskChange(
            new Prompt("Cancel", "cancellation", "Nothing was cancelled"),
            "cancel",
            "cancelled",
            JobCommandPort::cancel);

    static final TaskChange RETRY = new TaskChange(
            new Prompt("Retry", "retry", "Nothing was retried"), "retry", "retried", JobCommandPort::retry);

    static final TaskChange CONFIRM = new TaskChange(
            new Prompt("Confirm", "confirmation", "Nothing was confirmed"),
            "confirm",
            "confirmed",
            JobCommandPort::confirm);

    /** How many devices are printed as text. JSON and CSV have all that the result names. */
    private static final int PRINTED = 20;

    /** A command for the selected tasks of a job. */
    interface Request {
        Either<OtaFailure, TaskChanges> send(JobCommandPort jobs, JobId job, TaskFilter tasks);
    }

    /** Makes the change and prints the result. Returns the exit code of the first failure. */
    int run(OtaCommand root, JobId job, TaskFilter tasks, ChangeOptions options) {
        return root.run(selected -> change(root, selected, job, tasks, options)
                .fold(root.errors()::failure, changes -> report(root, selected, job, changes, options.isDryRun())));
    }

    private Either<OtaFailure, TaskChanges> change(
            OtaCommand root, SelectedBackend selected, JobId job, TaskFilter tasks, ChangeOptions options) {
        if (options.isDryRun() || !options.isConfirmed()) {
            Either<OtaFailure, TaskChanges> dryRun = request.send(selected.jobCommands(true), job, tasks);
            if (options.isDryRun() || dryRun.isLeft() || dryRun.get().accepted().contains(0L)) {
                return dryRun;
            }
            if (root.environment().terminal().canAsk()) {
                root.environment()
                        .err()
                        .print(inProgress(
                                dryRun.get(),
                                "have",
                                root.environment().terminal().errorWidth()));
                dryRun.get().warnings().forEach(root.hints()::note);
            }
            options.confirm(
                    prompt,
                    selection(tasks, number(selected, job, tasks, dryRun.get())) + " of job " + job + " on backend "
                            + selected.backend().name(),
                    root.environment());
        }
        return root.change(
                selected,
                "the " + prompt.noun() + " of tasks of job " + job,
                List.of("task", "list", job.value()),
                () -> request.send(selected.jobCommands(false), job, tasks));
    }

    /** How many tasks are selected now. A vendor that changes a whole job does not say it. */
    private Option<Long> number(SelectedBackend selected, JobId job, TaskFilter tasks, TaskChanges dryRun) {
        return dryRun.accepted()
                .orElse(() -> tasks.devices().nonEmpty() || !equals(CANCEL)
                        ? Option.none()
                        : selected.backend()
                                .jobs()
                                .counts(job)
                                .toOption()
                                .map(counts -> counts.byState()
                                        .filterKeys(state -> !state.isFinal()
                                                && state != TaskState.CANCELLING
                                                && (tasks.states().isEmpty()
                                                        || tasks.states().contains(state)))
                                        .values()
                                        .sum()
                                        .longValue()));
    }

    /** When the change is made, others may be selected. */
    private static String selection(TaskFilter tasks, Option<Long> number) {
        return (tasks.isAll() ? "the tasks" : "the selected tasks")
                + number.map(count -> " (" + ValueFormatter.count(count, "task") + " now)")
                        .getOrElse("");
    }

    private static String tasks(TaskChanges changes) {
        return changes.accepted()
                .map(count -> ValueFormatter.count(count, "task"))
                .getOrElse("the tasks");
    }

    private int report(OtaCommand root, SelectedBackend selected, JobId job, TaskChanges changes, boolean isDryRun) {
        root.print(
                selected,
                changes,
                new ResultRenderers<TaskChanges>(
                        (backend, result) -> text(root, backend, job, result, isDryRun)
                                + next(root, selected, job, result, isDryRun),
                        (backend, result) -> json(backend, job, result, isDryRun),
                        (backend, result) -> csv(backend, job, result, isDryRun)));
        changes.warnings().forEach(root.hints()::note);
        return changes.refused()
                .headOption()
                .map(first -> root.errors().failure(first.failure()))
                .getOrElse(ExitCode.FOUND);
    }

    private String text(OtaCommand root, Backend backend, JobId job, TaskChanges changes, boolean isDryRun) {
        int width = root.environment().formatter().width();
        String what = what(changes, isDryRun) + " of job " + job + " on backend " + backend.name()
                + (isNothing(changes)
                        ? isRefused(changes)
                                ? " was " + participle + "; "
                                        + changes.refused().size()
                                        + (changes.refused().size() == 1 ? " was refused" : " were refused")
                                : " can be " + participle
                        : "");
        StringBuilder text = new StringBuilder(TextWrapper.wrapLines(TerminalEscaper.of(what), width)).append('\n');
        text.append(inProgress(changes, "had", width));
        if (changes.refused().nonEmpty()) {
            Table table = Table.of(Column.required("REFUSED"), Column.text("REASON"));
            changes.refused()
                    .take(PRINTED)
                    .forEach(one -> table.row(one.device().value(), reason(one.failure())));
            text.append(table.fit(width));
            if (changes.refused().size() > PRINTED) {
                text.append("and ").append(changes.refused().size() - PRINTED).append(" more; -o json has all\n");
            }
        }
        return text.toString();
    }

    /** Retried and confirmed tasks can be followed. */
    private String next(OtaCommand root, SelectedBackend selected, JobId job, TaskChanges changes, boolean isDryRun) {
        return isDryRun || isNothing(changes) || verb.equals(CANCEL.verb)
                ? ""
                : Table.indented()
                        .row("next", root.commandLine(selected, List.of("job", "watch", job.value())))
                        .fit(root.environment().formatter().width());
    }

    /** Names the devices that nothing stops; empty if there are none. */
    private static String inProgress(TaskChanges changes, String have, int width) {
        return changes.inProgressCount() == 0
                ? ""
                : TextWrapper.wrapLines(
                                TerminalEscaper.of(ValueFormatter.count(changes.inProgressCount(), "device") + " "
                                        + (changes.inProgressCount() == 1 && have.equals("have") ? "has" : have)
                                        + " begun, and may still install the new version: "
                                        + listed(changes.inProgress(), changes.inProgressCount())),
                                width)
                        + "\n";
    }

    private String what(TaskChanges changes, boolean isDryRun) {
        if (isNothing(changes)) {
            return isRefused(changes) ? "No task" : "Nothing to " + verb + ": no task";
        }
        return (isDryRun ? "Would " + verb : Character.toUpperCase(participle.charAt(0)) + participle.substring(1))
                + " " + tasks(changes);
    }

    private static boolean isNothing(TaskChanges changes) {
        return changes.accepted().contains(0L);
    }

    private static boolean isRefused(TaskChanges changes) {
        return changes.refused().nonEmpty();
    }

    private static String listed(List<DeviceId> devices, long count) {
        List<DeviceId> printed = devices.take(PRINTED);
        return printed.mkString(", ") + (count > printed.size() ? " and " + (count - printed.size()) + " more" : "");
    }

    private static String reason(OtaFailure failure) {
        String reason = ErrorPrinter.reason(failure);
        return reason.isEmpty() ? failure.summary() : reason;
    }

    private String outcome(TaskChanges changes, boolean isDryRun) {
        if (isNothing(changes)) {
            return isRefused(changes) ? "refused" : "nothing";
        }
        return isDryRun ? "would-" + verb : participle;
    }

    private ObjectNode json(Backend backend, JobId job, TaskChanges changes, boolean isDryRun) {
        ObjectNode json = JsonOutput.of(backend, "job", job).put("outcome", outcome(changes, isDryRun));
        return json.setAll(JsonOutput.fields(changes));
    }

    private CsvWriter csv(Backend backend, JobId job, TaskChanges changes, boolean isDryRun) {
        CsvWriter csv = CsvWriter.of(
                java.util.List.of("backend", "vendor", "job", "outcome", "accepted", "device", "result", "reason"));
        List<String> start = List.of(
                backend.name(),
                backend.vendor().name(),
                job.value(),
                outcome(changes, isDryRun),
                CsvWriter.cell(changes.accepted()));
        csv.row(start.appendAll(List.of("", "", "")).asJava());
        changes.refused()
                .forEach(one -> csv.row(start.appendAll(List.of(one.device().value(), "refused", reason(one.failure())))
                        .asJava()));
        changes.inProgress()
                .forEach(device -> csv.row(start.appendAll(List.of(device.value(), "in-progress", ""))
                        .asJava()));
        return csv;
    }
}
