package io.otabridge.simulators.huawei.job;

import io.otabridge.simulators.huawei.store.HuaweiStore;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A batch task with its sub-tasks. Synchronized on the timeline of the fleet. */
public final class HuaweiJob {

    private final String id;
    private final HuaweiJobRequest request;
    private final Instant created;
    private final HuaweiStore<Option<SubTaskStatus>, HuaweiSubTask> tasks =
            new HuaweiStore<>(HuaweiSubTask::target, task -> Set.of(Option.none(), Option.some(task.status())));
    private JobStatus status = JobStatus.INITIALIZING;
    private String statusDescription = "";
    private boolean isDue;
    private boolean hasStarted;

    HuaweiJob(String id, HuaweiJobRequest request, Instant created) {
        this.id = id;
        this.request = request;
        this.created = created;
    }

    /** Returns the {@code task_id}. */
    public String id() {
        return id;
    }

    public HuaweiJobRequest request() {
        return request;
    }

    public Instant created() {
        return created;
    }

    public JobStatus status() {
        return status;
    }

    public String statusDescription() {
        return statusDescription;
    }

    /** Returns the sub-tasks, which are listed all or by status. */
    public HuaweiStore<Option<SubTaskStatus>, HuaweiSubTask> tasks() {
        return tasks;
    }

    /** Returns the number of sub-tasks in a status. */
    public long count(SubTaskStatus counted) {
        return tasks.count(Option.some(counted));
    }

    /** Returns the number of all sub-tasks. */
    public long total() {
        return tasks.count(Option.none());
    }

    List<HuaweiSubTask> tasksIn(SubTaskStatus... wanted) {
        return Arrays.stream(wanted)
                .flatMap(each ->
                        tasks.page(Option.some(each), HuaweiStore.NEWEST, 0, Integer.MAX_VALUE).records().stream())
                .toList();
    }

    boolean isDue() {
        return isDue;
    }

    void setDue() {
        isDue = true;
    }

    void setStarted() {
        hasStarted = true;
    }

    void setStatus(JobStatus value, String description) {
        status = value;
        statusDescription = description;
    }

    /** Returns the status that follows from the sub-tasks. */
    JobStatus statusOfTasks() {
        boolean isUnfinished = SubTaskStatus.UNFINISHED.stream().anyMatch(each -> count(each) > 0);
        if (isUnfinished) {
            return hasStarted ? JobStatus.PROCESSING : JobStatus.WAITTING;
        }
        Set<SubTaskStatus> found = new HashSet<>();
        Arrays.stream(SubTaskStatus.values()).filter(each -> count(each) > 0).forEach(found::add);
        if (found.contains(SubTaskStatus.SUCCESS)) {
            return found.size() == 1 ? JobStatus.SUCCESS : JobStatus.PARTIAL_SUCCESS;
        }
        return found.contains(SubTaskStatus.FAIL) ? JobStatus.FAIL : JobStatus.STOPPED;
    }
}
