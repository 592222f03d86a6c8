package io.otabridge.cli.command.task;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.ChangeOptions;
import io.otabridge.domain.job.JobId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Confirms tasks of a job. */
@Command(
        name = "confirm",
        description = "Confirms the tasks of an upgrade job that wait for a confirmation, or the selected ones of them,"
                + " so that their devices begin. Other tasks are not changed.")
public final class ConfirmJobCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Parameters(paramLabel = "<job>", description = "The vendor's id of the job.")
    private @Nullable JobId job;

    @Mixin
    private TaskFilterOptions selection = new TaskFilterOptions();

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    public ConfirmJobCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return TaskChange.CONFIRM.run(
                root, Objects.requireNonNull(job, "job"), selection.toFilter(root.environment()), options);
    }
}
