package io.otabridge.contracts.memory;

import io.otabridge.domain.Reported;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.TaskId;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeTask;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.math.BigDecimal;

/** One device in one job. Guarded by {@link InMemoryJobs}. */
final class InMemoryTask {

    final long number;
    final Device device;
    private final InMemoryJob job;
    private final Option<FirmwareVersion> sourceVersion;
    private final VendorTimestamp created;

    private TaskState state;
    private Option<TaskFailure> failure = Option.none();
    private VendorTimestamp modified;
    private int failures;

    InMemoryTask(long number, InMemoryJob job, Device device, TaskState state, VendorTimestamp created) {
        this.number = number;
        this.job = job;
        this.device = device;
        this.state = state;
        this.sourceVersion = installed(device)
                .find(one -> one.target().equals(job.firmware().target()))
                .map(InstalledVersion::version);
        this.created = created;
        this.modified = created;
    }

    static List<InstalledVersion> installed(Device device) {
        return device.versions().getOrElse(List.empty());
    }

    TaskState state() {
        return state;
    }

    void moveTo(TaskState next, VendorTimestamp now) {
        state = next;
        failure = Option.none();
        modified = now;
    }

    /** Fails the task, or lets it wait for a retry. */
    void fail(TaskFailure reason, int retries, VendorTimestamp now) {
        failures++;
        moveTo(failures <= retries ? TaskState.AWAITING_RETRY : TaskState.FAILED, now);
        failure = Option.when(state == TaskState.FAILED, reason);
    }

    UpgradeTask view() {
        UpgradeTask.Builder task = UpgradeTask.builder(job.id(), device.id(), Reported.of(state))
                .id(TaskId.of("task-" + number))
                .firmware(job.firmware().id())
                .target(job.firmware().target())
                .version(job.firmware().version())
                .created(created)
                .modified(modified);
        device.product().forEach(task::product);
        sourceVersion.forEach(task::sourceVersion);
        job.request().timeout().forEach(task::timeout);
        failure.forEach(reason -> {
            task.failure(reason);
            reason.message().forEach(task::message);
        });
        if (state == TaskState.RUNNING || state == TaskState.SUCCEEDED) {
            task.percent(BigDecimal.valueOf(state == TaskState.RUNNING ? 50 : 100));
        }
        return task.build();
    }

    JobId jobId() {
        return job.id();
    }
}
