package io.otabridge.aliyun.job;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.device.AliyunDeviceQuery;
import io.otabridge.aliyun.operation.NumberedPageCursor;
import io.otabridge.aliyun.operation.NumberedPages;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobQueryPort;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.RequestEstimate;
import io.otabridge.domain.page.VendorPage;
import io.vavr.Tuple2;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Finds and lists upgrade jobs and their tasks. The platform lists jobs by package only. */
public final class AliyunJobQuery implements JobQueryPort {

    private static final String ENTRIES = "upgrade jobs";

    /** How old a job may be whose tags are read because lists do not contain them. */
    private static final Duration TOKEN_AGE = Duration.ofDays(90);

    private final OperationClient client;
    private final JobOperations operations;
    private final FirmwareQueryPort firmware;
    private final TaskPages tasks;
    private final Dialect dialect;
    private final Clock clock;

    public AliyunJobQuery(
            OperationClient client,
            JobOperations operations,
            FirmwareQueryPort firmware,
            AliyunDeviceQuery devices,
            AliyunSettings settings,
            Clock clock) {
        this.client = client;
        this.operations = operations;
        this.firmware = firmware;
        this.dialect = settings.dialect();
        this.clock = clock;
        this.tasks = new TaskPages(client, operations, devices, this::find, settings);
    }

    @Override
    public Either<OtaFailure, UpgradeJob> find(JobId id) {
        return client.read(operations.queryJob, id);
    }

    @Override
    public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token, FirmwareId id) {
        return findByToken(token, JobFilter.all().firmware(id), new HashSet<>());
    }

    @Override
    public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token) {
        return findByToken(token, JobFilter.all(), new HashSet<>());
    }

    /**
     * Finds jobs by their token. Whether lists contain the tags of every job is not documented, so recent jobs that are
     * listed without tags are read.
     *
     * @param others jobs that need not be read again, because they have another token; those that are read are added
     */
    public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token, JobFilter filter, Set<JobId> others) {
        if (!dialect.hasJobTags()) {
            return Either.left(client.unsupported(Capability.FIND_JOB_BY_TOKEN));
        }
        Instant oldest = clock.instant().minus(TOKEN_AGE);
        return list(filter)
                .filter(job -> job.token().exists(token::includes) || mayHaveToken(job, oldest, others))
                .toList()
                .flatMap(jobs -> read(jobs, token, others));
    }

    /** What was read before a failure is in {@code others}, so that the next look-up goes on there. */
    private Either<OtaFailure, List<UpgradeJob>> read(List<UpgradeJob> jobs, ClientToken token, Set<JobId> others) {
        List<UpgradeJob> found = List.empty();
        for (UpgradeJob listed : jobs) {
            Either<OtaFailure, UpgradeJob> job = find(listed.id());
            if (job.isLeft()) {
                return Either.left(job.getLeft());
            }
            if (job.get().token().exists(token::includes)) {
                found = found.append(job.get());
            } else {
                others.add(listed.id());
            }
        }
        return Either.right(found.sortBy(job -> job.token().get().partNumber()));
    }

    private static boolean mayHaveToken(UpgradeJob job, Instant oldest, Set<JobId> others) {
        return job.token().isEmpty()
                && job.tags().isEmpty()
                && !others.contains(job.id())
                && job.created().flatMap(VendorTimestamp::instant).forAll(created -> !created.isBefore(oldest));
    }

    @Override
    public Pages<UpgradeJob> list(JobFilter filter) {
        return lists(filter)
                .filter(job -> filter.matchesState(job)
                        && filter.firmware().forAll(job.firmware()::contains)
                        && filter.product().forAll(product -> job.product().forAll(product::equals)));
    }

    private Pages<UpgradeJob> lists(JobFilter filter) {
        Option<DeviceRef> device = filter.device();
        Option<ProductId> product = device.flatMap(DeviceRef::product).orElse(filter.product());
        if (device.isDefined() && product.isEmpty()) {
            return Pages.of(from -> Either.left(
                    AliyunDeviceQuery.requireProduct(client.contextOf(operations.listJobsByDevice), device.get())
                            .getLeft()));
        }
        return filter.firmware()
                .map(id -> list(id, device, product))
                .getOrElse(() -> SequencedPages.of(
                        client.contextOf(operations.listJobsByFirmware),
                        key -> packages(product)
                                .map(ids -> ids.map(
                                        id -> new SequencedPages.Part<>(id.value(), list(id, device, product))))));
    }

    private Either<OtaFailure, List<FirmwareId>> packages(Option<ProductId> product) {
        return firmware.list(product.map(FirmwareFilter.all()::product).getOrElse(FirmwareFilter.all()))
                .toList()
                .map(found -> found.map(FirmwareSummary::id));
    }

    private Pages<UpgradeJob> list(FirmwareId id, Option<DeviceRef> device, Option<ProductId> product) {
        return device.isDefined()
                ? NumberedPages.of(
                        client,
                        operations.listJobsByDevice,
                        ENTRIES,
                        UpgradeJob::id,
                        cursor -> new JobOperations.DeviceJobs(
                                id, product.get(), device.get().id(), cursor))
                : NumberedPages.of(
                        client,
                        operations.listJobsByFirmware,
                        ENTRIES,
                        UpgradeJob::id,
                        cursor -> new JobOperations.FirmwareJobs(id, cursor));
    }

    /** The total of a page with one entry, for each state. */
    @Override
    public Either<OtaFailure, TaskCounts> counts(JobId id) {
        Map<TaskState, Long> counts = LinkedHashMap.empty();
        for (Tuple2<String, TaskState> state : TaskMapping.states()) {
            Either<OtaFailure, Long> count = count(id, Option.some(state._1));
            if (count.isLeft()) {
                return Either.left(count.getLeft());
            }
            counts = counts.put(state._2, count.get());
        }
        TaskCounts result = new TaskCounts(counts);
        // A job that does not exist may have no tasks.
        return result.total() == 0 ? find(id).map(job -> result) : Either.right(result);
    }

    /** The first page of the tasks of a job, with the number of all. */
    public Either<OtaFailure, VendorPage<UpgradeTask>> firstTasks(JobId id) {
        return client.read(
                operations.listTasks, new JobOperations.TaskPage(id, Option.none(), NumberedPageCursor.FIRST));
    }

    /** The number of tasks with one {@code TaskStatus}, or of all. */
    public Either<OtaFailure, Long> count(JobId id, Option<String> state) {
        return client.read(operations.countTasks, new JobOperations.TaskCount(id, state));
    }

    @Override
    public Pages<UpgradeTask> tasks(JobId job, TaskFilter filter) {
        return tasks.of(job, filter);
    }

    /**
     * Returns the tasks that the platform lists with one {@code TaskStatus}, with few requests. A task is missing if
     * others leave the state while the pages are read.
     */
    public Pages<UpgradeTask> sample(JobId job, String state) {
        return tasks.sample(job, state);
    }

    @Override
    public Either<OtaFailure, RequestEstimate> estimate(JobId job, TaskFilter filter) {
        return tasks.estimate(job, filter);
    }

    @Override
    public Either<OtaFailure, List<UpgradeTask>> unfinishedTasks(DeviceRef device) {
        return AliyunDeviceQuery.requireProduct(client.contextOf(operations.listUnfinishedTasks), device)
                .flatMap(product -> client.read(operations.listUnfinishedTasks, device));
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
