package io.otabridge.contracts.memory;

import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.job.command.JobCreation;
import io.otabridge.domain.job.command.JobCreator;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.job.command.JobUpdate;
import io.otabridge.domain.job.command.TaskChanges;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/** Creates, changes and cancels the jobs of an in-memory backend. */
final class InMemoryJobCommands implements JobCommandPort {

    private static final String CANCEL_TASKS = "CancelTasks";
    private static final String RETRY_TASKS = "RetryTasks";
    private static final String CONFIRM_TASKS = "ConfirmTasks";
    private static final String UPDATE_JOB = "UpdateJob";
    private static final String DELETE_JOB = "DeleteJob";

    private final InMemoryStore store;
    private final InMemoryJobs jobs;
    private final boolean isDry;

    InMemoryJobCommands(InMemoryStore store, boolean isDry) {
        this.store = store;
        this.jobs = store.jobs;
        this.isDry = isDry;
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return store.unsupported(missing);
    }

    @Override
    public JobCommandPort dryRun() {
        return new InMemoryJobCommands(store, true);
    }

    /** A job is listed at once, so that a job whose response was lost is looked for once. */
    @Override
    public Either<OtaFailure, JobCreation> create(JobRequest request) {
        Option<Capability> missing = request.neededCapabilities().find(needed -> !store.capabilities.has(needed));
        if (missing.isDefined()) {
            return Either.left(unsupported(missing.get()));
        }
        Capability creation = request.neededCapabilities().head();
        return store.read(creation, InMemoryJobs.CREATE_JOB, () -> firmware(request))
                .flatMap(firmware -> jobs.locked(() -> jobs.select(request, firmware))
                        .flatMap(selected -> new JobCreator(
                                        store.origin(InMemoryJobs.CREATE_JOB), Duration.ZERO, store.maxJobDevices)
                                .create(
                                        request,
                                        new JobCreator.Selection(Option.some((long) selected.size()), List.empty()),
                                        isDry,
                                        new Steps(firmware, creation))));
    }

    /** Lists the devices as a vendor without a selection of all devices. */
    @Override
    public Either<OtaFailure, JobRequest> listDevices(JobRequest request) {
        return !(request.targets() instanceof JobTargets.All)
                ? Either.right(request)
                : store.read(Capability.CREATE_JOB, InMemoryJobs.CREATE_JOB, () -> firmware(request))
                        .flatMap(firmware -> jobs.locked(() -> jobs.select(request, firmware)))
                        .map(selected -> request.withTargets(new JobTargets.All(selected.map(Device::id))));
    }

    private Either<OtaFailure, Firmware> firmware(JobRequest request) {
        return Option.of(store.firmware.get(request.firmware()))
                .toEither(() -> store.absent(InMemoryJobs.CREATE_JOB, "firmware " + request.firmware()));
    }

    private final class Steps implements JobCreator.VendorSteps {

        private final Firmware firmware;
        private final Capability creation;

        Steps(Firmware firmware, Capability creation) {
            this.firmware = firmware;
            this.creation = creation;
        }

        @Override
        public boolean storesTokens() {
            return store.capabilities.has(Capability.FIND_JOB_BY_TOKEN);
        }

        /** Without tokens, the newest job of the package that has a task for the first device. */
        @Override
        public Either<OtaFailure, List<UpgradeJob>> find(JobRequest request) {
            return store.read(
                    creation,
                    InMemoryJobs.CREATE_JOB,
                    () -> Either.right(
                            jobs.locked(() -> storesTokens() ? withToken(request) : ofFirstDevice(request))));
        }

        private List<UpgradeJob> withToken(JobRequest request) {
            return List.ofAll(jobs.jobs.values())
                    .filter(job -> request.token().includes(job.request().token()))
                    .map(InMemoryJob::view);
        }

