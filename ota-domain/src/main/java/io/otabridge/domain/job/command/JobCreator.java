package io.otabridge.domain.job.command;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.JobSelection;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.UpgradeJob;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Traversable;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The steps of a creation that are the same for all vendors: splits long lists of devices, looks for jobs with the same
 * token, creates the others, and finds a job again whose response was lost. Safe for use by multiple threads.
 */
public final class JobCreator {

    private static final BigDecimal REPORTED_PRECISION = new BigDecimal("0.01");
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    /** The steps that depend on the vendor. */
    public interface VendorSteps {

        /** Returns whether jobs store their token. If not, each part of a request is looked up separately. */
        default boolean storesTokens() {
            return true;
        }

        /**
         * Finds the jobs of this request that exist.
         *
         * @param request the whole request; one of its parts after a lost response, and if jobs do not store their token
         * @return the jobs with the token or one of its parts. For a vendor without tokens: the job of the request's
         *     devices, or none if it cannot be found
         */
        Either<OtaFailure, List<UpgradeJob>> find(JobRequest request);

        /**
         * Creates one job. Sent at most once.
         *
         * @param request with at most as many devices as the vendor accepts in one job
         * @return the id; a failure of another operation than the creation, such as an upload, says that the creation was
         *     not sent
         */
        Either<OtaFailure, JobId> create(JobRequest request);

        /** Returns whether this failure of a creation says that none of the devices needs the package. */
        default boolean isNotNeeded(OtaFailure failure) {
            return false;
        }

        /** Returns whether a job has one task for each of its devices, even for those that have the version. */
        default boolean makesTaskForEachDevice() {
            return false;
        }

        /**
         * Returns what shows that an existing job is not the one of this request, such as {@code 3 instead of 2 devices};
         * absent if nothing does. Only for vendors whose jobs have no counts.
         *
         * @param part the request, or one of its parts
         */
        default Either<OtaFailure, Option<Message>> difference(JobRequest part, UpgradeJob job) {
            return Either.right(Option.none());
        }

        /** Returns whether this outage is a refusal, so that no job was created. */
        default boolean isRefusal(OtaFailure failure) {
            return false;
        }

        /** Reads a job that was created. */
        Either<OtaFailure, UpgradeJob> read(JobId id);

        /**
         * Returns the number of tasks that the vendor created for these jobs; absent if it is not known yet. The failure
         * is reported as a warning.
         */
        Either<OtaFailure, Option<Long>> countTasks(List<UpgradeJob> jobs);
    }

    /**
     * What a request selects.
     *
     * @param devices how many devices; absent if it is not known
     * @param warnings what the vendor does differently, as sentences without a final period
     * @param isSnapshot whether the devices were listed for this call, so that they may be others in the next call
     */
    public record Selection(Option<Long> devices, List<String> warnings, boolean isSnapshot) {

        /** Creates a selection that is the same in each call. */
        public Selection(Option<Long> devices, List<String> warnings) {
            this(devices, warnings, false);
        }
    }

    /**
     * The jobs of a request.
     *
     * @param areOld whether all of them existed before
     */
    private record Created(List<UpgradeJob> jobs, boolean areOld, List<String> warnings) {}

    private final OperationContext origin;
    private final Duration deadline;
    private final int maxDevices;

    /**
     * Creates a creator.
     *
     * @param origin the backend and its create operation, for failures
     * @param deadline how long a job is looked for after a lost response
     * @param maxDevices how many devices the vendor accepts in one job
     */
    public JobCreator(OperationContext origin, Duration deadline, int maxDevices) {
        this.origin = origin;
        this.deadline = deadline;
        this.maxDevices = maxDevices;
    }

    /**
     * Creates a job, or several.
     *
     * @param request a request that meets the vendor's rules
     * @param selection what the request selects
     * @param isDryRun whether to stop before the creation
     */
    public Either<OtaFailure, JobCreation> create(
            JobRequest request, Selection selection, boolean isDryRun, VendorSteps steps) {
        return split(request)
                .flatMap(parts -> existing(request, parts, selection, steps).flatMap(existing -> {
                    if (isDryRun || (selection.isSnapshot() && existing.nonEmpty())) {
                        boolean areOld =
                                existing.nonEmpty() && (selection.isSnapshot() || existing.size() == parts.size());
                        Created found = new Created(existing.values().toList(), areOld, List.empty());
                        return Either.right(result(
                                found,
                                request,
                                selection,
                                existing,
                                isDryRun ? Either.right(Option.none()) : countTasks(found.jobs(), steps)));
                    }
                    return create(request, parts, existing, selection, steps)
                            .map(created ->
                                    result(created, request, selection, existing, countTasks(created.jobs(), steps)));
                }));
    }

