package io.otabridge.aliyun.job.command;

import io.otabridge.aliyun.job.AliyunJobQuery;
import io.otabridge.aliyun.operation.AliyunErrors;
import io.otabridge.client.Operation;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobSelection;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskId;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.TaskChanges;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.vavr.Tuple;
import io.vavr.collection.HashSet;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.function.Function;

/** Cancels, retries and confirms tasks. */
final class TaskCommands {

    private static final Set<TaskState> CANCELLABLE =
            HashSet.of(TaskState.AWAITING_CONFIRMATION, TaskState.QUEUED, TaskState.NOTIFIED, TaskState.RUNNING);
    private static final String RUNNING = "IN_PROGRESS";

    /**
     * What is kept of a task, because a job may have a million.
     *
     * @param code the state as text
     */
    private record SeenTask(DeviceId device, Option<TaskId> id, TaskState state, String code) {

        static SeenTask of(UpgradeTask task) {
            return new SeenTask(
                    task.device(), task.id(), task.state().value(), task.state().code());
        }

        /** A device has several tasks in a continuous job if it reports an old version again. */
        Object key() {
            return Tuple.of(device, id);
        }
    }

    private final OperationClient client;
    private final JobCommandOperations operations;
    private final AliyunJobQuery jobs;

    TaskCommands(OperationClient client, JobCommandOperations operations, AliyunJobQuery jobs) {
        this.client = client;
        this.operations = operations;
        this.jobs = jobs;
    }

    Either<OtaFailure, TaskChanges> cancel(JobId id, TaskFilter filter) {
        return jobs.find(id)
                .flatMap(job -> filter.devices().isEmpty() ? cancelStates(job, filter) : cancelDevices(job, filter));
    }

    /** Tasks of a continuous job go on when it is cancelled, so they are cancelled too, and again after a failure. */
    private Either<OtaFailure, TaskChanges> cancelStates(UpgradeJob job, TaskFilter filter) {
        boolean isContinuous = job.selection().exists(selection -> selection.is(JobSelection.CONTINUOUS));
        boolean isCancelled = job.state().is(JobState.CANCELLED);
        Set<TaskState> states =
                filter.states().isEmpty() ? CANCELLABLE : CANCELLABLE.intersect(HashSet.ofAll(filter.states()));
        if (job.isFinal() && !(isContinuous && isCancelled)) {
            return Either.right(withWarning(TaskChanges.NONE, "the job has ended already"));
        }
        if (states.isEmpty()) {
            return Either.right(TaskChanges.NONE);
        }
        Either<OtaFailure, TaskChanges> affected =
                states.contains(TaskState.RUNNING) ? inProgress(job.id()) : Either.right(changes(Option.none()));
        return affected.flatMap(result -> isContinuous && filter.isAll() && !isCancelled
                        ? done(client.change(operations.cancelStrategy, job.id(), job.id()), result)
                        : Either.right(
                                isContinuous && !isCancelled
                                        ? withWarning(
                                                result,
                                                "the continuous job goes on, and creates tasks for other devices")
                                        : result))
                .flatMap(result -> cancel(
                                job, operations.cancelsRunningTasks ? states : states.remove(TaskState.RUNNING), result)
                        .mapLeft(failure -> isContinuous && filter.isAll() ? withoutTasks(failure) : failure));
    }

    private Either<OtaFailure, TaskChanges> cancel(UpgradeJob job, Set<TaskState> states, TaskChanges result) {
        if (states.isEmpty()) {
            TaskChanges unchanged = new TaskChanges(
                    Option.some(0L),
                    result.refused(),
                    result.inProgress(),
                    result.inProgressCount(),
                    result.warnings());
            return Either.right(withWarning(unchanged, "the vendor cancels no tasks of devices that are upgrading"));
        }
        JobCommandOperations.TasksInStates tasks = new JobCommandOperations.TasksInStates(
                job.id(), states, job.state().is(JobState.SCHEDULED));
        Either<OtaFailure, TaskChanges> sent = done(client.change(operations.cancelTasks, tasks, tasks), result);
        return sent.isLeft() && isCancelledNow(job, sent.getLeft()) ? Either.right(result) : sent;
    }

