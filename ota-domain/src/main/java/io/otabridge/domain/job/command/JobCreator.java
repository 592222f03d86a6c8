package io.otabridge.domain.job.command;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.UpgradeJob;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The steps of a creation that are the same for all vendors: splits long lists of devices, looks for jobs with the same
 * token, creates the others, and finds a job again whose response was lost. Safe for use by multiple threads.
 */
public final class JobCreator {

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
         */
        Either<OtaFailure, JobId> create(JobRequest request);

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
     */
    public record Selection(Option<Long> devices, List<String> warnings) {}

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
                .flatMap(parts -> existing(request, parts, steps)
                        .flatMap(existing -> (isDryRun
                                        ? Either.<OtaFailure, List<UpgradeJob>>right(
                                                existing.values().toList())
                                        : create(parts, existing, steps))
                                .map(jobs -> result(
                                        jobs,
                                        existing.size() == parts.size(),
                                        selection,
                                        isDryRun ? Either.right(Option.none()) : countTasks(jobs, steps)))));
    }

    /** The parts in the order of their tokens; a single part has the token of the request. */
    private Either<OtaFailure, List<JobRequest>> split(JobRequest request) {
        if (!(request.targets() instanceof JobTargets.Devices devices)
                || devices.ids().size() <= maxDevices) {
            return Either.right(List.of(request));
        }
        if (request.token().value().length() > ClientToken.MAX_LENGTH) {
            return Either.left(rejected(
                    Message.of("The token {0} is too long for several jobs", request.token()),
                    Message.of("Use a token of at most {0} characters", ClientToken.MAX_LENGTH)));
        }
        return Either.right(devices.ids()
                .grouped(maxDevices)
                .zipWithIndex()
                .map(group -> request.part(
                        JobTargets.devices(group._1), request.token().part(group._2 + 1)))
                .toList());
    }

    /** The parts that exist; the failure if one of the jobs belongs to another request. */
    private Either<OtaFailure, Map<ClientToken, UpgradeJob>> existing(
            JobRequest request, List<JobRequest> parts, VendorSteps steps) {
        if (steps.storesTokens()) {
            return steps.find(request).flatMap(found -> byToken(request, parts, found));
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
            JobRequest request, List<JobRequest> parts, List<UpgradeJob> found) {
        Set<ClientToken> expected = parts.map(JobRequest::token).toLinkedSet();
        Map<ClientToken, UpgradeJob> existing = LinkedHashMap.empty();
        for (UpgradeJob job : found) {
            ClientToken token = job.token().getOrElse(request.token());
            Option<Message> conflict = conflict(request, job, token, expected, existing.get(token));
            if (conflict.isDefined()) {
                return Either.left(rejected(
                        conflict.get(),
                        Message.of("Use another token, or repeat the call with the same package and devices")));
            }
            existing = existing.put(token, job);
        }
        return Either.right(existing);
    }

    private Option<Message> conflict(
            JobRequest request,
            UpgradeJob job,
            ClientToken token,
            Set<ClientToken> expected,
            Option<UpgradeJob> sameToken) {
        if (job.firmware().nonEmpty() && !job.firmware().contains(request.firmware())) {
            return Option.some(Message.of(
                    "Backend {0} already has job {1} with token {2}, for another firmware package",
                    origin.backend(), job.id(), token));
        }
        if (!expected.contains(token)) {
            return Option.some(Message.of(
                    "Backend {0} already has job {1} with token {2}, which belongs to a request with another number of"
                            + " devices",
                    origin.backend(), job.id(), token));
        }
        return sameToken.map(other -> Message.of(
                "Backend {0} has several jobs with token {1}: {2} and {3}",
                origin.backend(), token, other.id(), job.id()));
    }

    private OtaFailure rejected(Message summary, Message advice) {
        return new OtaFailure.Rejected(
                FailureDetails.of(origin, summary, advice.and(Message.of("nothing was created"))));
    }

    private Either<OtaFailure, List<UpgradeJob>> create(
            List<JobRequest> parts, Map<ClientToken, UpgradeJob> existing, VendorSteps steps) {
        List<UpgradeJob> jobs = List.empty();
        for (JobRequest part : parts) {
            Either<OtaFailure, UpgradeJob> job = existing.get(part.token())
                    .<Either<OtaFailure, UpgradeJob>>map(Either::right)
                    .getOrElse(() -> create(part, steps));
            if (job.isLeft()) {
                return Either.left(jobs.isEmpty() ? job.getLeft() : incomplete(job.getLeft(), jobs, parts));
            }
            jobs = jobs.append(job.get());
        }
        return Either.right(jobs);
    }

    private Either<OtaFailure, UpgradeJob> create(JobRequest part, VendorSteps steps) {
        Either<OtaFailure, JobId> created = steps.create(part);
        if (created.isRight()) {
            return steps.read(created.get()).mapLeft(failure -> unread(created.get(), part, failure));
        }
        OtaFailure failure = created.getLeft();
        if (failure instanceof OtaFailure.OutcomeUnknown || failure instanceof OtaFailure.UnreadableResponse) {
            return findAgain(part, steps, deadline).toEither(() -> unknown(part, failure));
        }
        if (failure instanceof OtaFailure.Unavailable || isRejectedByVendor(failure)) {
            return findAgain(part, steps, Duration.ZERO).toEither(failure);
        }
        return Either.left(
                failure instanceof OtaFailure.Cancelled
                        ? failure.withDetails(failure.details().withMoreAdvice(lookAgain(part)))
                        : failure);
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

    private static OtaFailure unknown(JobRequest part, OtaFailure failure) {
        return new OtaFailure.OutcomeUnknown(
                failure.details().withMoreAdvice(lookAgain(part)),
                Option.some(part.token().value()));
    }

    private static OtaFailure unread(JobId id, JobRequest part, OtaFailure failure) {
        return new OtaFailure.OutcomeUnknown(
                failure.details()
                        .withMoreAdvice(Message.of("job {0} was created, but could not be read", id))
                        .withMoreAdvice(lookAgain(part)),
                Option.some(part.token().value()));
    }

    private static Message lookAgain(JobRequest part) {
        return Message.of(
                "look for the job with token {0} later, or repeat the call with this token; a new token may create a"
                        + " second job",
                part.token());
    }

    private static OtaFailure incomplete(OtaFailure failure, List<UpgradeJob> jobs, List<JobRequest> parts) {
        return failure.withDetails(failure.details()
                .withMoreAdvice(Message.of(
                        "{0} of {1} jobs exist: {2}; repeat the call with the same token to create the others",
                        jobs.size(), parts.size(), jobs.map(UpgradeJob::id).mkString(", "))));
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
            List<UpgradeJob> jobs,
            boolean alreadyExisted,
            Selection selection,
            Either<OtaFailure, Option<Long>> tasks) {
        Option<Long> created = tasks.getOrElse(Option::none);
        Option<Long> missing = selection
                .devices()
                .flatMap(requested -> created.filter(count -> count < requested).map(count -> requested - count));
        return new JobCreation(
                jobs,
                alreadyExisted,
                selection.devices(),
                created,
                selection
                        .warnings()
                        .appendAll(tasks.swap()
                                .toOption()
                                .map(failure -> "the number of tasks is not known: " + failure.summary()))
                        .appendAll(missing.map(count -> "the vendor created no task for " + count + " of "
                                + selection.devices().get()
                                + " devices, for example because they have the version already")));
    }
}
