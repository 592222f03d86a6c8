package io.otabridge.cli.command.job;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.command.JobUpdate;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Updates a job. */
@Command(
        name = "update",
        description =
                "Updates rate and tags, or of a continuous job also timeout and source versions (Alibaba). An option that"
                        + " is not given changes nothing.")
public final class UpdateJobCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "<job>", description = "The vendor's id of the job.")
    private @Nullable JobId job;

    @Option(
            names = "--rate",
            paramLabel = "N/min",
            converter = Rate.class,
            description = "How many devices are notified each minute, such as 50/min.")
    private @Nullable Integer rate;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            converter = TimeSpan.class,
            description = "The time for a device after its first progress report, such as 30m.")
    private @Nullable Duration timeout;

    @Option(
            names = "--source-version",
            paramLabel = "V",
            description = "Only devices with this version; may be repeated. Replaces all earlier ones.")
    private FirmwareVersion[] sourceVersions = {};

    @Option(
            names = "--tag",
            paramLabel = "K=V",
            description = "A text that devices receive; may be repeated. Replaces all earlier ones.")
    private @Nullable Map<String, String> tags;

    @Option(names = "--dry-run", description = "Only print what the job would become; nothing is changed.")
    private boolean isDryRun;

    public UpdateJobCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JobId updated = Objects.requireNonNull(job, "job");
        JobUpdate change = change();
        String outcome = isDryRun ? "would-update" : "updated";
        JobRenderers renderers = new JobRenderers(root.environment().formatter());
        return root.execute(
                selected -> update(selected, updated, change),
                new ResultRenderers<UpgradeJob>(
                        (backend, result) ->
                                TerminalEscaper.of("Job " + result.id() + (isDryRun ? " would become" : " is now"))
                                        + "\n\n" + renderers.text(backend, result),
                        (backend, result) ->
                                JsonOutput.of(backend, "job", result).put("outcome", outcome),
                        (backend, result) -> CsvWriter.of(java.util.List.of("backend", "vendor", "outcome", "id"))
                                .row(java.util.List.of(
                                        backend.name(),
                                        backend.vendor().name(),
                                        outcome,
                                        result.id().value()))));
    }

    private JobUpdate change() {
        if (rate == null && timeout == null && sourceVersions.length == 0 && tags == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Missing required option: --rate=N/min, --timeout=SPAN, --source-version=V or --tag=K=V, or several of"
                            + " them");
        }
        JobUpdate change = JobUpdate.none();
        change = rate == null ? change : change.ratePerMinute(rate);
        change = timeout == null ? change : change.timeout(timeout);
        change = sourceVersions.length == 0 ? change : change.sourceVersions(List.of(sourceVersions));
        return tags == null ? change : change.tags(LinkedHashMap.ofAll(tags));
    }

    private Either<OtaFailure, UpgradeJob> update(SelectedBackend selected, JobId updated, JobUpdate change) {
        return isDryRun
                ? selected.jobCommands(true).update(updated, change)
                : root.change(
                        selected,
                        "the update of job " + updated,
                        List.of("job", "show", updated.value()),
                        () -> selected.jobCommands(false).update(updated, change));
    }
}
