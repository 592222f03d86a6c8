package io.otabridge.simulators.huawei.job;

import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.Fleet;
import io.otabridge.simulators.fleet.FleetOptions;
import io.otabridge.simulators.fleet.UpgradeNotice;
import io.otabridge.simulators.huawei.device.HuaweiDevice;
import io.otabridge.simulators.huawei.device.HuaweiDevices;
import io.otabridge.simulators.huawei.job.TargetResult.Refusal;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.huawei.store.HuaweiStore;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs batch tasks as described in "OTA Upgrade for a Batch of Devices". A device takes part in one started batch task
 * at a time. Everything is synchronized on the timeline of the fleet.
 */
public final class HuaweiJobs {

    private static final Duration STOPPING = Duration.ofSeconds(1);
    private static final String ID_START = "68f1c2d0a4b7e993";

    private final HuaweiDevices devices;
    private final DeviceUpgrades upgrades;
    private final Fleet fleet;
    private final HuaweiStore<JobIndexKey, HuaweiJob> jobs = new HuaweiStore<>(HuaweiJob::id, JobIndexKey::all);
    private long lastId;

    /** @param files returns a link to the file of a package */
    public HuaweiJobs(
            FleetOptions options,
            Clock clock,
            HuaweiDevices devices,
            Function<HuaweiPackage, UpgradeNotice.File> files) {
        this.devices = devices;
        upgrades = new DeviceUpgrades(options, clock, files, new TaskResults());
        fleet = upgrades.fleet();
    }

    /** Returns the simulated devices. */
    public Fleet fleet() {
        return fleet;
    }

    /** Returns the batch tasks. */
    public HuaweiStore<JobIndexKey, HuaweiJob> store() {
        return jobs;
    }

    /** Creates a batch task. It starts when time passes. */
    public HuaweiJob create(HuaweiJobRequest request) {
        synchronized (fleet.time()) {
            HuaweiJob job = newJob(request, fleet.time().now());
            List<String> targets = request.targets().isEmpty()
                    ? devices.inGroups(request.groupIds()).stream()
                            .map(HuaweiDevice::id)
                            .toList()
                    : request.targets();
            targets.forEach(target -> job.tasks().put(HuaweiSubTask.waiting(target, !request.needsConfirmation())));
            jobs.put(job);
            fleet.time().after(Duration.ZERO, () -> begin(job));
            return job;
        }
    }

    /**
     * Adds a batch task of the past. Devices of sub-tasks that have not ended take part in it as soon as they connect.
     *
     * @param id none for the next id
     */
    public HuaweiJob restore(
            Option<String> id, HuaweiJobRequest request, Instant created, JobStatus status, List<HuaweiSubTask> tasks) {
        synchronized (fleet.time()) {
            HuaweiJob job =
                    id.map(known -> new HuaweiJob(known, request, created)).getOrElse(() -> newJob(request, created));
            tasks.forEach(job.tasks()::put);
            job.setDue();
            job.setStarted();
            job.setStatus(status, "");
            job.tasksIn(SubTaskStatus.WAITTING)
                    .forEach(task -> devices.find(task.target()).forEach(device -> upgrades.restore(job, device)));
            jobs.put(job);
            return job;
        }
    }

    /**
     * Adds a batch task that ended, with this number of devices that do not exist otherwise. They are created when they
     * are read, so that a million of them needs no memory.
     */
    public HuaweiJob generate(HuaweiPackage firmware, int devicesCount) {
        HuaweiJob job = restore(
                Option.none(),
                HuaweiJobRequest.of("generated", firmware, List.of()),
                fleet.time().now(),
                JobStatus.PARTIAL_SUCCESS,
                List.of());
        job.tasks().add(first -> new GeneratedSubTasks(new HuaweiStore.Numbers(first, first + devicesCount - 1)));
        return job;
    }

    private HuaweiJob newJob(HuaweiJobRequest request, Instant created) {
        return new HuaweiJob(ID_START + String.format("%08x", ++lastId), request, created);
    }

    private void begin(HuaweiJob job) {
        if (job.status() != JobStatus.INITIALIZING) {
            return;
        }
        if (job.total() == 0) {
            setStatus(job, JobStatus.FAIL, "The targets have no devices.");
            return;
        }
        setStatus(job, JobStatus.WAITTING, "");
        Instant start = job.request().schedule().getOrElse(fleet.time()::now);
        fleet.time().at(start, () -> !job.status().isFinal(), () -> {
            job.setDue();
            startAll(job);
        });
    }

    private void startAll(HuaweiJob job) {
        job.tasksIn(SubTaskStatus.WAITTING).forEach(task -> start(job, task));
    }

    /** Starts a task that waits, unless its job is not due, it needs a confirmation, or it has started. */
    private void start(HuaweiJob job, HuaweiSubTask task) {
        Option<HuaweiJob> current = upgrades.jobOf(task.target());
        if (!job.isDue() || !task.isConfirmed() || current.contains(job) || job.status() == JobStatus.STOPPING) {
            return;
        }
        job.setStarted();
        Option<HuaweiDevice> device = devices.find(task.target());
        if (device.isEmpty()) {
            fail(job, task, "IOTDA.014000", "The device does not exist.");
        } else if (!device.get().productId().equals(job.request().firmware().productId())) {
            fail(job, task, "IOTDA.005004", "Upgrade failed. The package is of another product.");
        } else if (device.get().device().status() == DeviceStatus.DISABLED) {
            fail(job, task, "IOTDA.014016", "The device is not online.");
        } else if (current.isDefined()) {
            fail(job, task, null, "task conflict");
        } else {
            upgrades.start(job, device.get());
        }
        update(job);
    }

