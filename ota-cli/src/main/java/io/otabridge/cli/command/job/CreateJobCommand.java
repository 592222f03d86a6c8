package io.otabridge.cli.command.job;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.ChangeOptions;
import io.otabridge.cli.option.FirmwareReference;
import io.otabridge.cli.render.PrintsIds;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Creates an upgrade job. */
@Command(
        name = "create",
        description = {
            "Creates an upgrade job: installs a package on devices. It first shows the job and asks for a confirmation.",
            "Its client token is printed before the request. Repeat the command with --token after a lost response: a job"
                    + " that exists with this token is not created again. More devices than the vendor accepts become"
                    + " several jobs."
        })
public final class CreateJobCommand implements Callable<Integer>, PrintsIds {

    private final OtaCommand root;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private @Nullable FirmwareReference firmware;

    @Mixin
    private JobTargetOptions targets = new JobTargetOptions();

    @Mixin
    private JobSettingsOptions settings = new JobSettingsOptions();

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    public CreateJobCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JobTargets selection = targets.toTargets(root.environment());
        return new NewJob(root, options)
                .run(
                        Objects.requireNonNull(firmware, "firmware"),
                        found -> settings.complete(
                                JobRequest.upgrade(found.id(), selection),
                                root.environment().zone()));
    }
}