    /** Whether the cancellation had an effect although its response was lost, or another caller cancelled the job. */
    private boolean isCancelledNow(UpgradeJob before, OtaFailure failure) {
        boolean mayBeCancelled = failure instanceof OtaFailure.OutcomeUnknown
                || failure instanceof OtaFailure.UnreadableResponse
                || failure.vendorCode().isDefined();
        // A continuous job is cancelled before its tasks.
        boolean showsTasks = before.selection().forAll(selection -> !selection.is(JobSelection.CONTINUOUS));
        return mayBeCancelled
                && showsTasks
                && jobs.find(before.id()).exists(job -> job.state().is(JobState.CANCELLED));
    }

    /** The devices that are upgrading now. They may still finish. */
    private Either<OtaFailure, TaskChanges> inProgress(JobId id) {
        return jobs.count(id, Option.some(RUNNING))
                .flatMap(count -> count == 0
                        ? Either.right(changes(Option.none()))
                        : listInProgress(id)
                                .map(devices -> new TaskChanges(
                                        Option.none(),
                                        List.empty(),
                                        devices.take(TaskChanges.MAX_LISTED),
                                        Math.max(count, devices.size()),
                                        List.empty())));
    }

    /** Devices may be missing if tasks begin or end meanwhile; the count says how many there are. */
    private Either<OtaFailure, List<DeviceId>> listInProgress(JobId id) {
        List<DeviceId> devices = List.empty();
        Option<PageToken> next = Option.some(PageToken.FIRST);
        while (next.isDefined() && devices.size() < TaskChanges.MAX_LISTED) {
            var page = jobs.sample(id, RUNNING).page(next.get());
            if (page.isLeft()) {
                return Either.left(page.getLeft());
            }
            devices = devices.appendAll(page.get().items().map(UpgradeTask::device));
            next = page.get().next();
        }
        return Either.right(devices);
    }

    private Either<OtaFailure, TaskChanges> cancelDevices(UpgradeJob job, TaskFilter filter) {
        if (job.product().isEmpty() || job.firmware().isEmpty()) {
            return Either.left(incomplete(job.id()));
        }
        return seen(jobs.tasks(job.id(), TaskFilter.ofDevices(filter.devices())))
                .map(found -> {
                    List<SeenTask> wanted = found.filter(task -> isSelected(filter, task));
                    List<SeenTask> open = wanted.filter(task -> !task.state().isFinal());
                    TaskChanges changed = inGroups(
                            job.id(),
                            open,
                            JobCommandOperations.MAX_CANCELLED_DEVICES,
                            operations.cancelTasksOfDevices,
                            group -> new JobCommandOperations.TasksOfDevices(
                                    job.id(),
                                    job.firmware().head(),
                                    job.product().get(),
                                    group.map(SeenTask::device).distinct()));
                    List<TaskChanges.Refused> ended = ofOtherDevices(
                                    wanted.filter(task ->
                                            task.state() == TaskState.SUCCEEDED || task.state() == TaskState.FAILED),
                                    open)
                            .map(task -> new TaskChanges.Refused(task.device(), ended(job.id(), task)));
                    List<DeviceId> running = open.filter(task -> task.state() == TaskState.RUNNING)
                            .map(SeenTask::device);
                    return new TaskChanges(
                            changed.accepted(),
                            changed.refused().appendAll(ended).appendAll(absent(job.id(), filter, found)),
                            running.take(TaskChanges.MAX_LISTED),
                            running.size(),
                            changed.warnings());
                });
    }

    Either<OtaFailure, TaskChanges> retry(JobId id, TaskFilter filter) {
        return change(id, filter, operations.reupgradeTasks, TaskState.FAILED, TaskState.CANCELLED);
    }

    Either<OtaFailure, TaskChanges> confirm(JobId id, TaskFilter filter) {
        return change(id, filter, operations.confirmTasks, TaskState.AWAITING_CONFIRMATION);
    }