    /**
     * The parts in the order of their tokens, the same for the same devices in another order; a single part has the token
     * of the request.
     */
    private Either<OtaFailure, List<JobRequest>> split(JobRequest request) {
        if (request.token().partNumber() > 0) {
            return Either.left(rejected(
                    Message.of("Token {0} ends like that of one job of several", request.token()),
                    Message.of("Use a token that does not end with a number, of, and a number")));
        }
        if (!(request.targets() instanceof JobTargets.Devices devices)
                || devices.ids().size() <= maxDevices) {
            return Either.right(List.of(request));
        }
        List<List<DeviceId>> groups =
                devices.ids().sortBy(DeviceId::value).grouped(maxDevices).toList();
        return Either.right(groups.zipWithIndex()
                .map(group -> request.part(
                        JobTargets.devices(group._1), request.token().part(group._2 + 1, groups.size()))));
    }

    /** The parts that exist; the failure if one of the jobs belongs to another request. */
    private Either<OtaFailure, Map<ClientToken, UpgradeJob>> existing(
            JobRequest request, List<JobRequest> parts, Selection selection, VendorSteps steps) {
        if (steps.storesTokens()) {
            return steps.find(request)
                    .flatMap(found -> byToken(parts, found, selection, steps))
                    .flatMap(existing -> complete(existing, selection));
        }
        Map<ClientToken, UpgradeJob> existing = LinkedHashMap.empty();
        for (JobRequest part : parts) {
            Either<OtaFailure, List<UpgradeJob>> found = steps.find(part);
            if (found.isLeft()) {
                return Either.left(found.getLeft());
            }
            for (UpgradeJob job : found.get().headOption()) {
                existing = existing.put(part.token(), job);
            }
        }
        return Either.right(existing);
    }

    private Either<OtaFailure, Map<ClientToken, UpgradeJob>> byToken(
            List<JobRequest> parts, List<UpgradeJob> found, Selection selection, VendorSteps steps) {
        Map<ClientToken, JobRequest> expected = parts.toLinkedMap(JobRequest::token, part -> part);
        Map<ClientToken, UpgradeJob> existing = LinkedHashMap.empty();
        for (UpgradeJob job : found) {
            ClientToken token = job.token().getOrElse(parts.head().token());
            Option<JobRequest> part = selection.isSnapshot() ? parts.headOption() : expected.get(token);
            Either<OtaFailure, Option<Message>> conflict = existing.get(token)
                    .map(other -> Message.of(
                            "Backend {0} has several jobs with token {1}: {2} and {3}",
                            origin.backend(), token, other.id(), job.id()))
                    .orElse(() -> part.map(request -> conflict(request, token, job))
                            .getOrElse(() -> Option.some(another(
                                    job,
                                    token,
                                    Message.of("another number of devices, or another maximum of devices in a job")))))
                    .map(message -> Either.<OtaFailure, Option<Message>>right(Option.some(message)))
                    .getOrElse(() -> otherDevices(part.get(), token, job, selection, steps));
            if (conflict.isLeft()) {
                return Either.left(conflict.getLeft());
            }
            if (conflict.get().isDefined()) {
                return Either.left(rejected(
                        conflict.get().get(),
                        Message.of("Use another token, or repeat the call with the same package and devices")));
            }
            existing = existing.put(token, job);
        }
        return Either.right(existing);
    }

    /** Why the job cannot be the one of this part, as far as the vendor reports it. */
    private Option<Message> conflict(JobRequest part, ClientToken token, UpgradeJob job) {
        if (job.firmware().nonEmpty() && !job.firmware().contains(part.firmware())) {
            return Option.some(Message.of(
                    "Backend {0} already has job {1} with token {2}, for another firmware package",
                    origin.backend(), job.id(), token));
        }
        if (!job.kind().is(part.kind(), JobKind.UNKNOWN)) {
            return Option.some(Message.of(
                    job.kind().is(JobKind.VERIFICATION)
                            ? "Backend {0} already has job {1} with token {2}, which is a verification"
                            : "Backend {0} already has job {1} with token {2}, which is no verification",
                    origin.backend(),
                    job.id(),
                    token));
        }
        if (!isSelectedBy(part, job)) {
            return Option.some(another(job, token, Message.of("another selection of devices")));
        }
        if (part.targets() instanceof JobTargets.Percentage wanted
                && job.percent().exists(percent -> isOther(percent, wanted.percent()))) {
            return Option.some(another(
                    job,
                    token,
                    Message.of(
                            "{0} instead of {1} percent",
                            job.percent().get().stripTrailingZeros().toPlainString(),
                            wanted.percent().stripTrailingZeros().toPlainString())));
        }
        // Jobs without source versions of their own may report those of the package.
        return Option.when(
                part.sourceVersions().nonEmpty()
                        && job.sourceVersions().nonEmpty()
                        && !job.sourceVersions()
                                .toSet()
                                .equals(part.sourceVersions().toSet()),
                () -> another(job, token, Message.of("other source versions")));
    }

