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

/** Retries tasks of a job. */
@Command(
        name = "retry",
        description = "Retries the failed and cancelled tasks of an upgrade job, or the selected ones of them, after"
                + " confirmation. Other tasks are not changed.")
public final class RetryJobCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Parameters(paramLabel = "<job>", description = "The vendor's id of the job.")
    private @Nullable JobId job;

    @Mixin
    private TaskFilterOptions selection = new TaskFilterOptions();

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    public RetryJobCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return TaskChange.RETRY.run(
                root, Objects.requireNonNull(job, "job"), selection.toFilter(root.environment()), options);
    }
}
