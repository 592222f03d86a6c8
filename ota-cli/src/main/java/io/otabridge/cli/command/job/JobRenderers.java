package io.otabridge.cli.command.job;

import static io.otabridge.cli.render.CsvWriter.cell;
import static io.otabridge.cli.render.ValueFormatter.orAbsent;

import io.otabridge.cli.render.Cell;
import io.otabridge.cli.render.Column;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.FirmwareCsv;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.domain.Reported;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.time.Duration;

/** Writes upgrade jobs. Values in CSV are the same as in JSON. */
record JobRenderers(ValueFormatter formatter) {

    ResultRenderers<UpgradeJob> one() {
        return new ResultRenderers<UpgradeJob>(
                        this::text,
                        (backend, job) -> JsonOutput.of(backend, "job", job),
                        (backend, job) -> csv(backend, List.of(job)))
                .withIds(job -> List.of(job.id()));
    }

    ResultRenderers<List<LookupResult<JobId, UpgradeJob>>> several() {
        return new ResultRenderers<>(
                (backend, results) -> results.flatMap(LookupResult::result)
                        .map(job -> text(backend, job))
                        .mkString("\n"),
                (backend, results) -> JsonOutput.of(
                                backend,
                                "complete",
                                results.forAll(one -> one.result().isRight()))
                        .putPOJO("answers", results),
                (backend, results) -> csv(backend, results.flatMap(LookupResult::result)));
    }

    ResultRenderers<List<UpgradeJob>> list() {
        return new ResultRenderers<List<UpgradeJob>>(
                        (backend, jobs) -> table(jobs),
                        (backend, jobs) -> JsonOutput.of(backend, "jobs", jobs),
                        JobRenderers::csv)
                .withIds(jobs -> jobs.map(UpgradeJob::id));
    }

    String text(Backend backend, UpgradeJob job) {
        return Table.plain()
                .row("backend", backend.name() + " (" + backend.vendor() + ")")
                .row("job id", job.id().value())
                .row("state", label(job.state()))
                .row("outcome", orAbsent(job.outcome().map(Reported::code).map(JobRenderers::words)))
                .row("tasks", job.counts().map(JobRenderers::counts).getOrElse("-"))
                .row("kind", label(job.kind()))
                .row("firmware", job.firmware().isEmpty() ? "-" : job.firmware().mkString(", "))
                .row("target", FirmwareTable.target(job.target()))
                .row("product id", orAbsent(job.product()))
                .row("version", orAbsent(job.version()))
                .row("name", orAbsent(job.name()))
                .row("client token", orAbsent(job.token()))
                .row("devices", devices(job))
                .row(
                        "source versions",
                        job.sourceVersions().isEmpty()
                                ? "any version"
                                : job.sourceVersions().mkString(", "))
                .row("scheduled start", formatter.time(job.scheduledStart()))
                .row("scheduled end", formatter.time(job.scheduledEnd()))
                .row("rate", orAbsent(job.ratePerMinute().map(rate -> rate + " each minute")))
                .row(
                        "retries",
                        orAbsent(job.retry()
                                .map(retry ->
                                        retry.count() + ", after " + ValueFormatter.exactDuration(retry.interval()))))
                .row("timeout", orAbsent(job.timeout().map(ValueFormatter::exactDuration)))
                .row(
                        "confirmation",
                        orAbsent(job.needsConfirmation().map(needed -> needed ? "required" : "not required")))
                .row(
                        "tags",
                        job.tags().isEmpty()
                                ? "-"
                                : job.tags().map(tag -> tag._1 + "=" + tag._2).mkString(", "))
                .row("message", orAbsent(job.message()))
                .row("created", formatter.time(job.created()))
                .row("modified", formatter.time(job.modified()))
                .row("started", formatter.time(job.started()))
                .row("ended", formatter.time(job.ended()))
                .fit(formatter.width());
    }

    private static String devices(UpgradeJob job) {
        return job.selection()
                .map(selection -> label(selection)
                        + job.group().map(group -> " " + group).getOrElse("")
                        + job.percent()
                                .map(percent -> " " + percent.toPlainString() + " %")
                                .getOrElse(""))
                .getOrElse("-");
    }