    /** Devices that were listed for this call may be others than those of the job. */
    private Either<OtaFailure, Option<Message>> otherDevices(
            JobRequest part, ClientToken token, UpgradeJob job, Selection selection, VendorSteps steps) {
        if (selection.isSnapshot()) {
            return Either.right(Option.none());
        }
        Option<Message> size = otherSize(part, job, steps.makesTaskForEachDevice())
                .map(tasks -> Message.of(
                        "{0} instead of {1} devices", tasks, size(part).get()));
        return (size.isDefined() ? Either.<OtaFailure, Option<Message>>right(size) : steps.difference(part, job))
                .map(difference -> difference.map(what -> another(job, token, what)));
    }

    /** Vendors may return fewer decimals than were sent. */
    private static boolean isOther(BigDecimal reported, BigDecimal requested) {
        return reported.subtract(requested).abs().compareTo(REPORTED_PRECISION) >= 0;
    }

    private Message another(UpgradeJob job, ClientToken token, Message what) {
        return Message.of(
                "Backend {0} already has job {1} with token {2}, which belongs to a request with {3}",
                origin.backend(), job.id(), token, what);
    }

    /** A verification has no selection of its own. */
    private static boolean isSelectedBy(JobRequest part, UpgradeJob job) {
        if (part.kind() == JobKind.VERIFICATION) {
            return true;
        }
        JobTargets targets = part.targets();
        boolean isSameGroup =
                !(targets instanceof JobTargets.Group group) || job.group().forAll(group.id()::equals);
        return isSameGroup
                && job.selection().forAll(selection -> selection.is(selectionOf(targets), JobSelection.UNKNOWN));
    }

    private static JobSelection selectionOf(JobTargets targets) {
        if (targets instanceof JobTargets.Devices) {
            return JobSelection.DEVICES;
        }
        if (targets instanceof JobTargets.Group) {
            return JobSelection.GROUP;
        }
        if (targets instanceof JobTargets.All) {
            return JobSelection.ALL;
        }
        return targets instanceof JobTargets.Percentage ? JobSelection.PERCENTAGE : JobSelection.CONTINUOUS;
    }

    private static Option<Long> size(JobRequest part) {
        return part.targets() instanceof JobTargets.Devices devices
                ? Option.some((long) devices.ids().size())
                : Option.none();
    }

    /** The number of tasks, if it cannot be that of this part. Most vendors leave out devices that have the version. */
    private static Option<Long> otherSize(JobRequest part, UpgradeJob job, boolean hasTaskForEachDevice) {
        Option<Long> tasks = job.state().is(JobState.PREPARING)
                ? Option.none()
                : job.counts().map(TaskCounts::total).filter(total -> total > 0);
        return tasks.filter(
                count -> size(part).exists(devices -> count > devices || (hasTaskForEachDevice && count < devices)));
    }

    /** Some jobs of devices that may be others now say nothing about the devices of the missing jobs. */
    private Either<OtaFailure, Map<ClientToken, UpgradeJob>> complete(
            Map<ClientToken, UpgradeJob> existing, Selection selection) {
        if (!selection.isSnapshot() || existing.isEmpty()) {
            return Either.right(existing);
        }
        int expected = Math.max(1, existing.head()._1.partCount());
        return existing.size() == expected
                        && existing.keySet().forAll(token -> Math.max(1, token.partCount()) == expected)
                ? Either.right(existing)
                : Either.left(rejected(
                        Message.of(
                                "{0} of {1} jobs exist on backend {2}: {3}, and the devices of the product may have"
                                        + " changed since",
                                existing.size(), expected, origin.backend(), ids(existing.values())),
                        Message.of("Name the devices that have no task in these jobs, with another token")));
    }

    private static String ids(Traversable<UpgradeJob> jobs) {
        return jobs.map(UpgradeJob::id).mkString(", ");
    }

    private OtaFailure rejected(Message summary, Message advice) {
        return new OtaFailure.Rejected(
                FailureDetails.of(origin, summary, advice.and(Message.of("nothing was created"))));
    }