        private List<UpgradeJob> ofFirstDevice(JobRequest request) {
            if (!(request.targets() instanceof JobTargets.Devices devices)) {
                return List.empty();
            }
            return List.ofAll(jobs.jobs.descendingMap().values())
                    .find(job -> job.firmware().id().equals(request.firmware())
                            && job.tasks.containsKey(devices.ids().head()))
                    .map(InMemoryJob::view)
                    .toList();
        }

        @Override
        public Either<OtaFailure, JobId> create(JobRequest request) {
            return store.change(
                    false,
                    creation,
                    InMemoryJobs.CREATE_JOB,
                    () -> jobs.locked(() -> jobs.select(request, firmware)
                            .map(selected ->
                                    jobs.create(request, firmware, selected).id())));
        }

        @Override
        public Either<OtaFailure, UpgradeJob> read(JobId id) {
            return jobs.locked(() -> jobs.find(id).map(InMemoryJob::view))
                    .toEither(() -> store.absent(InMemoryJobs.CREATE_JOB, "job " + id));
        }

        /** Every job has its counts. */
        @Override
        public Either<OtaFailure, Option<Long>> countTasks(List<UpgradeJob> created) {
            return Either.right(Option.none());
        }
    }

    @Override
    public Either<OtaFailure, TaskChanges> cancel(JobId id, TaskFilter filter) {
        if (!isDry) {
            Option.of(store.beforeNextCancellation.getAndSet(null)).forEach(Runnable::run);
        }
        return change(Capability.CANCEL_JOB, CANCEL_TASKS, id, job -> {
            boolean wasFinal = job.state().isFinal();
            List<InMemoryTask> selected = selected(job, filter, state -> !state.isFinal());
            List<TaskChanges.Refused> refused =
                    refused(CANCEL_TASKS, job, filter, state -> !state.isFinal() || state == TaskState.CANCELLED);
            List<DeviceId> inProgress =
                    selected.filter(task -> task.state() == TaskState.RUNNING).map(task -> task.device.id());
            if (!isDry) {
                selected.forEach(jobs::cancel);
                if (filter.isAll() && !wasFinal) {
                    job.cancel(store.nextTime());
                } else {
                    job.touch(store.nextTime());
                }
            }
            return Either.right(new TaskChanges(
                    Option.some((long) selected.size()),
                    refused,
                    inProgress.take(TaskChanges.MAX_LISTED),
                    inProgress.size(),
                    List.empty()));
        });
    }

    @Override
    public Either<OtaFailure, TaskChanges> retry(JobId id, TaskFilter filter) {
        return restart(
                Capability.RETRY_TASKS,
                RETRY_TASKS,
                id,
                filter,
                state ->
                        state == TaskState.FAILED || state == TaskState.CANCELLED || state == TaskState.AWAITING_RETRY);
    }

    @Override
    public Either<OtaFailure, TaskChanges> confirm(JobId id, TaskFilter filter) {
        return restart(
                Capability.CONFIRM_TASKS, CONFIRM_TASKS, id, filter, state -> state == TaskState.AWAITING_CONFIRMATION);
    }

    /** Queues tasks. A device with an unfinished task in another job is refused. */
    private Either<OtaFailure, TaskChanges> restart(
            Capability needed, String operation, JobId id, TaskFilter filter, Predicate<TaskState> states) {
        return change(needed, operation, id, job -> {
            List<InMemoryTask> selected = selected(job, filter, states);
            List<InMemoryTask> free = selected.reject(task -> isBusy(job, task));
            List<TaskChanges.Refused> refused = refused(operation, job, filter, states);
            if (!isDry && free.nonEmpty()) {
                free.forEach(task -> task.moveTo(TaskState.QUEUED, store.nextTime()));
                job.resume(store.nextTime());
            }
            List<TaskChanges.Refused> busy = selected.removeAll(free)
                    .map(task -> new TaskChanges.Refused(
                            task.device.id(),
                            store.rejected(
                                    operation,
                                    "Wait until it ends, or cancel it",
                                    "Device {0} has an unfinished task of another job",
                                    task.device.id())));
            return Either.right(new TaskChanges(
                    Option.some((long) free.size()), refused.appendAll(busy), List.empty(), 0, List.empty()));
        });
    }

