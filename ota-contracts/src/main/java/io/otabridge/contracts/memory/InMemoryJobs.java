package io.otabridge.contracts.memory;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.job.FailureReason;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.JobOutcome;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The jobs of an in-memory backend, and the work of its devices. All access is through {@link #locked}, so it is safe
 * for use by multiple threads.
 */
final class InMemoryJobs {

    static final String CREATE_JOB = "CreateJob";

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    final InMemoryDevices devices = new InMemoryDevices();
    final NavigableMap<Long, InMemoryJob> jobs = new TreeMap<>();

    private final InMemoryStore store;

    /** Tasks that were cancelled while their device was upgrading. The device continues. */
    private final java.util.List<InMemoryTask> cancelledInProgress = new ArrayList<>();

    InMemoryJobs(InMemoryStore store) {
        this.store = store;
    }

    synchronized <T> T locked(Supplier<T> action) {
        return action.get();
    }

    Option<InMemoryJob> find(JobId id) {
        return List.ofAll(jobs.values()).find(job -> job.id().equals(id));
    }

    List<InMemoryTask> tasksOf(DeviceRef device) {
        return List.ofAll(jobs.values())
                .flatMap(job -> Option.of(job.tasks.get(device.id())))
                .filter(task -> device.product().forAll(task.device.product()::contains));
    }

    // Creation

    /** Returns the devices that a job would upgrade now. */
    Either<OtaFailure, List<Device>> select(JobRequest request, Firmware firmware) {
        Option<ProductId> product = firmware.product().map(Product::id);
        JobTargets targets = request.targets();
        if (targets instanceof JobTargets.Devices listed) {
            return List.ofAll(listed.ids())
                    .foldLeft(
                            Either.right(List.empty()),
                            (found, id) ->
                                    found.flatMap(list -> device(product, id).map(list::append)));
        }
        if (targets instanceof JobTargets.Continuous continuous) {
            if (continuous.group().isEmpty() && request.sourceVersions().isEmpty()) {
                return Either.left(store.rejected(
                        CREATE_JOB,
                        "Name source versions or a group",
                        "A continuous job of backend {0} needs source versions or a group",
                        store.origin(CREATE_JOB).backend()));
            }
            return Either.right(
                    continuous.includesCurrent()
                            ? matching(request, devices.of(product, continuous.group()))
                            : List.empty());
        }
        List<Device> all = matching(
                request,
                devices.of(
                        product, targets instanceof JobTargets.Group group ? Option.some(group.id()) : Option.none()));
        if (targets instanceof JobTargets.All every && every.listed().nonEmpty()) {
            return Either.right(all.filter(device -> every.listed().contains(device.id())));
        }
        return Either.right(targets instanceof JobTargets.Percentage share ? all.take(part(share, all.size())) : all);
    }

    private Either<OtaFailure, Device> device(Option<ProductId> product, DeviceId id) {
        DeviceRef ref = new DeviceRef(product, id);
        return devices.find(ref)
                .toEither(() -> store.rejected(
                        CREATE_JOB,
                        "Name devices of the product of the package",
                        "Backend {0} has no {1}",
                        store.origin(CREATE_JOB).backend(),
                        ref));
    }

    private static int part(JobTargets.Percentage share, int count) {
        int part = share.percent()
                .multiply(BigDecimal.valueOf(count))
                .divide(HUNDRED, RoundingMode.DOWN)
                .intValue();
        return Math.max(1, part);
    }

    private static List<Device> matching(JobRequest request, List<Device> candidates) {
        return request.sourceVersions().isEmpty()
                ? candidates
                : candidates.filter(device -> InMemoryTask.installed(device)
                        .exists(one -> request.sourceVersions().contains(one.version())));
    }

    /** Creates a job. Devices that have the version get no task. */
    InMemoryJob create(JobRequest request, Firmware firmware, List<Device> selected) {
        InMemoryJob job = new InMemoryJob(store.nextNumber(), request, firmware, store.nextTime());
        jobs.put(job.number, job);
        if (request.targets() instanceof JobTargets.Continuous continuous && !continuous.includesCurrent()) {
            devices.of(firmware.product().map(Product::id), Option.none())
                    .forEach(device -> job.excluded.add(device.id()));
        }
        addTasks(job, selected);
        if (request.kind() == JobKind.VERIFICATION) {
            verify(job, Verification.verifying());
        }
        return job;
    }

    private boolean addTasks(InMemoryJob job, List<Device> selected) {
        List<Device> added = selected.filter(device -> !job.tasks.containsKey(device.id())
                && !job.excluded.contains(device.id())
                && !InMemoryTask.installed(device)
                        .exists(one -> one.target().equals(job.firmware().target())
                                && one.version().equals(job.firmware().version())));
        added.forEach(device -> addTask(job, device));
        job.touch(store.nextTime());
        return added.nonEmpty();
    }

    /** A device has one unfinished task. A task for a second job fails, or replaces one that has not begun. */
    private void addTask(InMemoryJob job, Device device) {
        VendorTimestamp now = store.nextTime();
        List<InMemoryTask> unfinished =
                tasksOf(device.toRef()).filter(task -> !task.state().isFinal());
        boolean isBusy =
                unfinished.exists(task -> !job.request().replacesPending() || task.state() == TaskState.RUNNING);
        InMemoryTask task = new InMemoryTask(
                store.nextNumber(),
                job,
                device,
                job.request().needsConfirmation() ? TaskState.AWAITING_CONFIRMATION : TaskState.QUEUED,
                now);
        job.tasks.put(device.id(), task);
        if (isBusy) {
            task.fail(failure(FailureReason.CONFLICT), 0, now);
        } else {
            unfinished.forEach(other -> other.moveTo(TaskState.CANCELLED, now));
            unfinished.flatMap(other -> find(other.jobId())).forEach(other -> other.touch(now));
        }
    }

    private static TaskFailure failure(FailureReason reason) {
        return new TaskFailure(reason, Option.none(), Option.some(reason.description()));
    }

    private void verify(InMemoryJob job, Verification state) {
        store.firmware.computeIfPresent(
                job.firmware().id(),
                (id, firmware) -> firmware.toBuilder().verification(state).build());
    }

    // Cancellation

    void cancel(InMemoryTask task) {
        if (task.state() == TaskState.RUNNING) {
            cancelledInProgress.add(task);
        }
        task.moveTo(TaskState.CANCELLED, store.nextTime());
    }

    // The work of devices

    /** Lets each device take one step. Returns whether something changed. */
    boolean work() {
        boolean hasChanged = !cancelledInProgress.isEmpty();
        cancelledInProgress.forEach(
                task -> find(task.jobId()).forEach(job -> devices.install(task.device, job.firmware())));
        cancelledInProgress.clear();
        for (InMemoryJob job : jobs.values()) {
            if (!job.state().isFinal() && job.hasStarted()) {
                hasChanged |= work(job);
            }
        }
        return hasChanged;
    }

    private boolean work(InMemoryJob job) {
        boolean hasChanged = job.isContinuous() && addTasks(job, laterDevices(job));
        int permits = job.request().ratePerMinute().getOrElse(Integer.MAX_VALUE);
        for (InMemoryTask task : job.tasks.values()) {
            TaskState before = task.state();
            if (!before.isFinal() && before != TaskState.RUNNING && job.isOver()) {
                cancel(task);
            } else if (before != TaskState.QUEUED) {
                step(job, task);
            } else if (permits > 0 && devices.isReachable(task.device)) {
                permits--;
                task.moveTo(TaskState.NOTIFIED, store.nextTime());
            }
            hasChanged |= before != task.state();
        }
        job.touch(store.nextTime());
        if (job.request().kind() == JobKind.VERIFICATION && job.state() == JobState.FINISHED) {
            boolean isVerified = JobOutcome.of(job.counts()).contains(JobOutcome.ALL_SUCCEEDED);
            verify(job, isVerified ? Verification.verified() : Verification.failed());
        }
        return hasChanged;
    }

    private List<Device> laterDevices(InMemoryJob job) {
        JobTargets.Continuous targets = (JobTargets.Continuous) job.request().targets();
        return matching(job.request(), devices.of(job.firmware().product().map(Product::id), targets.group()));
    }

    private void step(InMemoryJob job, InMemoryTask task) {
        VendorTimestamp now = store.nextTime();
        switch (task.state()) {
            case NOTIFIED -> task.moveTo(TaskState.RUNNING, now);
            case AWAITING_RETRY -> task.moveTo(TaskState.QUEUED, now);
            case RUNNING ->
                devices.failureOf(task.device.id())
                        .peek(reason -> task.fail(
                                reason,
                                job.request().retry().map(RetryPolicy::count).getOrElse(0),
                                now))
                        .onEmpty(() -> {
                            devices.install(task.device, job.firmware());
                            task.moveTo(TaskState.SUCCEEDED, now);
                        });
            default -> {
                // It waits for a confirmation, or has ended.
            }
        }
    }
}