    /** A part that no device needs has no job; if that is so for all of them, the vendor's failure is returned. */
    private Either<OtaFailure, Created> create(
            JobRequest request,
            List<JobRequest> parts,
            Map<ClientToken, UpgradeJob> existing,
            Selection selection,
            VendorSteps steps) {
        Created created = new Created(List.empty(), true, List.empty());
        Option<OtaFailure> notNeeded = Option.none();
        for (JobRequest part : parts) {
            Either<OtaFailure, Created> job = existing.get(part.token())
                    .map(old -> Either.<OtaFailure, Created>right(new Created(List.of(old), true, List.empty())))
                    .getOrElse(() -> create(request, part, steps));
            if (job.isLeft() && parts.size() > 1 && steps.isNotNeeded(job.getLeft())) {
                notNeeded = notNeeded.orElse(Option.some(job.getLeft()));
                job = Either.right(new Created(
                        List.empty(),
                        true,
                        List.of("there is no job " + part.token() + ", because none of its devices needs the package: "
                                + job.getLeft().summary())));
            }
            if (job.isLeft()) {
                List<UpgradeJob> exist =
                        created.jobs().appendAll(existing.values()).distinctBy(UpgradeJob::id);
                return Either.left(
                        exist.isEmpty() ? job.getLeft() : incomplete(job.getLeft(), exist, parts, selection, steps));
            }
            created = new Created(
                    created.jobs().appendAll(job.get().jobs()),
                    created.areOld() && job.get().areOld(),
                    created.warnings().appendAll(job.get().warnings()));
        }
        return created.jobs().isEmpty() ? Either.left(notNeeded.get()) : Either.right(created);
    }

    private Either<OtaFailure, Created> create(JobRequest request, JobRequest part, VendorSteps steps) {
        Either<OtaFailure, JobId> created = steps.create(part);
        if (created.isRight()) {
            return Either.right(steps.read(created.get())
                    .map(job -> isNew(job, steps))
                    .getOrElseGet(failure -> unread(created.get(), part, failure, steps)));
        }
        OtaFailure failure = created.getLeft();
        if (mayBeCreated(failure, steps)) {
            return findAgain(part, steps, deadline)
                    .map(job -> isNew(job, steps))
                    .toEither(() -> unknown(request, failure, steps));
        }
        if (failure instanceof OtaFailure.Unavailable || isRejectedByVendor(failure)) {
            return findAgain(part, steps, Duration.ZERO)
                    .map(job -> isNew(job, steps))
                    .toEither(failure);
        }
        return Either.left(
                failure instanceof OtaFailure.Cancelled
                        ? failure.withDetails(failure.details().withMoreAdvice(lookAgain(request, steps)))
                        : failure);
    }

    private static Created isNew(UpgradeJob job, VendorSteps steps) {
        return new Created(
                List.of(job),
                false,
                steps.storesTokens() && job.token().isEmpty()
                        ? List.of("the vendor does not return the client token of job " + job.id()
                                + ": list the jobs of the package before you repeat the call, which would create"
                                + " another job")
                        : List.empty());
    }

    /** A vendor that answers a creation with an outage may have created the job. */
    private boolean mayBeCreated(OtaFailure failure, VendorSteps steps) {
        boolean isAnsweredOutage = failure instanceof OtaFailure.Unavailable
                && !steps.isRefusal(failure)
                && failure.operation().equals(origin.operation())
                && (failure.status().isDefined() || failure.vendorCode().isDefined());
        return isAnsweredOutage
                || failure instanceof OtaFailure.OutcomeUnknown
                || failure instanceof OtaFailure.UnreadableResponse;
    }

    /** Another caller may have created the job with the same token. */
    private static boolean isRejectedByVendor(OtaFailure failure) {
        return failure instanceof OtaFailure.Rejected && failure.vendorCode().isDefined();
    }

    /** Looks for a job whose creation was sent, the last time at the limit. A failed look-up is repeated. */
    private static Option<UpgradeJob> findAgain(JobRequest part, VendorSteps steps, Duration limit) {
        long started = System.nanoTime();
        Duration wait = FIRST_WAIT;
        while (true) {
            Option<UpgradeJob> job = steps.find(part)
                    .toOption()
                    .flatMap(found -> found.find(one -> one.token().forAll(part.token()::equals)));
            if (job.isDefined()) {
                return job;
            }
            Duration left = limit.minusNanos(System.nanoTime() - started);
            Duration next = wait.compareTo(left) < 0 ? wait : left;
            if (next.isNegative() || next.isZero() || !sleep(next)) {
                return Option.none();
            }
            wait = wait.multipliedBy(2);
        }
    }

