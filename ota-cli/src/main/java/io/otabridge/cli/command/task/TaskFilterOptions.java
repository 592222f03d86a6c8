package io.otabridge.cli.command.task;

import io.otabridge.cli.context.CliEnvironment;
import io.otabridge.cli.option.DeviceList;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.vavr.collection.List;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select tasks of a job. Without them, all tasks are selected. */
final class TaskFilterOptions {

    /** The states, for the completion of the shell. */
    static final class States implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return List.of(TaskState.values()).map(Reported::code).iterator();
        }
    }

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            completionCandidates = States.class,
            description = "Only tasks in one of these states, separated by commas: ${COMPLETION-CANDIDATES}.")
    private TaskState[] states = {};

    @Option(
            names = {"--devices", "--device"},
            paramLabel = "LIST",
            description = "Only tasks of these devices: " + DeviceList.FORMS + ".")
    private @Nullable DeviceList devices;

    boolean isGiven() {
        return states.length > 0 || devices != null;
    }

    boolean hasStates() {
        return states.length > 0;
    }

    /** Returns the devices; empty if the command line names none. */
    List<DeviceId> devices(CliEnvironment environment) {
        return devices == null ? List.empty() : devices.read(environment);
    }

    TaskFilter toFilter(CliEnvironment environment) {
        TaskFilter filter = devices == null ? TaskFilter.all() : TaskFilter.ofDevices(devices(environment));
        return states.length == 0 ? filter : filter.withStates(states);
    }
}
