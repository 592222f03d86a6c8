package io.otabridge.cli.command.task;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.command.device.DeviceProductOption;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.option.ListOptions;
import io.otabridge.cli.render.PrintsIds;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the tasks of a job, or the unfinished tasks of a device. */
@Command(
        name = "list",
        description = {
            "Lists the tasks of an upgrade job, or without a job the unfinished tasks of one device (Alibaba, Tuya).",
            "With -o ids, it prints the devices, as input of the next job: ota task list JOB --state failed -o ids | ota"
                    + " job create FIRMWARE --devices - --yes. If a page fails, nothing is printed."
        })
public final class ListTasksCommand implements Callable<Integer>, PrintsIds {

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "<job>", arity = "0..1", description = "The vendor's id of the job.")
    private @Nullable JobId job;

    @Mixin
    private TaskFilterOptions selection = new TaskFilterOptions();

    @Mixin
    private DeviceProductOption product = new DeviceProductOption();

    @Mixin
    private ListOptions listOptions = new ListOptions();

    public ListTasksCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JobId id = job;
        TaskRenderers renderers = new TaskRenderers(root.environment().formatter());
        if (id != null) {
            TaskFilter filter = selection.toFilter(root.environment());
            return root.isIds()
                    ? root.printIds(selected -> tasks(selected, id, filter), UpgradeTask::device, listOptions)
                    : root.execute(
                            selected -> root.read(selected, tasks(selected, id, filter), listOptions, null),
                            renderers.list());
        }
        List<DeviceId> devices = selection.devices(root.environment());
        if (devices.size() != 1 || selection.hasStates()) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: <job>, or --device=ID alone");
        }
        return root.execute(
                selected -> selected.backend().jobs().unfinishedTasks(product.reference(selected, devices.head())),
                renderers.list());
    }

    private Pages<UpgradeTask> tasks(SelectedBackend selected, JobId id, TaskFilter filter) {
        if (listOptions.needed(null) == Integer.MAX_VALUE) {
            ListingCost.announce(root, selected, id, filter, "; --limit reads fewer");
        }
        return selected.backend().jobs().tasks(id, filter);
    }
}
