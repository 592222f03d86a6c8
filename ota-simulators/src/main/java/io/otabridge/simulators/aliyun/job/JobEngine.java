package io.otabridge.simulators.aliyun.job;

import static io.otabridge.simulators.aliyun.job.TaskStatus.CANCELED;
import static io.otabridge.simulators.aliyun.job.TaskStatus.CONFIRM;
import static io.otabridge.simulators.aliyun.job.TaskStatus.FAILED;
import static io.otabridge.simulators.aliyun.job.TaskStatus.IN_PROGRESS;
import static io.otabridge.simulators.aliyun.job.TaskStatus.NOTIFIED;
import static io.otabridge.simulators.aliyun.job.TaskStatus.QUEUED;
import static io.otabridge.simulators.aliyun.job.TaskStatus.SUCCEEDED;

import io.otabridge.simulators.aliyun.device.AliyunDevices;
import io.otabridge.simulators.fleet.DeviceFailure;
import io.otabridge.simulators.fleet.Fleet;
import io.otabridge.simulators.fleet.FleetCloud;
import io.otabridge.simulators.fleet.FleetDevice;
import io.otabridge.simulators.fleet.FleetOptions;
import io.otabridge.simulators.fleet.Timeline;
import io.otabridge.simulators.fleet.UpgradeNotice;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs jobs as described in "CreateOTAStaticUpgradeJob", "CreateOTADynamicUpgradeJob" and "OTA updates". Only the text
 * {@link #WRONG_VERSION} is documented; the descriptions of other failures are invented. Synchronized on the timeline.
 */
final class JobEngine implements FleetCloud {

    static final String WRONG_VERSION = "report version is not conform";

    static final String CONFLICT = "device has an unfinished upgrade task";
    static final String TIMEOUT = "upgrade timeout";
    static final String CANCELLATION = "upgrade task is canceled";

    /** A device takes part in a dynamic job at most this number of times. */
    private static final int MAX_MATCHES = 10;

    private static final int COMPLETE = 100;

    /** The steps in which devices report failures; other failures are reported as {@code -1}. */
    private static final Map<DeviceFailure, Integer> STEPS = Map.of(
            DeviceFailure.DOWNLOAD, -2,
            DeviceFailure.INTEGRITY, -3,
            DeviceFailure.INSTALLATION, -4);

    private final JobStore store;
    private final JobPackages packages;
    private final Timeline time;
    private final Fleet fleet;
    private final AliyunDevices devices;

    /** Creates an engine with a fleet. */
    JobEngine(FleetOptions options, Timeline time, JobStore store, JobPackages packages) {
        this.store = store;
        this.packages = packages;
        this.time = time;
        this.fleet = new Fleet(options, time, this);
        this.devices = new AliyunDevices(fleet);
    }

    Fleet fleet() {
        return fleet;
    }

    AliyunDevices devices() {
        return devices;
    }

    Instant now() {
        return time.now();
    }

    /** Creates a job for these devices. */
    AliyunJob create(JobOrder order, List<FleetDevice> targets) {
        AliyunJob job = store.add(order, now());
        targets.forEach(device -> addTask(job, device));
        order.start().forEach(start -> time.at(start, () -> begin(job)));
        order.end().forEach(end -> time.at(end, () -> cancel(job, Set.of(CONFIRM, QUEUED, NOTIFIED))));
        if (order.type() == JobType.VERIFICATION) {
            packages.verify(order.firmware(), JobPackages.VERIFYING, 0);
        }
        push(job);
        endIfDone(job);
        return job;
    }

    private void begin(AliyunJob job) {
        if (job.is(AliyunJob.PLANNED)) {
            job.start(now());
            push(job);
            endIfDone(job);
        }
    }

    /** Adds a task. It fails at once if the device has an unfinished one that is not replaced. */
    private void addTask(AliyunJob job, FleetDevice device) {
        AliyunTask task = store.addTask(job, device, job.order().needsConfirmation() ? CONFIRM : QUEUED, now());
        if (job.order().isOverwriting()) {
            store.conflicts(task).filter(other -> other.status() != IN_PROGRESS).forEach(this::cancel);
        }
        if (store.conflicts(task).findAny().isPresent()) {
            task.become(FAILED, now());
            task.description = CONFLICT;
        }
    }

    private void push(AliyunJob job) {
        if (job.is(AliyunJob.PLANNED) || !job.order().isPushed()) {
            return;
        }
        for (AliyunTask task : job.tasks(Set.of(QUEUED))) {
            if (task.device.isOnline() && !push(task)) {
                time.at(job.nextMinute(), () -> push(job));
                return;
            }
        }
    }

    /** Notifies a device. Returns false if the rate of the job does not allow it now. */
    private boolean push(AliyunTask task) {
        if (task.status() == QUEUED) {
            if (!task.job.takePermit(now())) {
                return false;
            }
            task.attempt++;
            task.become(NOTIFIED, now());
        }
        fleet.send(task.device, packages.notice(task));
        return true;
    }

    /** Notifies the device of a task that was confirmed or is retried. */
    private void queue(AliyunTask task) {
        task.become(QUEUED, now());
        task.progress = 0;
        task.description = "";
        push(task.job);
    }

    /** A device asks for its upgrades when it connects, so it also gets those that are not pushed. */
    @Override
    public void connected(FleetDevice device) {
        for (AliyunTask task : store.tasksOf(device)) {
            boolean isWaiting = Set.of(QUEUED, NOTIFIED, IN_PROGRESS).contains(task.status());
            if (isWaiting && !task.job.is(AliyunJob.PLANNED) && !push(task)) {
                time.at(task.job.nextMinute(), () -> push(task.job));
            }
        }
    }

    @Override
    public void progressed(FleetDevice device, UpgradeNotice notice, int percent) {
        for (AliyunTask task : current(device, notice)) {
            if (task.status() != IN_PROGRESS) {
                String attempt = task.key();
                task.timeout.forEach(limit -> time.at(now().plus(limit), () -> timeOut(task, attempt)));
            }
            task.become(IN_PROGRESS, now());
            task.progress = percent;
        }
    }

    @Override
    public void failed(FleetDevice device, UpgradeNotice notice, DeviceFailure failure) {
        for (AliyunTask task : current(device, notice)) {
            fail(task, STEPS.getOrDefault(failure, -1) + ": " + failure.description());
        }
    }

    private Option<AliyunTask> current(FleetDevice device, UpgradeNotice notice) {
        return Option.ofOptional(store.tasksOf(device).stream()
                .filter(task -> task.isUnfinished() && task.key().equals(notice.taskKey()))
                .findFirst());
    }

    /** Timeouts are not retried. */
    private void timeOut(AliyunTask task, String attempt) {
        if (task.status() == IN_PROGRESS && task.key().equals(attempt)) {
            finish(task, FAILED, TIMEOUT);
        }
    }

    private void fail(AliyunTask task, String description) {
        if (task.attempt <= task.job.order().retryCount()) {
            task.awaitRetry(true);
            time.at(now().plus(task.job.order().retryInterval()), () -> retry(task));
        }
        finish(task, FAILED, description);
    }

    private void retry(AliyunTask task) {
        if (task.awaitsRetry() && task.status() == FAILED) {
            task.awaitRetry(false);
            if (store.conflicts(task).findAny().isPresent()) {
                endIfDone(task.job);
            } else {
                queue(task);
            }
        }
    }

    private void finish(AliyunTask task, TaskStatus status, String description) {
        task.become(status, now());
        task.description = description;
        if (status == SUCCEEDED) {
            task.progress = COMPLETE;
        }
        endIfDone(task.job);
    }

    private void endIfDone(AliyunJob job) {
        if (job.order().type() == JobType.DYNAMIC
                || job.started().isEmpty()
                || job.ended().isDefined()) {
            return;
        }
        boolean isDone = job.isDone();
        boolean isCanceled =
                isDone && job.tasks(Set.of(CANCELED)).size() == job.tasks().size();
        if (isDone) {
            job.end(isCanceled ? AliyunJob.CANCELED : AliyunJob.COMPLETED, now());
        }
        if (job.order().type() == JobType.VERIFICATION) {
            int total = job.tasks().size();
            int succeeded = job.tasks(Set.of(SUCCEEDED)).size();
            int status = isCanceled
                    ? JobPackages.UNVERIFIED
                    : succeeded == total ? JobPackages.VERIFIED : JobPackages.NOT_VERIFIED;
            packages.verify(
                    job.order().firmware(), isDone ? status : JobPackages.VERIFYING, COMPLETE * succeeded / total);
        }
    }

    /**
     * A device that reports the new version has succeeded. One that reports neither the old nor the new version has
     * failed, as has one that reports the old version after 100 percent.
     */
    @Override
    public void reported(FleetDevice device, String module, String version) {
        for (AliyunTask task : store.tasksOf(device)) {
            boolean isConcerned = task.module().equals(module) && task.isUnfinished();
            if (isConcerned && version.equals(task.job.order().firmware().destVersion())) {
                finish(task, SUCCEEDED, "");
            } else if (isConcerned
                    && (!version.equals(task.sourceVersion)
                            || (task.status() == IN_PROGRESS && task.progress == COMPLETE))) {
                fail(task, WRONG_VERSION);
            }
        }
        store.newestDynamic(job -> matches(job, device, module, version)).forEach(job -> {
            addTask(job, device);
            push(job);
        });
    }

    private boolean matches(AliyunJob job, FleetDevice device, String module, String version) {
        List<AliyunTask> earlier = store.tasksOf(device);
        return job.is(AliyunJob.IN_PROGRESS)
                && job.order().firmware().moduleName().equals(module)
                && isSelected(job.order(), device, version)
                && earlier.stream()
                        .noneMatch(task -> task.isOpen() && task.module().equals(module))
                && earlier.stream().filter(task -> task.job == job).count() < MAX_MATCHES;
    }

    /** Returns whether a device with this version of the module is one that a job upgrades. */
    boolean isSelected(JobOrder order, FleetDevice device, String version) {
        return order.productKey().equals(device.product())
                && !version.equals(order.firmware().destVersion())
                && (order.sourceVersions().isEmpty() || order.sourceVersions().contains(version))
                && order.groupId().forAll(group -> devices.isInGroup(group, device));
    }

    /** Confirms a task that waits for it. */
    void confirm(AliyunTask task) {
        queue(task);
    }

    /** Upgrades the device of a failed or cancelled task again. */
    void reupgrade(AliyunTask task) {
        task.awaitRetry(false);
        if (task.job.order().type() != JobType.DYNAMIC && task.job.ended().isDefined()) {
            task.job.reopen(now());
        }
        if (store.conflicts(task).findAny().isPresent()) {
            finish(task, FAILED, CONFLICT);
        } else {
            queue(task);
        }
    }

    /** Cancels the tasks in these states, and retries of failed ones. A device in progress is not stopped. */
    void cancel(AliyunJob job, Collection<TaskStatus> statuses) {
        job.tasks().forEach(task -> {
            if (statuses.contains(task.status())) {
                cancel(task);
            } else if (statuses.contains(QUEUED)) {
                task.awaitRetry(false);
            }
        });
        if (job.is(AliyunJob.PLANNED) && job.isDone()) {
            job.end(AliyunJob.CANCELED, now());
        }
        endIfDone(job);
    }

    void cancel(AliyunTask task) {
        finish(task, CANCELED, CANCELLATION);
    }

    /** Ends the strategy of a dynamic job. Its tasks go on. */
    void cancelStrategy(AliyunJob job) {
        job.end(AliyunJob.CANCELED, now());
    }

    /** Changes a job. */
    void change(AliyunJob job, JobOrder order) {
        job.change(order, now());
    }
}
