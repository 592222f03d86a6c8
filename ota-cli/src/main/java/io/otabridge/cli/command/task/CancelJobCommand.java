package io.otabridge.cli.command.task;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.ChangeOptions;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFilter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cancels a job, or tasks of it. */
@Command(
        name = "cancel",
        description = {
            "Cancels an upgrade job with all its tasks, or only the selected tasks, after confirmation.",
            "A device that has begun may still finish: the output names these devices, which may install the new"
                    + " version."
        })
public final class CancelJobCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "<job>", description = "The vendor's id of the job.")
    private @Nullable JobId job;

    @Mixin
    private TaskFilterOptions selection = new TaskFilterOptions();

    @Option(names = "--not-started", description = "Only tasks whose device has not begun.")
    private boolean isNotStarted;

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    public CancelJobCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (isNotStarted && selection.isGiven()) {
            throw new ParameterException(spec.commandLine(), "--not-started does not go with --state and --devices");
        }
        return TaskChange.CANCEL.run(
                root,
                Objects.requireNonNull(job, "job"),
                isNotStarted ? TaskFilter.notStarted() : selection.toFilter(root.environment()),
                options);
    }
}