    private static boolean sleep(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The advice to repeat the command would be wrong for a caller that does not name the token. */
    private static OtaFailure unknown(JobRequest request, OtaFailure failure, VendorSteps steps) {
        return new OtaFailure.OutcomeUnknown(
                failure.details().withAdvice(Message.of("The job may exist; {0}", lookAgain(request, steps))),
                Option.when(steps.storesTokens(), request.token().value()));
    }

    /** What is known of a job that exists. */
    private static Created unread(JobId id, JobRequest part, OtaFailure failure, VendorSteps steps) {
        UpgradeJob.Builder job = UpgradeJob.builder(id, new Reported<>(JobState.UNKNOWN, ""))
                .kind(Reported.of(part.kind()))
                .firmware(List.of(part.firmware()));
        if (steps.storesTokens()) {
            job.token(part.token());
        }
        return new Created(
                List.of(job.build()),
                false,
                List.of("job " + id + " was created, but could not be read: " + failure.summary()));
    }

    private static Message lookAgain(JobRequest request, VendorSteps steps) {
        return steps.storesTokens()
                ? Message.of(
                        "look for the job with token {0} later, or repeat the call with this token; a new token may"
                                + " create a second job",
                        request.token())
                : Message.of(
                        "list the jobs of firmware {0} before you repeat the call: the vendor stores no client token",
                        request.firmware());
    }

    private static OtaFailure incomplete(
            OtaFailure failure, List<UpgradeJob> jobs, List<JobRequest> parts, Selection selection, VendorSteps steps) {
        String advice = !steps.storesTokens()
                ? "{0} of {1} jobs exist: {2}; name the devices that have no task in them to create the others"
                : selection.isSnapshot()
                        ? "{0} of {1} jobs exist: {2}; name the devices that have no task in them, with another token, to"
                                + " create the others"
                        : "{0} of {1} jobs exist: {2}; repeat the call with the same token to create the others";
        return failure.withDetails(
                failure.details().withMoreAdvice(Message.of(advice, jobs.size(), parts.size(), ids(jobs))));
    }

    /** The number of tasks; absent while the vendor prepares them. */
    private static Either<OtaFailure, Option<Long>> countTasks(List<UpgradeJob> jobs, VendorSteps steps) {
        if (jobs.exists(job -> job.state().is(JobState.PREPARING))) {
            return Either.right(Option.none());
        }
        List<TaskCounts> counts = jobs.flatMap(UpgradeJob::counts);
        return counts.size() == jobs.size()
                ? Either.right(Option.some(counts.map(TaskCounts::total).sum().longValue()))
                : steps.countTasks(jobs);
    }

    private static JobCreation result(
            Created created,
            JobRequest request,
            Selection selection,
            Map<ClientToken, UpgradeJob> existing,
            Either<OtaFailure, Option<Long>> counted) {
        Option<Long> tasks = counted.getOrElse(Option::none);
        Option<String> missing = selection
                .devices()
                .flatMap(requested -> tasks.filter(count -> count < requested)
                        .map(count -> (requested - count) + " of " + requested)
                        .map(count -> withoutTask(count, created.jobs().size(), existing.nonEmpty())));
        return new JobCreation(
                created.jobs(),
                created.areOld(),
                selection.devices(),
                tasks,
                (selection.isSnapshot() && existing.nonEmpty() ? List.<String>empty() : selection.warnings())
                        .appendAll(created.warnings())
                        .appendAll(existing.values().flatMap(job -> restriction(request, job)))
                        .appendAll(counted.swap()
                                .toOption()
                                .map(failure -> "the number of tasks is not known: " + failure.summary()))
                        .appendAll(missing));
    }

    private static String withoutTask(String missing, int jobs, boolean hasExisted) {
        return hasExisted
                ? missing + " devices have no task in " + (jobs == 1 ? "this job, which" : "these jobs, of which some")
                        + " existed: they have the version already, were added later, or were not part of the"
                        + " earlier request"
                : "the vendor created no task for " + missing
                        + " devices, for example because they have the version already";
    }

    /** Whether these source versions were requested, or are those of the package, is not known. */
    private static Option<String> restriction(JobRequest request, UpgradeJob job) {
        return Option.when(
                request.sourceVersions().isEmpty()
                        && job.sourceVersions().nonEmpty()
                        && !(request.targets() instanceof JobTargets.Devices),
                () -> "job " + job.id() + " existed, and is only for devices with version "
                        + job.sourceVersions().mkString(", "));
    }
}
