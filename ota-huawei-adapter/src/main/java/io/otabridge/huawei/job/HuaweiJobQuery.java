package io.otabridge.huawei.job;

import io.otabridge.client.OperationClient;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobQueryPort;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.RequestEstimate;
import io.otabridge.domain.page.VendorPage;
import io.otabridge.huawei.operation.HuaweiIdCanonicalizer;
import io.otabridge.huawei.operation.ListSequence;
import io.otabridge.huawei.operation.MarkerCursor;
import io.otabridge.huawei.wire.PageDto;
import io.vavr.collection.List;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;

/**
 * Finds and lists upgrade jobs of IoTDA and their tasks. IoTDA lists jobs of one type at a time, so firmware jobs come
 * first, then software and module jobs; each type from newest to oldest.
 *
 * @param firmware finds the type of a package's jobs, and the packages of a product, which jobs do not contain
 * @param clock the vendor's time
 * @param rate the rate of the requests for tasks
 */
public record HuaweiJobQuery(
        OperationClient client, JobOperations operations, FirmwareQueryPort firmware, Clock clock, Rate rate)
        implements JobQueryPort {

    private static final String ENTRIES = "jobs";

    /**
     * The sizes of pages of jobs. Each job lists its devices, at most 30,000, so a page of 50 jobs may be larger than the
     * largest response that is read. Then a smaller page is requested.
     */
    private static final List<Integer> SIZES = List.of(PageDto.SIZE, 5, 1);

    /**
     * How old a job with a token may be. IoTDA cannot search by name, so a token is looked for in the list of all jobs,
     * newest first. Without a limit each creation would read the whole history of the account. A token only serves to
     * repeat a creation, and a job starts at most 7 days later.
     */
    static final Duration TOKEN_AGE = Duration.ofDays(90);

    private static final Comparator<UpgradeJob> BY_PART =
            Comparator.comparing(job -> job.token().map(ClientToken::partNumber).getOrElse(0));

    @Override
    public Either<OtaFailure, UpgradeJob> find(JobId id) {
        return client.read(operations.showJob, id).flatMap(job -> job.toEither(() -> noUpgrade(id)));
    }

    /** The failure for a batch task that is no upgrade. */
    OtaFailure noUpgrade(JobId id) {
        OperationContext origin = client.contextOf(operations.showJob);
        return new OtaFailure.NotFound(FailureDetails.of(
                origin,
                Message.of("Backend {0} has no upgrade job {1}; the batch task has another type", origin.backend(), id),
                Message.of("List the jobs to find its id")));
    }

    @Override
    public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token, FirmwareId id) {
        return types(Option.some(id))
                .flatMap(types -> findByToken(token, types))
                .map(jobs -> jobs.filter(job -> isOf(job, id)));
    }

    @Override
    public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token) {
        return findByToken(token, TaskType.ALL);
    }

    /** Finds the jobs of these types with the token, or a part of it, in the order of the parts. */
    Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token, List<String> types) {
        Instant oldest = clock.instant().minus(TOKEN_AGE);
        List<UpgradeJob> found = List.empty();
        for (String type : types) {
            Iterator<Either<OtaFailure, UpgradeJob>> jobs =
                    sequence(Option.none()).pages(List.of(type)).iterator();
            boolean isRecent = true;
            while (isRecent && jobs.hasNext()) {
                Either<OtaFailure, UpgradeJob> next = jobs.next();
                if (next.isLeft()) {
                    if (!isUnknown(type, next.getLeft())) {
                        return Either.left(next.getLeft());
                    }
                    break;
                }
                UpgradeJob job = next.get();
                isRecent = !isCreatedBefore(job, oldest);
                found = job.token().exists(token::includes) ? found.append(job) : found;
            }
        }
        return Either.right(found.sorted(BY_PART));
    }

    private static boolean isCreatedBefore(UpgradeJob job, Instant oldest) {
        return job.created().flatMap(VendorTimestamp::instant).exists(created -> created.isBefore(oldest));
    }

    /** Older platforms have no module jobs. */
    private static boolean isUnknown(String type, OtaFailure failure) {
        return type.equals(TaskType.MODULE) && ListSequence.isUnknownType(failure);
    }

    /** The types of the jobs for a package; all types if it does not exist any more. */
    private Either<OtaFailure, List<String>> types(Option<FirmwareId> id) {
        if (id.isEmpty()) {
            return Either.right(TaskType.ALL);
        }
        Either<OtaFailure, Firmware> found = firmware.find(id.get());
        return found.isLeft() && found.getLeft() instanceof OtaFailure.NotFound
                ? Either.right(TaskType.ALL)
                : found.map(known -> TaskType.of(known.target()).map(List::of).getOrElse(TaskType.ALL));
    }

    private static boolean isOf(UpgradeJob job, FirmwareId id) {
        return job.firmware().exists(other -> HuaweiIdCanonicalizer.isSameId(other.value(), id.value()));
    }

    @Override
    public Pages<UpgradeJob> list(JobFilter filter) {
        if (filter.device().isDefined()) {
            return Pages.of(from -> Either.left(unsupported(Capability.LIST_JOBS_OF_DEVICE)));
        }
        Pages<UpgradeJob> jobs = sequence(States.filter(filter.states()))
                .skippingUnknownTypes(this::noteUnknownType)
                .pages(key -> types(filter.firmware()))
                .filter(job -> filter.matchesState(job) && filter.firmware().forAll(id -> isOf(job, id)));
        return filter.product().map(product -> ofProduct(product, jobs)).getOrElse(jobs);
    }

    private ListSequence<UpgradeJob> sequence(Option<String> status) {
        return ListSequence.of(
                client.contextOf(operations.listJobs),
                ENTRIES,
                UpgradeJob::id,
                (type, position) -> page(type, status, position, SIZES));
    }

    private Either<OtaFailure, VendorPage<UpgradeJob>> page(
            String type, Option<String> status, MarkerCursor position, List<Integer> sizes) {
        Either<OtaFailure, VendorPage<UpgradeJob>> page =
                client.read(operations.listJobs, new JobOperations.JobPage(type, status, position, sizes.head()));
        boolean mayBeTooLarge = page.isLeft() && page.getLeft() instanceof OtaFailure.UnreadableResponse;
        return mayBeTooLarge && sizes.tail().nonEmpty() ? page(type, status, position, sizes.tail()) : page;
    }

    private void noteUnknownType(String type) {
        client.note(
                operations.listJobs,
                "Backend " + client.contextOf(operations.listJobs).backend() + " rejects the task type " + type
                        + ", so jobs of this type are not listed");
    }

    /** Jobs do not contain their product, but their packages do. */
    private Pages<UpgradeJob> ofProduct(ProductId product, Pages<UpgradeJob> jobs) {
        return Pages.of(
                from -> packagesOf(product)
                        .flatMap(packages ->
                                jobs.filter(job -> isOfAny(job, packages)).page(from)),
                () -> ListSequence.lazily(() -> packagesOf(product)
                        .fold(
                                ListSequence::failed,
                                packages -> jobs.filter(job -> isOfAny(job, packages))
                                        .iterator())));
    }

    private Either<OtaFailure, Set<String>> packagesOf(ProductId product) {
        return firmware.list(FirmwareFilter.all().product(product))
                .toList()
                .map(packages -> packages.map(found ->
                                HuaweiIdCanonicalizer.canonical(found.id().value()))
                        .toSet());
    }

    private static boolean isOfAny(UpgradeJob job, Set<String> packages) {
        return job.firmware()
                .map(FirmwareId::value)
                .map(HuaweiIdCanonicalizer::canonical)
                .exists(packages::contains);
    }

    @Override
    public Either<OtaFailure, TaskCounts> counts(JobId id) {
        return find(id).flatMap(job -> job.counts().toEither(() -> noCounts(id)));
    }

    private OtaFailure noCounts(JobId id) {
        OperationContext origin = client.contextOf(operations.showJob);
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                origin,
                Message.of("Backend {0} returned job {1} without the number of its tasks", origin.backend(), id),
                Message.of("Repeat the call; if the number remains missing, report it to the vendor")));
    }

    @Override
    public Pages<UpgradeTask> tasks(JobId job, TaskFilter filter) {
        return taskLists(job, filter).pages();
    }

    @Override
    public Either<OtaFailure, RequestEstimate> estimate(JobId id, TaskFilter filter) {
        return counts(id).flatMap(counts -> taskLists(id, filter).estimate(counts, rate));
    }

    private TaskLists taskLists(JobId job, TaskFilter filter) {
        return new TaskLists(client, operations, this, job, filter);
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
