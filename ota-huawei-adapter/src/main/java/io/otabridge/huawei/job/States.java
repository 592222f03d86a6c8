package io.otabridge.huawei.job;

import io.otabridge.domain.Reported;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskState;
import io.vavr.Tuple;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Set;
import io.vavr.collection.TreeMap;
import io.vavr.control.Option;

/**
 * The meaning of the statuses of batch tasks and sub-tasks (documents "Create a Batch Task" and "Query a Batch Task").
 * The spelling {@code Waitting} is the vendor's.
 */
final class States {

    static final String WAITING = "Waitting";
    static final String FAIL = "Fail";
    static final String PROCESSING = "Processing";

    private static final String INITIALIZING = "Initializing";

    /** The states of a job by {@code status}, except for {@link #WAITING} and {@link #FAIL}, see {@link #ofJob}. */
    private static final Map<String, JobState> JOB = TreeMap.of(
            INITIALIZING,
            JobState.PREPARING,
            PROCESSING,
            JobState.RUNNING,
            "Success",
            JobState.FINISHED,
            "PartialSuccess",
            JobState.FINISHED,
            "Stopping",
            JobState.CANCELLING,
            "Stopped",
            JobState.CANCELLED);

    /**
     * The states of a task by {@code status}, except for {@link #WAITING}, see {@link #ofTask}. {@code DeviceInProgress}
     * and {@code Rejected} occur only as values of a filter in an interface definition of 2025.
     */
    private static final Map<String, TaskState> TASK = TreeMap.ofEntries(List.of(
            Tuple.of(PROCESSING, TaskState.RUNNING),
            Tuple.of("DeviceInProgress", TaskState.RUNNING),
            Tuple.of("FailWaitRetry", TaskState.AWAITING_RETRY),
            Tuple.of("Success", TaskState.SUCCEEDED),
            Tuple.of(FAIL, TaskState.FAILED),
            Tuple.of("Rejected", TaskState.FAILED),
            Tuple.of("Stopped", TaskState.CANCELLED),
            Tuple.of("Removed", TaskState.REMOVED)));

    /** The documented statuses of sub-tasks in the order of their states. {@code NOTIFIED} is not reported. */
    private static final Map<TaskState, String> FILTERS = TreeMap.ofEntries(List.of(
            Tuple.of(TaskState.AWAITING_CONFIRMATION, WAITING),
            Tuple.of(TaskState.QUEUED, WAITING),
            Tuple.of(TaskState.RUNNING, PROCESSING),
            Tuple.of(TaskState.AWAITING_RETRY, "FailWaitRetry"),
            Tuple.of(TaskState.SUCCEEDED, "Success"),
            Tuple.of(TaskState.FAILED, FAIL),
            Tuple.of(TaskState.CANCELLED, "Stopped"),
            Tuple.of(TaskState.REMOVED, "Removed")));

    /** The statuses of sub-tasks that can be stopped. */
    static final List<String> STOPPABLE = List.of(WAITING, PROCESSING, "FailWaitRetry");

    /** The statuses of sub-tasks that can be retried. */
    static final List<String> RETRYABLE = List.of(FAIL, "FailWaitRetry", "Stopped");

    /** The statuses of sub-tasks that can be confirmed. */
    static final List<String> CONFIRMABLE = List.of(WAITING);

    private States() {}

    /**
     * The state of a job. {@code Waitting} has three meanings.
     *
     * @param needsConfirmation {@code need_confirm}
     * @param isScheduled whether {@code schedule_time} is in the future
     * @param hasNoTasks whether the vendor reports that there are no sub-tasks
     */
    static Reported<JobState> ofJob(String status, boolean needsConfirmation, boolean isScheduled, boolean hasNoTasks) {
        JobState state = switch (status) {
            case WAITING ->
                needsConfirmation
                        ? JobState.AWAITING_CONFIRMATION
                        : isScheduled ? JobState.SCHEDULED : JobState.WAITING;
            case FAIL -> hasNoTasks ? JobState.FAILED : JobState.FINISHED;
            default -> JOB.getOrElse(status, JobState.UNKNOWN);
        };
        return new Reported<>(state, status);
    }

    /**
     * The state of a waiting task. Tasks wait for the confirmation until the job leaves {@code Waitting}. When some
     * devices were confirmed, nothing tells the others from confirmed devices that are offline, so all are queued.
     *
     * @param needsConfirmation {@code need_confirm} of the job
     */
    static TaskState ofWaitingTask(String jobStatus, boolean needsConfirmation) {
        boolean isUnconfirmed = jobStatus.equals(WAITING) || jobStatus.equals(INITIALIZING);
        return needsConfirmation && isUnconfirmed ? TaskState.AWAITING_CONFIRMATION : TaskState.QUEUED;
    }

    /** The state of a task, with the state of a {@link #ofWaitingTask waiting} one. */
    static Reported<TaskState> ofTask(String status, TaskState ofWaiting) {
        return new Reported<>(status.equals(WAITING) ? ofWaiting : TASK.getOrElse(status, TaskState.UNKNOWN), status);
    }

    /**
     * The statuses by which the vendor filters the tasks in these states; absent if all tasks must be read. It is empty
     * if the vendor does not report these states.
     */
    static Option<List<String>> filters(Set<TaskState> states) {
        return Option.when(
                states.nonEmpty() && !states.contains(TaskState.UNKNOWN),
                () -> states.toList().flatMap(FILTERS::get).distinct());
    }

    /**
     * Whether tasks in these states may have a status that is in no counter and in no documented filter. Then some of
     * the tasks that are in no counter may have it, and are found among all tasks only.
     */
    static boolean areIncomplete(Set<TaskState> states) {
        return TASK.exists(
                status -> states.contains(status._2) && !FILTERS.values().contains(status._1));
    }

    /** The states of sub-tasks with these statuses. */
    static Set<TaskState> statesOf(List<String> statuses) {
        return FILTERS.filterValues(statuses::contains).keySet();
    }

    /** The status by which the vendor filters the jobs in these states; absent if it cannot. */
    static Option<String> filter(Set<JobState> states) {
        List<String> statuses = states.toList().flatMap(States::statuses).distinct();
        return Option.when(statuses.size() == 1 && !states.contains(JobState.UNKNOWN), statuses::head);
    }

    private static List<String> statuses(JobState state) {
        return switch (state) {
            case AWAITING_CONFIRMATION, SCHEDULED, WAITING -> List.of(WAITING);
            case FAILED -> List.of(FAIL);
            case FINISHED -> List.of("Success", "PartialSuccess", FAIL);
            default -> JOB.filterValues(state::equals).keySet().toList();
        };
    }
}
