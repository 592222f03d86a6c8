package io.otabridge.cli.command.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.Capability;
import io.otabridge.domain.Product;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.command.JobCreation;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.vavr.collection.List;
import io.vavr.control.Option;

/** A job to create, and its description for users. */
record JobPlan(Firmware firmware, JobRequest request, ValueFormatter formatter) {

    /** Returns {@code job} or {@code verification}. */
    String kind() {
        return request.kind() == JobKind.VERIFICATION ? "verification" : "job";
    }

    /** Returns the renderers of a result. */
    ResultRenderers<JobCreation> renderers(boolean isDryRun) {
        return new ResultRenderers<JobCreation>(
                        (backend, creation) -> TerminalEscaper.of(sentence(backend, creation, isDryRun)) + "\n"
                                + table(backend, creation)
                                        .row("next", next(backend, creation))
                                        .fit(formatter.width()),
                        (backend, creation) -> json(backend, creation, isDryRun),
                        (backend, creation) -> csv(backend, creation, isDryRun))
                .withIds(creation -> creation.jobs().map(UpgradeJob::id));
    }

    /** Returns the description of a job before it is created, or found by its token. */
    String text(Backend backend, JobCreation dryRun) {
        return TerminalEscaper.of("Requested " + kind() + " on backend " + backend.name()) + "\n"
                + table(backend, dryRun).fit(formatter.width());
    }

    /** Whether only a dry run tells how many devices are selected. */
    boolean needsCount() {
        return request.targets() instanceof JobTargets.All all
                ? all.listed().isEmpty()
                : request.targets() instanceof JobTargets.Percentage;
    }

    /** Returns what is known without a dry run. */
    JobCreation uncounted() {
        Option<Long> listed = request.targets() instanceof JobTargets.All all
                ? Option.some((long) all.listed().size())
                : Option.none();
        return new JobCreation(List.empty(), false, listed, Option.none(), List.empty());
    }

    /** Describes the devices, such as {@code 12 devices} or {@code 5 % of the devices of product p-1}. */
    String devices(JobCreation creation) {
        String product = firmware.product()
                .map(Product::id)
                .map(id -> " of product " + id)
                .getOrElse("");
        String number = creation.requestedDevices()
                .map(count -> " (" + ValueFormatter.count(count, "device") + " now)")
                .getOrElse(" (selected by the vendor)");
        if (request.targets() instanceof JobTargets.Devices devices) {
            return ValueFormatter.count(devices.ids().size(), "device");
        }
        if (request.targets() instanceof JobTargets.Group group) {
            return "the devices of group " + group.id() + number;
        }
        if (request.targets() instanceof JobTargets.Percentage percentage) {
            return percentage.percent().toPlainString() + " % of the devices" + product + number;
        }
        if (request.targets() instanceof JobTargets.Continuous continuous) {
            return "all devices" + product
                    + continuous.group().map(group -> " in group " + group).getOrElse("")
                    + " that match now or later" + number;
        }
        return "all devices" + product + number;
    }

    private Table table(Backend backend, JobCreation creation) {
        Table table = Table.indented()
                .row(
                        "firmware",
                        firmware.id() + ", version " + firmware.version() + " for "
                                + FirmwareTable.target(firmware.target()))
                .row("devices", devices(creation) + tasks(creation));
        if (request.sourceVersions().nonEmpty()) {
            table.row("only with version", request.sourceVersions().mkString(", "));
        }
        table.row("starts", request.start().map(formatter::time).getOrElse("now"));
        request.end().forEach(end -> table.row("ends", formatter.time(end)));
        request.ratePerMinute()
                .forEach(rate -> table.row("rate", ValueFormatter.count(rate, "device") + " each minute"));
        request.retry()
                .forEach(retry -> table.row(
                        "retries", retry.count() + ", after " + ValueFormatter.exactDuration(retry.interval())));
        request.timeout()
                .forEach(timeout -> table.row("timeout", ValueFormatter.exactDuration(timeout) + " for a device"));
        List.of(
                        Option.when(request.needsConfirmation(), "each device waits for ota job confirm"),
                        Option.when(request.replacesPending(), "unfinished tasks that have not begun are replaced"),
                        Option.when(request.throughGateways(), "devices are notified through their gateway"))
                .flatMap(text -> text)
                .forEach(text -> table.row("note", text));
        request.tags().forEach(tag -> table.row("tag", tag._1 + "=" + tag._2));
        return storesTokens(backend) ? table.row("client token", request.token().value()) : table;
    }

    private static boolean storesTokens(Backend backend) {
        return backend.capabilities().has(Capability.FIND_JOB_BY_TOKEN);
    }

    private static String tasks(JobCreation creation) {
        return creation.tasks()
                .map(count -> ", " + ValueFormatter.count(count, "task"))
                .getOrElse("");
    }

    private String sentence(Backend backend, JobCreation creation, boolean isDryRun) {
        String where = " on backend " + backend.name();
        String jobs = (creation.jobs().size() == 1 ? kind() : "jobs") + " "
                + creation.jobs().map(UpgradeJob::id).mkString(", ");
        if (creation.alreadyExisted()) {
            return "The " + jobs + where + " exist" + (creation.jobs().size() == 1 ? "s" : "") + " already "
                    + sameRequest(backend) + "; nothing was created";
        }
        if (isDryRun) {
            return "Would create a " + kind() + where
                    + (creation.jobs().isEmpty() ? "" : "; " + jobs + " " + sameRequest(backend) + " exist already");
        }
        return "Created " + jobs + where;
    }

    private static String sameRequest(Backend backend) {
        return storesTokens(backend) ? "with this client token" : "for these devices";
    }

    private static String next(Backend backend, JobCreation creation) {
        return creation.jobs().isEmpty()
                ? "repeat the command without --dry-run"
                : creation.jobs()
                        .map(job -> "ota job watch " + job.id() + " --backend " + backend.name())
                        .mkString("\n");
    }

    private static String outcome(JobCreation creation, boolean isDryRun) {
        return creation.alreadyExisted() ? "existed" : isDryRun ? "would-create" : "created";
    }

    private ObjectNode json(Backend backend, JobCreation creation, boolean isDryRun) {
        ObjectNode json = JsonOutput.of(backend, "token", request.token()).put("outcome", outcome(creation, isDryRun));
        return json.setAll(JsonOutput.fields(creation));
    }

    private CsvWriter csv(Backend backend, JobCreation creation, boolean isDryRun) {
        CsvWriter csv = CsvWriter.of(java.util.List.of(
                "backend", "vendor", "outcome", "token", "job", "firmware", "requested_devices", "tasks"));
        List<Option<UpgradeJob>> jobs = creation.jobs().isEmpty()
                ? List.of(Option.none())
                : creation.jobs().map(Option::some);
        jobs.forEach(job -> csv.row(java.util.List.of(
                backend.name(),
                backend.vendor().name(),
                outcome(creation, isDryRun),
                job.flatMap(UpgradeJob::token).getOrElse(request.token()).value(),
                CsvWriter.cell(job.map(UpgradeJob::id)),
                firmware.id().value(),
                CsvWriter.cell(creation.requestedDevices()),
                CsvWriter.cell(creation.tasks()))));
        return csv;
    }
}