    /** Lists the tasks first, because the platform wants their ids. All are listed before the first is changed. */
    private Either<OtaFailure, TaskChanges> change(
            JobId id,
            TaskFilter filter,
            Operation<JobCommandOperations.Tasks, JobCommandOperations.Tasks> operation,
            TaskState... possible) {
        Set<TaskState> states = filter.states().isEmpty()
                ? HashSet.of(possible)
                : HashSet.of(possible).intersect(HashSet.ofAll(filter.states()));
        return client.check(operation, new JobCommandOperations.Tasks(id, List.empty()))
                .flatMap(valid -> states.isEmpty() && filter.devices().isEmpty()
                        ? Either.right(List.<SeenTask>empty())
                        : list(id, filter, states))
                .flatMap(found -> {
                    List<SeenTask> wanted = found.filter(task -> states.contains(task.state()));
                    List<SeenTask> named = wanted.filter(task -> task.id().isDefined());
                    List<TaskChanges.Refused> others = ofOtherDevices(
                                    found.filter(task -> isSelected(filter, task) && !states.contains(task.state())),
                                    wanted)
                            .map(task ->
                                    new TaskChanges.Refused(task.device(), otherState(operation, id, task, possible)));
                    List<TaskChanges.Refused> nameless = wanted.filter(
                                    task -> task.id().isEmpty())
                            .map(task -> new TaskChanges.Refused(task.device(), withoutId(operation, id, task)));
                    TaskChanges changed = inGroups(
                            id,
                            named,
                            JobCommandOperations.MAX_TASKS,
                            operation,
                            group -> new JobCommandOperations.Tasks(id, group.flatMap(SeenTask::id)));
                    TaskChanges result = new TaskChanges(
                            changed.accepted(),
                            changed.refused()
                                    .appendAll(nameless)
                                    .appendAll(others)
                                    .appendAll(absent(id, filter, found)),
                            List.empty(),
                            0,
                            List.empty());
                    // A job that does not exist may have no tasks.
                    return found.isEmpty() ? jobs.find(id).map(job -> result) : Either.right(result);
                });
    }

    /** One task for each device that has none among the others. */
    private static List<SeenTask> ofOtherDevices(List<SeenTask> tasks, List<SeenTask> others) {
        if (tasks.isEmpty()) {
            return tasks;
        }
        Set<DeviceId> devices = others.map(SeenTask::device).toSet();
        return tasks.filter(task -> !devices.contains(task.device())).distinctBy(SeenTask::device);
    }

    /** The devices are selected already. */
    private static boolean isSelected(TaskFilter filter, SeenTask task) {
        return filter.states().isEmpty() || filter.states().contains(task.state());
    }

    private Either<OtaFailure, List<SeenTask>> list(JobId id, TaskFilter filter, Set<TaskState> states) {
        return seen(jobs.tasks(
                id,
                filter.devices().isEmpty()
                        ? new TaskFilter(states, List.empty())
                        : TaskFilter.ofDevices(filter.devices())));
    }

    private static Either<OtaFailure, List<SeenTask>> seen(Pages<UpgradeTask> tasks) {
        java.util.List<SeenTask> seen = new ArrayList<>();
        return tasks.forEach(task -> seen.add(SeenTask.of(task))).map(count -> List.ofAll(seen));
    }

    /** Sends groups of tasks one after the other. After a failure that others would share, no further group is sent. */
    private <Q> TaskChanges inGroups(
            JobId job, List<SeenTask> tasks, int size, Operation<Q, Q> operation, Function<Seq<SeenTask>, Q> input) {
        long accepted = 0;
        java.util.List<TaskChanges.Refused> refused = new ArrayList<>();
        boolean wasTemporary = false;
        Iterator<List<SeenTask>> groups = tasks.grouped(size);
        while (groups.hasNext()) {
            List<SeenTask> group = groups.next();
            Q query = input.apply(group);
            Either<OtaFailure, Q> sent = client.change(operation, query, query);
            boolean isCancelled = sent.isLeft() && AliyunErrors.isJobCancelled(sent.getLeft());
            if (sent.isRight() || (isCancelled && operation.equals(operations.cancelTasksOfDevices))) {
                accepted += group.size();
                wasTemporary = false;
                continue;
            }
            OtaFailure failure = isCancelled ? ofCancelledJob(sent.getLeft()) : sent.getLeft();
            Seq<SeenTask> unchanged = AliyunErrors.isWrongState(failure) ? unchanged(job, group) : group;
            accepted += group.size() - unchanged.size();
            refuse(unchanged, failure, refused);
            boolean isTemporary = isTemporary(failure);
            if (isCancelled || concernsAll(failure) || (isTemporary && wasTemporary)) {
                OtaFailure unsent = notSent(failure);
                groups.forEachRemaining(rest -> refuse(rest, unsent, refused));
            }
            wasTemporary = isTemporary;
        }
        return new TaskChanges(Option.some(accepted), List.ofAll(refused), List.empty(), 0, List.empty());
    }

    /** The tasks that still have their old state; all if they cannot be listed again. */
    private Seq<SeenTask> unchanged(JobId job, Seq<SeenTask> group) {
        return seen(jobs.tasks(job, TaskFilter.ofDevices(group.map(SeenTask::device))))
                .map(now -> {
                    Map<Object, TaskState> states = now.toMap(SeenTask::key, SeenTask::state);
                    return group.filter(task -> states.get(task.key()).forAll(task.state()::equals));
                })
                .getOrElse(group);
    }

