package io.otabridge.simulators.aliyun.job;

import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A job with its tasks. Synchronized on the timeline. */
class AliyunJob {

    static final String PLANNED = "PLANNED";
    static final String IN_PROGRESS = "IN_PROGRESS";
    static final String COMPLETED = "COMPLETED";
    static final String CANCELED = "CANCELED";

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String id;
    private final Instant created;
    private final List<AliyunTask> tasks = new ArrayList<>();
    private JobOrder order;
    private String status;
    private Instant modified;
    private @Nullable Instant started;
    private @Nullable Instant ended;
    private int openTasks;
    private Instant minute = Instant.EPOCH;
    private int sentInMinute;

    AliyunJob(String id, JobOrder order, Instant created) {
        this.id = id;
        this.order = order;
        this.created = created;
        this.modified = created;
        this.status = order.start().isDefined() ? PLANNED : IN_PROGRESS;
        this.started = order.start().isDefined() ? null : created;
    }

    String id() {
        return id;
    }

    JobOrder order() {
        return order;
    }

    void change(JobOrder changed, Instant now) {
        order = changed;
        modified = now;
    }

    Instant created() {
        return created;
    }

    Instant modified() {
        return modified;
    }

    Option<Instant> started() {
        return Option.of(started);
    }

    Option<Instant> ended() {
        return Option.of(ended);
    }

    String status() {
        return status;
    }

    boolean is(String expected) {
        return status.equals(expected);
    }

    void start(Instant now) {
        status = IN_PROGRESS;
        started = now;
        modified = now;
    }

    void end(String finalStatus, Instant now) {
        status = finalStatus;
        ended = now;
        modified = now;
    }

    /** Makes an ended job run again. */
    void reopen(Instant now) {
        status = IN_PROGRESS;
        ended = null;
        modified = now;
    }

    void add(AliyunTask task) {
        tasks.add(task);
        count(false, task.isOpen());
    }

    /** Counts a task that was or is unfinished. */
    void count(boolean wasOpen, boolean isOpen) {
        openTasks += (isOpen ? 1 : 0) - (wasOpen ? 1 : 0);
    }

    /** Returns the tasks in the order of their creation. */
    List<AliyunTask> tasks() {
        return List.copyOf(tasks);
    }

    /** Returns the tasks in these states. */
    List<AliyunTask> tasks(Set<TaskStatus> statuses) {
        return tasks.stream().filter(task -> statuses.contains(task.status())).toList();
    }

    /** Returns the tasks of the devices with these names. */
    List<AliyunTask> tasksOf(Set<String> deviceNames) {
        return tasks.stream()
                .filter(task -> deviceNames.contains(task.device.id()))
                .toList();
    }

    boolean isDone() {
        return openTasks == 0;
    }

    /** Returns whether one more device may be notified in this minute, and counts it. */
    boolean takePermit(Instant now) {
        if (!now.isBefore(minute.plus(MINUTE))) {
            minute = now;
            sentInMinute = 0;
        }
        boolean isPermitted = sentInMinute < order.maximumPerMinute();
        sentInMinute += isPermitted ? 1 : 0;
        return isPermitted;
    }

    /** Returns when more devices may be notified. */
    Instant nextMinute() {
        return minute.plus(MINUTE);
    }
}
