package io.otabridge.huawei.job;

import io.otabridge.client.Operation;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.TaskChanges;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.List;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.Iterator;

/**
 * One command for tasks of a job: stop, retry or confirm. For all tasks that it can change it is sent once without
 * devices, otherwise for at most 100 devices at a time. For one use on one thread.
 */
final class TaskCommand {

    /** The documented maximum of {@code targets}. */
    private static final int MAX_DEVICES = 100;

    /** The code of a device that has no task in the job. */
    private static final String NOT_IN_JOB = "IOTDA.014219";

    /** What the command does. */
    enum Kind {
        CANCEL("cancel"),
        RETRY("retry"),
        CONFIRM("confirm");

        private final String verb;

        Kind(String verb) {
            this.verb = verb;
        }

        /** The vendor's statuses of the tasks that it can change. */
        List<String> statuses() {
            return switch (this) {
                case CANCEL -> States.STOPPABLE;
                case RETRY -> States.RETRYABLE;
                case CONFIRM -> States.CONFIRMABLE;
            };
        }
    }

    private final OperationClient client;
    private final JobOperations operations;
    private final HuaweiJobQuery jobs;
    private final Kind kind;
    private final UpgradeJob job;
    private final TaskFilter filter;
    private final boolean isDryRun;
    private final Operation<JobOperations.TaskTargets, List<JobMapping.TargetResult>> operation;

    private long accepted;
    private boolean isAcceptedKnown = true;
    private final java.util.List<TaskChanges.Refused> refused = new ArrayList<>();
    private final java.util.List<DeviceId> inProgress = new ArrayList<>();
    private long inProgressCount;
    private List<String> warnings = List.empty();

    /** Tasks of named devices that are cancelled already. */
    private final java.util.List<UpgradeTask> cancelled = new ArrayList<>();

    TaskCommand(
            OperationClient client,
            JobOperations operations,
            HuaweiJobQuery jobs,
            Kind kind,
            UpgradeJob job,
            TaskFilter filter,
            boolean isDryRun) {
        this.client = client;
        this.operations = operations;
        this.jobs = jobs;
        this.kind = kind;
        this.job = job;
        this.filter = filter;
        this.isDryRun = isDryRun;
        this.operation = switch (kind) {
            case CANCEL -> operations.stopTasks;
            case RETRY -> operations.retryTasks;
            case CONFIRM -> operations.confirmTasks;
        };
    }

    Either<OtaFailure, TaskChanges> execute() {
        Option<String> reason = nothingToDo(job);
        if (reason.isDefined()) {
            return Either.right(nothing(reason.get()));
        }
        if (isForAll()) {
            return listInProgress().flatMap(listed -> sendForAll()).map(sent -> result());
        }
        return (filter.devices().isEmpty() ? sendForStates() : sendForDevices()).map(sent -> result());
    }

    /** Why the command has no effect; absent if it may have one. */
    private Option<String> nothingToDo(UpgradeJob current) {
        if (kind == Kind.CANCEL && (current.isFinal() || current.state().is(JobState.CANCELLING))) {
            return Option.some(
                    "job " + current.id() + " is " + current.state().code() + ", so there is nothing to cancel");
        }
        if (kind == Kind.CONFIRM && !current.needsConfirmation().contains(true)) {
            return Option.some("job " + current.id() + " needs no confirmation");
        }
        return Option.when(
                filter.devices().isEmpty() && changeable(current).contains(0L),
                () -> "job " + current.id() + " has no task to " + kind.verb);
    }

    /** Named devices are refused, unless their tasks are being cancelled as requested. */
    private TaskChanges nothing(String reason) {
        boolean isDone = kind == Kind.CANCEL && job.state().is(JobState.CANCELLED, JobState.CANCELLING);
        return filter.devices().isEmpty() || isDone
                ? new TaskChanges(Option.some(0L), List.empty(), List.empty(), 0, List.of(reason))
                : new TaskChanges(
                        Option.some(0L),
                        filter.devices().map(device -> refused(device, pointless(device, reason))),
                        List.empty(),
                        0,
                        List.empty());
    }

