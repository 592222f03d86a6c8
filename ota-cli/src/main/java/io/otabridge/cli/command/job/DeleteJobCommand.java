package io.otabridge.cli.command.job;

import io.otabridge.cli.command.DeleteAction;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.Confirmation;
import io.otabridge.cli.context.StandardInput;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.UpgradeJob;
import io.vavr.collection.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes jobs. */
@Command(
        name = "delete",
        description =
                "Deletes upgrade jobs that ended, with the history of their tasks, after confirmation (Huawei). Cancel a job"
                        + " first that has not ended.")
public final class DeleteJobCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Parameters(
            paramLabel = "<job>",
            arity = "1..*",
            description = {"The vendor's id of the job. Several jobs need --yes or --dry-run.", StandardInput.MEANING})
    private JobId[] ids = {};

    @Mixin
    private Confirmation confirmation = new Confirmation();

    public DeleteJobCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return DeleteAction.run(
                StandardInput.expand(List.of(ids), JobId::parse, root.environment())
                        .map(DeleteJobCommand::deletion),
                root,
                confirmation);
    }

    private static DeleteAction<UpgradeJob> deletion(JobId id) {
        return new DeleteAction<>(
                "job " + id,
                List.of("job", "show", id.value()),
                found -> JobRenderers.label(found.state()),
                selected -> selected.backend().jobs().find(id),
                (selected, isDryRun) ->
                        selected.jobCommands(isDryRun).delete(id).map(DeleteAction.Deleted::new));
    }
}