    /** Returns a state in words, or the vendor's text if it is not known. */
    static String label(Reported<?> state) {
        return state.code().equals("unknown") ? "unknown (\"" + state.raw() + "\")" : words(state.code());
    }

    private static String words(String code) {
        return code.replace('-', ' ');
    }

    /** Returns the total and the number of tasks in each state, such as {@code 12: 11 succeeded, 1 failed}. */
    static String counts(TaskCounts counts) {
        return counts.total()
                + (counts.total() == 0 ? "" : ": ")
                + counts.byState()
                        .map(count -> count._2 + " " + words(Reported.code(count._1)))
                        .mkString(", ");
    }

    private String table(Seq<UpgradeJob> jobs) {
        if (jobs.isEmpty()) {
            return "No jobs found\n";
        }
        Table table = Table.of(
                Column.required("JOB ID"),
                Column.required("STATE"),
                Column.optional(4, "KIND"),
                Column.optional(1, "FIRMWARE"),
                Column.optionalText(2, "TASKS"),
                Column.optional(3, "CREATED"),
                Column.optionalText(5, "NAME"));
        jobs.forEach(job -> table.row(java.util.List.of(
                Cell.of(job.id().value()),
                Cell.of(label(job.state())),
                Cell.of(label(job.kind())),
                Cell.of(job.firmware().isEmpty() ? "-" : job.firmware().mkString(", ")),
                Cell.of(job.counts().map(JobRenderers::counts).getOrElse("-")),
                formatter.timeInList(job.created()),
                Cell.of(orAbsent(job.name())))));
        return table.fit(formatter.width());
    }

    static CsvWriter csv(Backend backend, Seq<UpgradeJob> jobs) {
        CsvWriter csv = CsvWriter.of(java.util.List.of(
                "backend",
                "vendor",
                "id",
                "state",
                "raw_state",
                "outcome",
                "kind",
                "firmware",
                "target",
                "module",
                "product_id",
                "version",
                "name",
                "token",
                "selection",
                "group",
                "percent",
                "source_versions",
                "tasks",
                "succeeded",
                "failed",
                "scheduled_start",
                "scheduled_end",
                "rate_per_minute",
                "retries",
                "retry_interval_seconds",
                "timeout_seconds",
                "needs_confirmation",
                "message",
                "created",
                "modified",
                "started",
                "ended"));
        jobs.forEach(job -> csv.row(identity(backend, job)
                .appendAll(request(job))
                .appendAll(List.of(
                        cell(job.message()),
                        FirmwareCsv.time(job.created()),
                        FirmwareCsv.time(job.modified()),
                        FirmwareCsv.time(job.started()),
                        FirmwareCsv.time(job.ended())))
                .asJava()));
        return csv;
    }

    private static List<String> identity(Backend backend, UpgradeJob job) {
        return List.of(
                backend.name(),
                backend.vendor().name(),
                job.id().value(),
                job.state().code(),
                job.state().raw(),
                cell(job.outcome().map(Reported::code)),
                job.kind().code(),
                job.firmware().mkString(" "),
                job.target().code(),
                cell(FirmwareCsv.module(job.target())),
                cell(job.product()),
                cell(job.version()),
                cell(job.name()),
                cell(job.token()));
    }

    private static List<String> request(UpgradeJob job) {
        return List.of(
                cell(job.selection().map(Reported::code)),
                cell(job.group()),
                cell(job.percent().map(BigDecimal::toPlainString)),
                job.sourceVersions().mkString(" "),
                cell(job.counts().map(TaskCounts::total)),
                cell(job.counts().map(counts -> counts.of(TaskState.SUCCEEDED))),
                cell(job.counts().map(counts -> counts.of(TaskState.FAILED))),
                FirmwareCsv.time(job.scheduledStart()),
                FirmwareCsv.time(job.scheduledEnd()),
                cell(job.ratePerMinute()),
                cell(job.retry().map(retry -> retry.count())),
                cell(job.retry().map(retry -> retry.interval().toSeconds())),
                cell(job.timeout().map(Duration::toSeconds)),
                cell(job.needsConfirmation()));
    }
}
