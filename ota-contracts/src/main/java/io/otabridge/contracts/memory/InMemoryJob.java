package io.otabridge.contracts.memory;

import io.otabridge.domain.Product;
import io.otabridge.domain.Reported;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobSelection;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A job and its tasks. Guarded by {@link InMemoryJobs}. */
final class InMemoryJob {

    final long number;
    final Map<DeviceId, InMemoryTask> tasks = new LinkedHashMap<>();

    /** Devices that a continuous job ignores. */
    final Set<DeviceId> excluded = new HashSet<>();

    private final Firmware firmware;
    private final VendorTimestamp created;

    private JobRequest request;
    private boolean isCancelled;
    private VendorTimestamp modified;
    private Option<VendorTimestamp> ended = Option.none();

    InMemoryJob(long number, JobRequest request, Firmware firmware, VendorTimestamp created) {
        this.number = number;
        this.request = request;
        this.firmware = firmware;
        this.created = created;
        this.modified = created;
    }

    JobId id() {
        return JobId.of("job-" + number);
    }

    Firmware firmware() {
        return firmware;
    }

    JobRequest request() {
        return request;
    }

    boolean isContinuous() {
        return request.targets() instanceof JobTargets.Continuous;
    }

    /** Returns whether its start time has come. */
    boolean hasStarted() {
        return request.start().forAll(start -> !start.isAfter(Instant.now()));
    }

    /** Returns whether its end time has come. */
    boolean isOver() {
        return request.end().exists(end -> !end.isAfter(Instant.now()));
    }

    void update(JobRequest newRequest, VendorTimestamp now) {
        request = newRequest;
        modified = now;
    }

    void cancel(VendorTimestamp now) {
        isCancelled = true;
        touch(now);
    }

    /** A retry continues a job that was cancelled. */
    void resume(VendorTimestamp now) {
        isCancelled = false;
        touch(now);
    }

    /** Called after every change of the tasks. */
    void touch(VendorTimestamp now) {
        modified = now;
        ended = Option.when(state().isFinal(), () -> ended.getOrElse(now));
    }

    JobState state() {
        Collection<InMemoryTask> all = tasks.values();
        if (isCancelled) {
            return JobState.CANCELLED;
        }
        if (!isContinuous() && all.stream().allMatch(task -> task.state().isFinal())) {
            return JobState.FINISHED;
        }
        if (!hasStarted()) {
            return JobState.SCHEDULED;
        }
        boolean isWaiting = all.stream().anyMatch(task -> task.state() == TaskState.AWAITING_CONFIRMATION)
                && all.stream()
                        .allMatch(task -> task.state().isFinal() || task.state() == TaskState.AWAITING_CONFIRMATION);
        return isWaiting ? JobState.AWAITING_CONFIRMATION : JobState.RUNNING;
    }

    TaskCounts counts() {
        io.vavr.collection.Map<TaskState, Long> counts = io.vavr.collection.HashMap.empty();
        for (InMemoryTask task : tasks.values()) {
            counts = counts.put(task.state(), 1L, Long::sum);
        }
        return new TaskCounts(counts);
    }

    UpgradeJob view() {
        UpgradeJob.Builder job = UpgradeJob.builder(id(), Reported.of(state()))
                .kind(Reported.of(request.kind()))
                .firmware(io.vavr.collection.List.of(firmware.id()))
                .target(firmware.target())
                .version(firmware.version())
                .token(request.token())
                .selection(Reported.of(selection()))
                .sourceVersions(request.sourceVersions())
                .needsConfirmation(request.needsConfirmation())
                .tags(request.tags())
                .created(created)
                .modified(modified);
        firmware.product().map(Product::id).forEach(job::product);
        if (request.targets() instanceof JobTargets.Group group) {
            job.group(group.id());
        }
        if (request.targets() instanceof JobTargets.Continuous continuous) {
            continuous.group().forEach(job::group);
        }
        if (request.targets() instanceof JobTargets.Percentage percentage) {
            job.percent(percentage.percent());
        }
        request.start().map(InMemoryJob::time).forEach(job::scheduledStart);
        request.end().map(InMemoryJob::time).forEach(job::scheduledEnd);
        request.ratePerMinute().forEach(job::ratePerMinute);
        request.retry().forEach(job::retry);
        request.timeout().forEach(job::timeout);
        ended.forEach(job::ended);
        return job.build().withCounts(counts());
    }

    private static VendorTimestamp time(Instant instant) {
        return VendorTimestamp.of(instant.toString(), instant);
    }

    private JobSelection selection() {
        if (request.targets() instanceof JobTargets.Group) {
            return JobSelection.GROUP;
        }
        if (request.targets() instanceof JobTargets.All) {
            return JobSelection.ALL;
        }
        if (request.targets() instanceof JobTargets.Percentage) {
            return JobSelection.PERCENTAGE;
        }
        return isContinuous() ? JobSelection.CONTINUOUS : JobSelection.DEVICES;
    }
}