    /** The number of tasks that the command can change; absent if it is not known, or there are no tasks yet. */
    private Option<Long> changeable(UpgradeJob current) {
        return current.counts()
                .filter(counts -> counts.total() > 0 && counts.of(TaskState.UNKNOWN) == 0)
                .map(counts -> statesOf().toList().map(counts::of).sum().longValue());
    }

    private Set<TaskState> statesOf() {
        return States.statesOf(kind.statuses());
    }

    /** Whether the filter selects every task that the command can change. */
    private boolean isForAll() {
        boolean isEveryState = kind == Kind.CONFIRM
                ? filter.states().contains(TaskState.AWAITING_CONFIRMATION)
                : filter.states().containsAll(statesOf());
        return filter.devices().isEmpty() && (filter.states().isEmpty() || isEveryState);
    }

    /** Devices that are upgrading when the job is cancelled. */
    private Either<OtaFailure, ?> listInProgress() {
        Option<Long> running = job.counts().map(counts -> counts.of(TaskState.RUNNING));
        long uncounted =
                job.counts().map(counts -> counts.of(TaskState.UNKNOWN)).getOrElse(0L);
        if (kind == Kind.CANCEL && uncounted > 0) {
            warnings = warnings.append("the vendor counts " + uncounted
                    + " of the tasks in no state, so more devices than the listed ones may be upgrading");
        }
        if (kind != Kind.CANCEL || running.contains(0L)) {
            return Either.right(job);
        }
        Iterator<Either<OtaFailure, UpgradeTask>> tasks =
                lists(TaskFilter.all()).pagesOf(List.of(States.PROCESSING)).iterator();
        while (inProgress.size() < TaskChanges.MAX_LISTED && tasks.hasNext()) {
            Either<OtaFailure, UpgradeTask> next = tasks.next();
            if (next.isLeft()) {
                return next;
            }
            inProgress.add(next.get().device());
        }
        inProgressCount = Math.max(inProgress.size(), running.getOrElse(0L));
        return Either.right(job);
    }

    private TaskLists lists(TaskFilter selected) {
        return new TaskLists(client, operations, jobs, job.id(), selected);
    }

    private Either<OtaFailure, ?> sendForAll() {
        if (isDryRun) {
            isAcceptedKnown = changeable(job).isDefined();
            accepted = changeable(job).getOrElse(0L);
        }
        Either<OtaFailure, List<JobMapping.TargetResult>> sent = send(List.empty());
        if (sent.isRight()) {
            isAcceptedKnown &= isDryRun || sent.get().nonEmpty();
            sent.get().forEach(this::add);
            return sent;
        }
        return kind == Kind.CANCEL && mayHaveEnded(sent.getLeft()) ? lookAgain(sent.getLeft()) : sent;
    }

    /** The job may have ended meanwhile, or the response was lost after it was cancelled. */
    private static boolean mayHaveEnded(OtaFailure failure) {
        return failure instanceof OtaFailure.OutcomeUnknown
                || failure instanceof OtaFailure.UnreadableResponse
                || failure instanceof OtaFailure.Rejected;
    }

    private Either<OtaFailure, ?> lookAgain(OtaFailure failure) {
        Option<Reported<JobState>> now = jobs.find(job.id()).toOption().map(UpgradeJob::state);
        if (!now.exists(state -> state.value().isFinal() || state.is(JobState.CANCELLING))) {
            return Either.left(failure);
        }
        isAcceptedKnown = false;
        warnings = warnings.append("job " + job.id() + " is " + now.get().code() + " now; the vendor's response was: "
                + failure.summary());
        return Either.right(job);
    }

    /** The tasks in some states. Which devices these are must be listed, because the vendor stops all or named ones. */
    private Either<OtaFailure, ?> sendForStates() {
        List<String> statuses = States.filters(filter.states().remove(TaskState.UNKNOWN))
                .getOrElse(List.empty())
                .filter(kind.statuses()::contains);
        boolean mayMiss = statuses.nonEmpty()
                && States.areIncomplete(filter.states().intersect(statesOf()))
                && job.counts().forAll(counts -> counts.of(TaskState.UNKNOWN) > 0);
        return sendInChunks(lists(TaskFilter.all()).pagesOf(mayMiss ? List.of(TaskLists.ALL) : statuses));
    }