    private boolean isBusy(InMemoryJob job, InMemoryTask task) {
        return jobs.tasksOf(task.device.toRef())
                .exists(other ->
                        !other.jobId().equals(job.id()) && !other.state().isFinal());
    }

    private static List<InMemoryTask> selected(InMemoryJob job, TaskFilter filter, Predicate<TaskState> states) {
        return List.ofAll(job.tasks.values())
                .filter(task -> states.test(task.state())
                        && (filter.states().isEmpty() || filter.states().contains(task.state()))
                        && (filter.devices().isEmpty() || filter.devices().contains(task.device.id())));
    }

    /** The named devices without a task, and those whose task has another state. */
    private List<TaskChanges.Refused> refused(
            String operation, InMemoryJob job, TaskFilter filter, Predicate<TaskState> states) {
        List<InMemoryTask> others = filter.devices().isEmpty() ? List.empty() : selected(job, filter, states.negate());
        return filter.devices()
                .reject(job.tasks::containsKey)
                .map(device -> new TaskChanges.Refused(
                        device, store.absent(operation, "task of device " + device + " in job " + job.id())))
                .appendAll(others.map(task -> new TaskChanges.Refused(
                        task.device.id(),
                        store.rejected(
                                operation,
                                "See the state of the task",
                                "The task of device {0} in job {1} has state {2}",
                                task.device.id(),
                                job.id(),
                                Reported.code(task.state())))));
    }

    @Override
    public Either<OtaFailure, UpgradeJob> update(JobId id, JobUpdate change) {
        return change(Capability.UPDATE_JOB, UPDATE_JOB, id, job -> {
            if (!job.isContinuous()
                    && (change.timeout().isDefined() || change.sourceVersions().isDefined())) {
                return Either.left(store.rejected(
                        UPDATE_JOB,
                        "Change the rate or the tags only",
                        "Timeout and source versions of job {0} cannot be changed, because it is not continuous",
                        id));
            }
            if (!isDry) {
                job.update(updated(job.request(), change), store.nextTime());
            }
            return Either.right(job.view());
        });
    }

    private static JobRequest updated(JobRequest request, JobUpdate change) {
        return new JobRequest(
                request.firmware(),
                request.kind(),
                request.targets(),
                request.token(),
                change.sourceVersions().getOrElse(request.sourceVersions()),
                request.start(),
                request.end(),
                change.ratePerMinute().orElse(request.ratePerMinute()),
                request.retry(),
                change.timeout().orElse(request.timeout()),
                request.needsConfirmation(),
                request.replacesPending(),
                request.throughGateways(),
                change.tags().getOrElse(request.tags()));
    }

    @Override
    public Either<OtaFailure, DeleteResult> delete(JobId id) {
        return store.deletion(
                isDry,
                Capability.DELETE_JOB,
                DELETE_JOB,
                () -> jobs.locked(() -> {
                    Option<InMemoryJob> found = jobs.find(id);
                    if (found.exists(job -> !job.state().isFinal())) {
                        return Either.left(store.rejected(
                                DELETE_JOB, "Cancel it first", "Job {0} has not ended, so it cannot be deleted", id));
                    }
                    if (!isDry) {
                        found.forEach(job -> jobs.jobs.remove(job.number));
                    }
                    return Either.right(found.isDefined() ? DeleteResult.DELETED : DeleteResult.NOT_FOUND);
                }));
    }

    private <T> Either<OtaFailure, T> change(
            Capability needed, String operation, JobId id, Function<InMemoryJob, Either<OtaFailure, T>> change) {
        return store.change(
                isDry,
                needed,
                operation,
                () -> jobs.locked(() -> jobs.find(id)
                        .toEither(() -> store.absent(operation, "job " + id))
                        .flatMap(change)));
    }
}
