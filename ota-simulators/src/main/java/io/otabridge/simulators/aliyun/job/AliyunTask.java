package io.otabridge.simulators.aliyun.job;

import io.otabridge.simulators.fleet.FleetDevice;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;

/** The task of one device in a job. Synchronized on the timeline. */
final class AliyunTask {

    final String id;
    final AliyunJob job;
    final FleetDevice device;
    final String sourceVersion;
    final Option<Duration> timeout;
    final Instant created;
    Instant modified;
    String description = "";
    int progress;

    /** The number of the attempt. Reports about another one are ignored. */
    int attempt;

    private boolean awaitsRetry;
    private TaskStatus status;

    AliyunTask(String id, AliyunJob job, FleetDevice device, TaskStatus status, Instant created) {
        this.id = id;
        this.job = job;
        this.device = device;
        this.sourceVersion =
                device.versions().getOrDefault(job.order().firmware().moduleName(), "");
        this.timeout = job.order().timeout();
        this.status = status;
        this.created = created;
        this.modified = created;
    }

    TaskStatus status() {
        return status;
    }

    void become(TaskStatus next, Instant now) {
        boolean wasOpen = isOpen();
        status = next;
        modified = now;
        job.count(wasOpen, isOpen());
    }

    boolean awaitsRetry() {
        return awaitsRetry;
    }

    void awaitRetry(boolean value) {
        boolean wasOpen = isOpen();
        awaitsRetry = value;
        job.count(wasOpen, isOpen());
    }

    /** Returns whether the task is unfinished or will be. */
    boolean isOpen() {
        return isUnfinished() || awaitsRetry;
    }

    boolean isUnfinished() {
        return !status.isFinal();
    }

    String module() {
        return job.order().firmware().moduleName();
    }

    /** Returns the key of the current attempt in notices. */
    String key() {
        return id + "#" + attempt;
    }
}
