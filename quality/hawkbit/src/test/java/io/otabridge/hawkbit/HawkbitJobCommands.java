package io.otabridge.hawkbit;

import io.otabridge.client.Operation;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskId;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.job.command.JobCreation;
import io.otabridge.domain.job.command.JobCreator;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.job.command.TaskChanges;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;

/**
 * Creates, cancels and deletes rollouts.
 *
 * @param deletions a client for deletions of rollouts, which have another status on success
 */
record HawkbitJobCommands(
        OperationClient client,
        OperationClient deletions,
        HawkbitOperations operations,
        HawkbitJobQuery jobs,
        FirmwareQueryPort firmware,
        Duration deadline,
        boolean isDryRun)
        implements JobCommandPort {

    private static final String REPLACES =
            "hawkBit lets a newer job replace the unfinished task of a device, whichever job it belongs to";

    @Override
    public JobCommandPort dryRun() {
        return new HawkbitJobCommands(client, deletions, operations, jobs, firmware, deadline, true);
    }

    @Override
    public Either<OtaFailure, JobCreation> create(JobRequest request) {
        Option<Capability> missing =
                request.neededCapabilities().find(needed -> !HawkbitBackend.CAPABILITIES.has(needed));
        if (missing.isDefined()) {
            return Either.left(unsupported(missing.get()));
        }
        List<DeviceId> devices = request.targets() instanceof JobTargets.Devices listed ? listed.ids() : List.empty();
        return client.check(operations.createRollout, rollout(request, ""))
                .flatMap(valid -> firmware.find(request.firmware()))
                .flatMap(found -> new JobCreator(
                                client.contextOf(operations.createRollout), deadline, Filters.maxListed(devices))
                        .create(
                                request,
                                new JobCreator.Selection(
                                        Option.when(devices.nonEmpty(), (long) devices.size()),
                                        request.replacesPending() ? List.empty() : List.of(REPLACES)),
                                isDryRun,
                                new Steps(found)));
    }

    private static HawkbitOperations.NewRollout rollout(JobRequest request, String ofAll) {
        List<DeviceId> devices = request.targets() instanceof JobTargets.Devices listed ? listed.ids() : List.empty();
        return new HawkbitOperations.NewRollout(
                request.token().value(),
                request.firmware(),
                devices,
                devices.isEmpty() ? ofAll : Filters.listed(devices));
    }

    private final class Steps implements JobCreator.VendorSteps {

        private final Firmware found;

        Steps(Firmware found) {
            this.found = found;
        }

        @Override
        public Either<OtaFailure, List<UpgradeJob>> find(JobRequest request) {
            return jobs.findByToken(request.token());
        }

        @Override
        public Either<OtaFailure, JobId> create(JobRequest request) {
            return client.change(
                    operations.createRollout,
                    rollout(request, Filters.ofProduct(found.product().get().id())),
                    JobId.of("0"));
        }

        @Override
        public Either<OtaFailure, UpgradeJob> read(JobId id) {
            return jobs.find(id);
        }

        @Override
        public Either<OtaFailure, Option<Long>> countTasks(List<UpgradeJob> created) {
            return Either.sequenceRight(created.map(job -> jobs.counts(job.id())))
                    .map(counts ->
                            Option.some(counts.map(TaskCounts::total).sum().longValue()));
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The server has no operation for a whole rollout. A task that its device has not noticed ends at once. Another
     * device is asked to cancel, and may refuse.
     */
    @Override
    public Either<OtaFailure, TaskChanges> cancel(JobId id, TaskFilter filter) {
        TaskFilter devices = filter.devices().isEmpty() ? TaskFilter.all() : TaskFilter.ofDevices(filter.devices());
        return jobs.tasks(id, devices).toList().flatMap(tasks -> {
            List<UpgradeTask> selected = tasks.filter(task -> isCancellable(task) && filter.matches(task));
            List<DeviceId> inProgress =
                    tasks.filter(task -> hasBegun(task) && filter.matches(task)).map(UpgradeTask::device);
            List<TaskChanges.Refused> unknown = filter.devices()
                    .removeAll(tasks.map(UpgradeTask::device))
                    .map(device -> new TaskChanges.Refused(
                            device,
                            HawkbitFirmwareQuery.absent(
                                    client.contextOf(operations.cancelAction),
                                    "task for device " + device + " in job " + id)));
            List<TaskChanges.Refused> refused = List.empty();
            long accepted = 0;
            for (UpgradeTask task : selected) {
                Either<OtaFailure, ?> result = isDryRun ? Either.right(task) : cancel(task);
                boolean isRefused = result.isLeft() && result.getLeft() instanceof OtaFailure.Rejected;
                if (result.isLeft() && !(isRefused && selected.size() > 1)) {
                    return Either.left(result.getLeft());
                }
                accepted += isRefused ? 0 : 1;
                refused =
                        isRefused ? refused.append(new TaskChanges.Refused(task.device(), result.getLeft())) : refused;
            }
            return Either.right(new TaskChanges(
                    Option.some(accepted),
                    unknown.appendAll(refused),
                    inProgress.take(TaskChanges.MAX_LISTED),
                    inProgress.size(),
                    List.empty()));
        });
    }

    private static boolean isCancellable(UpgradeTask task) {
        return !task.state().value().isFinal() && !task.state().is(TaskState.CANCELLING);
    }

    private static boolean hasBegun(UpgradeTask task) {
        return task.state().is(TaskState.RUNNING, TaskState.CANCELLING, TaskState.UNKNOWN);
    }

    private Either<OtaFailure, ?> cancel(UpgradeTask task) {
        Option<TaskId> action = task.id();
        if (action.isEmpty()) {
            return Either.left(rejected(
                    operations.cancelAction,
                    Message.of(
                            "Job {0} has not begun, so it has no task of device {1} to cancel",
                            task.job(), task.device()),
                    "Repeat the call when it is running, or delete the job"));
        }
        Either<OtaFailure, DeleteResult> asked = send(task, action.get(), false);
        return asked.isRight() && !hasBegun(task) ? send(task, action.get(), true) : asked;
    }

    private Either<OtaFailure, DeleteResult> send(UpgradeTask task, TaskId action, boolean isForced) {
        return client.delete(
                operations.cancelAction,
                new HawkbitOperations.ActionOf(task.device(), action, isForced),
                () -> jobs.find(task.job()));
    }

    @Override
    public Either<OtaFailure, DeleteResult> delete(JobId id) {
        Either<OtaFailure, UpgradeJob> found = jobs.find(id);
        if (found.isLeft()) {
            return found.getLeft() instanceof OtaFailure.NotFound
                    ? Either.right(DeleteResult.NOT_FOUND)
                    : Either.left(found.getLeft());
        }
        if (!found.get().isFinal()) {
            return Either.left(rejected(
                    operations.deleteRollout,
                    Message.of("Job {0} has not ended, so it cannot be deleted", id),
                    "Cancel it first"));
        }
        return isDryRun
                ? Either.right(DeleteResult.DELETED)
                : deletions.delete(operations.deleteRollout, id, () -> jobs.find(id));
    }

    private OtaFailure rejected(Operation<?, ?> operation, Message summary, String advice) {
        OperationContext origin = client.contextOf(operation);
        return new OtaFailure.Rejected(FailureDetails.of(origin, summary, Message.of(advice)));
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