    private static boolean concernsAll(OtaFailure failure) {
        return failure instanceof OtaFailure.AccessDenied
                || failure instanceof OtaFailure.Cancelled
                || failure instanceof OtaFailure.CircuitOpen
                || failure instanceof OtaFailure.DeadlineExceeded;
    }

    /** Twice in a row, it is no failure of a single group. */
    private static boolean isTemporary(OtaFailure failure) {
        return failure instanceof OtaFailure.Unavailable
                || failure instanceof OtaFailure.RateLimited
                || failure instanceof OtaFailure.OutcomeUnknown;
    }

    private static void refuse(Seq<SeenTask> tasks, OtaFailure failure, java.util.List<TaskChanges.Refused> refused) {
        tasks.forEach(task -> refused.add(new TaskChanges.Refused(task.device(), failure)));
    }

    private static OtaFailure ofCancelledJob(OtaFailure failure) {
        return failure.withDetails(
                failure.details().withMoreAdvice(Message.of("create a new job for the devices of a cancelled job")));
    }

    /** For the tasks after a failure, which are unchanged whatever happened to those before. */
    private static OtaFailure notSent(OtaFailure failure) {
        FailureDetails details =
                failure.details().withMoreAdvice(Message.of("nothing was sent for this device; repeat the command"));
        return failure instanceof OtaFailure.OutcomeUnknown
                ? new OtaFailure.Unavailable(details)
                : failure.withDetails(details);
    }

    /** The named devices without a task. */
    private List<TaskChanges.Refused> absent(JobId id, TaskFilter filter, List<SeenTask> found) {
        Set<DeviceId> present = found.map(SeenTask::device).toSet();
        return filter.devices()
                .filter(device -> !present.contains(device))
                .map(device -> new TaskChanges.Refused(device, notInJob(id, device)));
    }

    private static Either<OtaFailure, TaskChanges> done(Either<OtaFailure, ?> change, TaskChanges result) {
        return change.isRight() || AliyunErrors.isJobCancelled(change.getLeft())
                ? Either.right(result)
                : Either.left(change.getLeft());
    }

    private static TaskChanges changes(Option<Long> accepted) {
        return new TaskChanges(accepted, List.empty(), List.empty(), 0, List.empty());
    }

    private static TaskChanges withWarning(TaskChanges result, String warning) {
        return new TaskChanges(
                result.accepted(),
                result.refused(),
                result.inProgress(),
                result.inProgressCount(),
                result.warnings().append(warning));
    }

    private static OtaFailure withoutTasks(OtaFailure failure) {
        return failure.withDetails(failure.details()
                .withMoreAdvice(Message.of(
                        "the job creates no more tasks; repeat the cancellation for the tasks that it has")));
    }

    private OtaFailure notInJob(JobId id, DeviceId device) {
        OperationContext origin = client.contextOf(operations.cancelTasksOfDevices);
        return new OtaFailure.NotFound(FailureDetails.of(
                origin,
                Message.of("Device {0} has no task in job {1} on backend {2}", device, id, origin.backend()),
                Message.of("Check the name; the vendor leaves out devices that have the version already")));
    }

    private OtaFailure ended(JobId job, SeenTask task) {
        OperationContext origin = client.contextOf(operations.cancelTasksOfDevices);
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        "The task of device {0} in job {1} on backend {2} has ended: {3}",
                        task.device(), job, origin.backend(), task.code()),
                Message.of("Nothing is left to cancel")));
    }

    private OtaFailure otherState(Operation<?, ?> operation, JobId job, SeenTask task, TaskState... possible) {
        OperationContext origin = client.contextOf(operation);
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        "The task of device {0} in job {1} on backend {2} has state {3}",
                        task.device(), job, origin.backend(), task.code()),
                Message.of(
                        "Only tasks in state {0} can be changed in this way",
                        List.of(possible).map(Reported::code).mkString(" or "))));
    }

    private OtaFailure withoutId(Operation<?, ?> operation, JobId job, SeenTask task) {
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                client.contextOf(operation),
                Message.of("The task of device {0} in job {1} was returned without its id", task.device(), job),
                Message.of("Create a job for the device")));
    }

    private OtaFailure incomplete(JobId id) {
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                client.contextOf(operations.cancelTasksOfDevices),
                Message.of("Job {0} was returned without its package or product", id),
                Message.of("Cancel the whole job")));
    }
}
