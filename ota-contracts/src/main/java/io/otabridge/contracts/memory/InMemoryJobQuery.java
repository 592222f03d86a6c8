package io.otabridge.contracts.memory;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobQueryPort;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.RequestEstimate;
import io.otabridge.domain.page.VendorPage;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The jobs of an in-memory backend, newest first, and their tasks in the order of creation. */
final class InMemoryJobQuery implements JobQueryPort {

    private static final String FIND_JOB = "FindJob";
    private static final String LIST_JOBS = "ListJobs";
    private static final String LIST_TASKS = "ListTasks";

    private final InMemoryStore store;

    InMemoryJobQuery(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return store.unsupported(missing);
    }

    @Override
    public Either<OtaFailure, UpgradeJob> find(JobId id) {
        return store.read(Capability.FIND_JOB, FIND_JOB, () -> stored(FIND_JOB, id));
    }

    private Either<OtaFailure, UpgradeJob> stored(String operation, JobId id) {
        return store.jobs
                .locked(() -> store.jobs.find(id).map(InMemoryJob::view))
                .toEither(() -> store.absent(operation, "job " + id));
    }

    @Override
    public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token, FirmwareId firmware) {
        return findByToken(token).map(jobs -> jobs.filter(job -> job.firmware().contains(firmware)));
    }

    @Override
    public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token) {
        return store.read(
                Capability.FIND_JOB_BY_TOKEN,
                LIST_JOBS,
                () -> Either.right(views().filter(job -> job.token().exists(token::includes))));
    }

    /** In the order of creation. */
    private List<UpgradeJob> views() {
        return store.jobs.locked(() -> List.ofAll(store.jobs.jobs.values()).map(InMemoryJob::view));
    }

    @Override
    public Pages<UpgradeJob> list(JobFilter filter) {
        return CompleteListPaginator.byMarker(
                store.origin(LIST_JOBS), "jobs", UpgradeJob::id, from -> entries(filter, from));
    }

    private Either<OtaFailure, VendorPage<UpgradeJob>> entries(JobFilter filter, PageToken from) {
        NavigableMap<Long, UpgradeJob> matching = new TreeMap<>(Comparator.reverseOrder());
        store.jobs.locked(() -> {
            store.jobs.jobs.forEach((number, job) -> {
                if (matches(filter, job)) {
                    matching.put(number, job.view());
                }
            });
            return matching;
        });
        Capability needed = filter.device().isDefined() && store.capabilities.has(Capability.LIST_JOBS)
                ? Capability.LIST_JOBS_OF_DEVICE
                : Capability.LIST_JOBS;
        return store.pageOf(needed, LIST_JOBS, matching, from, InMemoryStore::number);
    }

    private static boolean matches(JobFilter filter, InMemoryJob job) {
        return filter.firmware().forAll(job.firmware().id()::equals)
                && filter.product()
                        .forAll(product ->
                                job.firmware().product().exists(one -> one.id().equals(product)))
                && filter.device().forAll(device -> hasTask(job, device))
                && (filter.states().isEmpty() || filter.states().contains(job.state()));
    }

    private static boolean hasTask(InMemoryJob job, DeviceRef device) {
        InMemoryTask task = job.tasks.get(device.id());
        return task != null && device.product().forAll(task.device.product()::contains);
    }

    @Override
    public Either<OtaFailure, TaskCounts> counts(JobId id) {
        return find(id).map(job -> job.counts().get());
    }

    @Override
    public Pages<UpgradeTask> tasks(JobId job, TaskFilter filter) {
        return CompleteListPaginator.byMarker(
                store.origin(LIST_TASKS), "tasks", UpgradeTask::device, from -> tasks(job, filter, from));
    }

    private Either<OtaFailure, VendorPage<UpgradeTask>> tasks(JobId id, TaskFilter filter, PageToken from) {
        return store.read(Capability.LIST_TASKS, LIST_TASKS, () -> matching(id, filter))
                .flatMap(matching ->
                        store.pageOf(Capability.LIST_TASKS, LIST_TASKS, matching, from, InMemoryStore::number));
    }

    private Either<OtaFailure, NavigableMap<Long, UpgradeTask>> matching(JobId id, TaskFilter filter) {
        return store.jobs
                .locked(() -> store.jobs.find(id).map(job -> {
                    NavigableMap<Long, UpgradeTask> matching = new TreeMap<>();
                    for (InMemoryTask task : job.tasks.values()) {
                        UpgradeTask view = task.view();
                        if (filter.matches(view)) {
                            matching.put(task.number, reported(view));
                        }
                    }
                    return matching;
                }))
                .toEither(() -> store.absent(LIST_TASKS, "job " + id));
    }

    /** Returns the task without what this backend does not report. */
    private UpgradeTask reported(UpgradeTask task) {
        if (store.capabilities.has(Capability.TASK_PROGRESS) || task.percent().isEmpty()) {
            return task;
        }
        UpgradeTask.Builder reported = UpgradeTask.builder(task.job(), task.device(), task.state());
        task.id().forEach(reported::id);
        task.product().forEach(reported::product);
        task.firmware().forEach(reported::firmware);
        task.target().forEach(reported::target);
        task.sourceVersion().forEach(reported::sourceVersion);
        task.version().forEach(reported::version);
        task.timeout().forEach(reported::timeout);
        task.created().forEach(reported::created);
        task.modified().forEach(reported::modified);
        return reported.build();
    }

    @Override
    public Either<OtaFailure, RequestEstimate> estimate(JobId job, TaskFilter filter) {
        return store.read(Capability.LIST_TASKS, LIST_TASKS, () -> matching(job, filter))
                .map(matching -> new RequestEstimate(
                        matching.size(),
                        BigDecimal.valueOf(matching.size())
                                .divide(BigDecimal.valueOf(InMemoryStore.PAGE_SIZE), RoundingMode.UP)
                                .longValue(),
                        Duration.ZERO));
    }

    @Override
    public Either<OtaFailure, List<UpgradeTask>> unfinishedTasks(DeviceRef device) {
        return store.read(
                Capability.LIST_UNFINISHED_TASKS,
                "ListUnfinishedTasks",
                () -> store.jobs.locked(() -> store.jobs
                        .devices
                        .find(device)
                        .map(found -> store.jobs
                                .tasksOf(device)
                                .filter(task -> !task.state().isFinal())
                                .map(InMemoryTask::view)
                                .map(this::reported))
                        .toEither(() -> store.absent("ListUnfinishedTasks", device.toString()))));
    }
}