    /** Named devices. A device without a task is refused. */
    private Either<OtaFailure, ?> sendForDevices() {
        Set<DeviceId> missing = LinkedHashSet.ofAll(filter.devices());
        java.util.Set<DeviceId> found = new java.util.HashSet<>();
        return sendInChunks(
                        lists(TaskFilter.ofDevices(filter.devices())).pages().filter(task -> found.add(task.device())))
                .map(sent -> {
                    missing.removeAll(HashSet.ofAll(found))
                            .forEach(device -> refused.add(refused(device, notInJob(device))));
                    return sent;
                });
    }

    /**
     * Collects the devices first, because the command moves their tasks to other lists. After a failure nothing more is
     * sent, and the results so far are kept.
     */
    private Either<OtaFailure, ?> sendInChunks(Pages<UpgradeTask> tasks) {
        java.util.List<DeviceId> selected = new ArrayList<>();
        return tasks.forEach(task -> select(task, selected)).flatMap(listed -> {
            for (int first = 0; first < selected.size(); first += MAX_DEVICES) {
                int next = Math.min(first + MAX_DEVICES, selected.size());
                List<DeviceId> chunk = List.ofAll(selected.subList(first, next));
                Either<OtaFailure, List<JobMapping.TargetResult>> sent = send(chunk);
                if (sent.isRight()) {
                    add(chunk, sent.get());
                } else if (first == 0) {
                    return Either.left(sent.getLeft());
                } else {
                    chunk.forEach(device -> refused.add(refused(device, sent.getLeft())));
                    OtaFailure unsent = notSent(sent.getLeft());
                    selected.subList(next, selected.size()).forEach(device -> refused.add(refused(device, unsent)));
                    break;
                }
            }
            return Either.right(listed);
        });
    }

    private void select(UpgradeTask task, java.util.List<DeviceId> selected) {
        TaskState state = task.state().value();
        if (!filter.states().isEmpty() && !matchesStates(state)) {
            return;
        }
        if (!statesOf().contains(state)) {
            if (kind == Kind.CANCEL && task.state().is(TaskState.CANCELLED, TaskState.REMOVED)) {
                cancelled.add(task);
            } else if (filter.devices().nonEmpty()) {
                refused.add(refused(task.device(), otherState(task)));
            }
            return;
        }
        if (kind == Kind.CANCEL && state == TaskState.RUNNING) {
            inProgressCount++;
            if (inProgress.size() < TaskChanges.MAX_LISTED) {
                inProgress.add(task.device());
            }
        }
        selected.add(task.device());
    }

    /** After the first confirmations, tasks that still wait for theirs are reported as queued. */
    private boolean matchesStates(TaskState state) {
        return filter.states().contains(state)
                || (kind == Kind.CONFIRM
                        && state == TaskState.QUEUED
                        && filter.states().contains(TaskState.AWAITING_CONFIRMATION));
    }

    private Either<OtaFailure, List<JobMapping.TargetResult>> send(List<DeviceId> devices) {
        return client.change(
                        operation,
                        new JobOperations.TaskTargets(job.id(), devices),
                        devices.map(device -> new JobMapping.TargetResult(device, true, Option.none(), Option.none())))
                .mapLeft(this::explained);
    }

    private void add(List<DeviceId> sent, List<JobMapping.TargetResult> results) {
        results.forEach(this::add);
        Set<DeviceId> reported = results.map(JobMapping.TargetResult::device).toSet();
        List<DeviceId> unreported = sent.filter(device -> !reported.contains(device));
        isAcceptedKnown &= unreported.isEmpty();
        unreported.forEach(device -> refused.add(refused(device, unreported(device))));
    }

    private void add(JobMapping.TargetResult result) {
        if (result.isAccepted()) {
            accepted++;
        } else {
            refused.add(refused(result.device(), ofVendor(result)));
        }
    }

