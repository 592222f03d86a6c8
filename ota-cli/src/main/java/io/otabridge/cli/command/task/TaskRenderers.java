package io.otabridge.cli.command.task;

import static io.otabridge.cli.render.CsvWriter.cell;
import static io.otabridge.cli.render.ValueFormatter.orAbsent;

import io.otabridge.cli.render.Cell;
import io.otabridge.cli.render.Column;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.FirmwareCsv;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.domain.Reported;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeTask;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;

/** Writes tasks. Values in CSV are the same as in JSON. */
record TaskRenderers(ValueFormatter formatter) {

    ResultRenderers<List<UpgradeTask>> list() {
        return new ResultRenderers<List<UpgradeTask>>(
                        (backend, tasks) -> table(tasks),
                        (backend, tasks) -> JsonOutput.of(backend, "tasks", tasks),
                        TaskRenderers::csv)
                .withIds(tasks -> tasks.map(UpgradeTask::device).distinct());
    }

    private String table(List<UpgradeTask> tasks) {
        if (tasks.isEmpty()) {
            return "No tasks found\n";
        }
        Table table = Table.of(
                Column.required("DEVICE ID"),
                Column.required("STATE"),
                Column.optional(3, "FROM"),
                Column.optional(2, "TO"),
                Column.optionalText(1, "REASON"),
                Column.optional(4, "MODIFIED"));
        tasks.forEach(task -> table.row(java.util.List.of(
                Cell.of(task.device().value()),
                Cell.of(state(task)),
                Cell.of(orAbsent(task.sourceVersion())),
                Cell.of(orAbsent(task.version())),
                Cell.of(reason(task)),
                formatter.timeInList(task.modified()))));
        return table.fit(formatter.width());
    }

    private static String state(UpgradeTask task) {
        if (task.state().is(TaskState.UNKNOWN)) {
            return "unknown (\"" + task.state().raw() + "\")";
        }
        return task.state().code().replace('-', ' ')
                + task.percent()
                        .filter(percent -> task.state().is(TaskState.RUNNING))
                        .map(percent -> " (" + percent.toPlainString() + " %)")
                        .getOrElse("");
    }

    private static String reason(UpgradeTask task) {
        Option<String> text = task.failure().flatMap(TaskFailure::message).orElse(task.message());
        return task.failure()
                .map(failure -> failure.reason().description()
                        + text.map(message -> ": " + message).getOrElse(""))
                .orElse(text)
                .getOrElse("-");
    }

    private static CsvWriter csv(Backend backend, List<UpgradeTask> tasks) {
        CsvWriter csv = CsvWriter.of(java.util.List.of(
                "backend",
                "vendor",
                "job",
                "device",
                "state",
                "raw_state",
                "id",
                "product_id",
                "firmware",
                "target",
                "module",
                "source_version",
                "version",
                "percent",
                "timeout_seconds",
                "reason",
                "vendor_code",
                "failure_message",
                "message",
                "created",
                "modified"));
        tasks.forEach(task -> csv.row(List.of(
                        backend.name(),
                        backend.vendor().name(),
                        task.job().value(),
                        task.device().value(),
                        task.state().code(),
                        task.state().raw(),
                        cell(task.id()),
                        cell(task.product()),
                        cell(task.firmware()),
                        cell(task.target().map(FirmwareTarget::code)),
                        cell(task.target().flatMap(FirmwareCsv::module)),
                        cell(task.sourceVersion()),
                        cell(task.version()),
                        cell(task.percent().map(java.math.BigDecimal::toPlainString)),
                        cell(task.timeout().map(Duration::toSeconds)))
                .appendAll(List.of(
                        cell(task.failure().map(failure -> Reported.code(failure.reason()))),
                        cell(task.failure().flatMap(TaskFailure::vendorCode)),
                        cell(task.failure().flatMap(TaskFailure::message)),
                        cell(task.message()),
                        FirmwareCsv.time(task.created()),
                        FirmwareCsv.time(task.modified())))
                .asJava()));
        return csv;
    }
}