    private void fail(HuaweiJob job, HuaweiSubTask task, @Nullable String code, String message) {
        Option<HuaweiJobRequest.RetryPolicy> retry =
                job.request().retry().filter(policy -> task.attempts() < policy.count());
        HuaweiSubTask failed =
                task.failed(retry.isDefined() ? SubTaskStatus.FAIL_WAIT_RETRY : SubTaskStatus.FAIL, code, message);
        job.tasks().put(failed);
        retry.forEach(policy -> fleet.time()
                .at(
                        fleet.time().now().plus(policy.interval()),
                        () -> job.tasks().find(task.target()).contains(failed),
                        () -> startAgain(job, failed)));
    }

    private void startAgain(HuaweiJob job, HuaweiSubTask task) {
        HuaweiSubTask waiting = task.in(SubTaskStatus.WAITTING).confirmed();
        job.tasks().put(waiting);
        start(job, waiting);
    }

    /** Stops tasks. All of them if no targets are given; then the batch task is stopped, too. */
    public List<TargetResult> stop(HuaweiJob job, List<String> targets) {
        synchronized (fleet.time()) {
            List<TargetResult> results =
                    change(job, targets, task -> SubTaskStatus.UNFINISHED.contains(task.status()), this::stop);
            if (targets.isEmpty()) {
                setStatus(job, JobStatus.STOPPING, "");
                fleet.time().after(STOPPING, () -> setStatus(job, JobStatus.STOPPED, ""));
            } else {
                update(job);
            }
            return results;
        }
    }

    private void stop(HuaweiJob job, HuaweiSubTask task) {
        end(job, task.target(), SubTaskStatus.STOPPED);
    }

    private void end(HuaweiJob job, String target, SubTaskStatus status) {
        upgrades.forget(job, target);
        put(job, target, task -> task.in(status));
    }

    /** Starts failed and stopped tasks again. All of them if no targets are given. */
    public List<TargetResult> retry(HuaweiJob job, List<String> targets) {
        synchronized (fleet.time()) {
            Set<SubTaskStatus> retried =
                    Set.of(SubTaskStatus.FAIL, SubTaskStatus.FAIL_WAIT_RETRY, SubTaskStatus.STOPPED);
            return change(job, targets, task -> retried.contains(task.status()), (changed, task) -> {
                changed.setDue();
                startAgain(changed, HuaweiSubTask.waiting(task.target(), true));
            });
        }
    }

    /** Confirms tasks that wait for it. All of them if no targets are given. */
    public List<TargetResult> confirm(HuaweiJob job, List<String> targets) {
        synchronized (fleet.time()) {
            return change(
                    job,
                    targets,
                    task -> task.status() == SubTaskStatus.WAITTING && !task.isConfirmed(),
                    (changed, task) -> {
                        changed.tasks().put(task.confirmed());
                        start(changed, task.confirmed());
                    });
        }
    }

    private List<TargetResult> change(
            HuaweiJob job,
            List<String> targets,
            Predicate<HuaweiSubTask> allowed,
            BiConsumer<HuaweiJob, HuaweiSubTask> change) {
        List<String> all = targets.isEmpty()
                ? job.tasksIn(SubTaskStatus.values()).stream()
                        .filter(allowed)
                        .map(HuaweiSubTask::target)
                        .toList()
                : targets;
        List<TargetResult> results = new ArrayList<>();
        for (String target : all) {
            Option<HuaweiSubTask> task = job.tasks().find(target);
            Option<Refusal> refusal = Option.when(task.isEmpty(), Refusal.NOT_IN_TASK)
                    .orElse(() -> Option.when(!task.exists(allowed), Refusal.WRONG_STATUS));
            if (refusal.isEmpty()) {
                change.accept(job, task.get());
            }
            results.add(new TargetResult(target, refusal));
        }
        return results;
    }

    /** Deletes a batch task, and what it knows of its devices. */
    public void delete(HuaweiJob job) {
        jobs.remove(job.id());
    }

    /** Deletes a device. Its unfinished tasks are removed. */
    public boolean removeDevice(String deviceId) {
        synchronized (fleet.time()) {
            jobs.all().stream()
                    .filter(job -> job.tasks()
                            .find(deviceId)
                            .exists(task -> !task.status().isFinal()))
                    .forEach(job -> {
                        end(job, deviceId, SubTaskStatus.REMOVED);
                        update(job);
                    });
            return devices.store().remove(deviceId);
        }
    }

    private static void put(HuaweiJob job, String target, UnaryOperator<HuaweiSubTask> change) {
        job.tasks().find(target).map(change).forEach(job.tasks()::put);
    }

    /** Adapts the status of a batch task to its sub-tasks. */
    private void update(HuaweiJob job) {
        if (job.status() != JobStatus.STOPPING && job.status() != JobStatus.INITIALIZING) {
            JobStatus status = job.statusOfTasks();
            if (status != job.status()) {
                setStatus(job, status, "");
            }
        }
    }

    private void setStatus(HuaweiJob job, JobStatus status, String description) {
        job.setStatus(status, description);
        // A deleted batch task may still have timers.
        if (jobs.find(job.id()).isDefined()) {
            jobs.put(job);
        }
    }

    /** Stores what becomes of the devices. */
    private final class TaskResults implements DeviceUpgrades.Results {

        @Override
        public void processing(HuaweiJob job, String target) {
            put(job, target, task -> task.in(SubTaskStatus.PROCESSING));
        }

        @Override
        public void succeeded(HuaweiJob job, String target) {
            put(job, target, task -> task.in(SubTaskStatus.SUCCESS));
            update(job);
        }

        @Override
        public void failed(HuaweiJob job, String target, @Nullable String code, String message) {
            job.tasks().find(target).forEach(task -> fail(job, task, code, message));
            update(job);
        }
    }
}