    /** Whether the vendor accepts it for module jobs is not documented, so it is tried. */
    private OtaFailure explained(OtaFailure failure) {
        if (!(failure instanceof OtaFailure.Rejected) || failure.vendorCode().isEmpty()) {
            return failure;
        }
        boolean isModule = !TaskType.of(job.target()).isDefined();
        Message advice = switch (kind) {
            case CANCEL -> Message.of("a job that has ended or is being cancelled cannot be cancelled");
            case RETRY ->
                Message.of("Huawei does not retry tasks of a job that succeeded, was cancelled or has not begun;"
                        + " create a new job for these devices");
            case CONFIRM -> Message.of("a job that has ended or is being cancelled cannot be confirmed");
        };
        FailureDetails details = failure.details().withMoreAdvice(advice);
        return failure.withDetails(
                isModule && kind != Kind.CONFIRM
                        ? details.withMoreAdvice(
                                Message.of("the vendor documents this for firmware and software jobs, not for modules"))
                        : details);
    }

    /** For the devices after a failure: their tasks are unchanged, whatever happened to those before. */
    private OtaFailure notSent(OtaFailure failure) {
        FailureDetails details =
                failure.details().withAdvice(Message.of("Nothing was sent for this device; repeat the command for it"));
        return failure instanceof OtaFailure.OutcomeUnknown || failure instanceof OtaFailure.UnreadableResponse
                ? new OtaFailure.Unavailable(details)
                : failure.withDetails(details);
    }

    private static TaskChanges.Refused refused(DeviceId device, OtaFailure failure) {
        return new TaskChanges.Refused(device, failure);
    }

    private OtaFailure notInJob(DeviceId device) {
        return new OtaFailure.NotFound(details(
                Message.of("Job {0} has no task for device {1}", job.id(), device),
                "Check the id of the device, or leave it out"));
    }

    private OtaFailure pointless(DeviceId device, String reason) {
        return new OtaFailure.Rejected(details(
                Message.of("The task of device {0} cannot be changed: {1}", device, reason),
                "Leave the device out, or create a new job for it"));
    }

    private OtaFailure otherState(UpgradeTask task) {
        return new OtaFailure.Rejected(details(
                Message.of(
                        "The task of device {0} in job {1} on backend {2} has state {3}",
                        task.device(),
                        job.id(),
                        client.contextOf(operation).backend(),
                        task.state().code()),
                "Only tasks in state " + statesOf().toList().map(Reported::code).mkString(" or ")
                        + " can be changed in this way"));
    }

    /** It may have been changed. */
    private OtaFailure unreported(DeviceId device) {
        return new OtaFailure.UnreadableResponse(details(
                Message.of("The vendor did not report the result for device {0} in job {1}", device, job.id()),
                "List the task of this device to see whether it was changed"));
    }

    private OtaFailure ofVendor(JobMapping.TargetResult result) {
        FailureDetails details = details(
                        Message.of(
                                "Backend {0} did not {1} the task of device {2} in job {3}",
                                client.contextOf(operation).backend(), kind.verb, result.device(), job.id()),
                        "See the vendor's error code, and list the task of this device")
                .withVendorError(result.code(), result.message(), Option.none());
        return result.code().contains(NOT_IN_JOB) ? new OtaFailure.NotFound(details) : new OtaFailure.Rejected(details);
    }

    private FailureDetails details(Message summary, String advice) {
        OperationContext origin = client.contextOf(operation);
        return FailureDetails.of(origin, summary, Message.of(advice));
    }

    private TaskChanges result() {
        return new TaskChanges(
                Option.when(isAcceptedKnown, accepted),
                List.ofAll(refused),
                List.ofAll(inProgress),
                inProgressCount,
                warnings.appendAll(List.ofAll(cancelled)
                        .headOption()
                        .map(task -> "there is nothing to cancel for " + cancelled.size()
                                + " of the devices, for example " + task.device() + ", whose task is "
                                + task.state().code())));
    }
}
