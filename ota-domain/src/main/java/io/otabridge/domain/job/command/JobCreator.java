package io.otabridge.domain.job.command;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.UpgradeJob;
import io.vavr.collection.List;
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

        /**
         * Finds the jobs of this request that exist.
         *
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
     * @param requestedDevices how many devices it selects; absent if it is not known
     * @param warnings what the vendor does differently
     * @param isDryRun whether to stop before the creation
     */
    public Either<OtaFailure, JobCreation> create(
            JobRequest request,
            Option<Long> requestedDevices,
            List<String> warnings,
            boolean isDryRun,
            VendorSteps steps) {
        List<JobRequest> parts = split(request);
        return find(request, steps)
                .flatMap(existing -> isDryRun
                        ? Either.right(new JobCreation(
                                existing, existing.size() == parts.size(), requestedDevices, Option.none(), warnings))
                        : create(parts, existing, steps)
                                .map(jobs -> created(
                                        jobs, existing.size() == parts.size(), requestedDevices, warnings, steps)));
    }

    private List<JobRequest> split(JobRequest request) {
        if (!(request.targets() instanceof JobTargets.Devices devices)
                || devices.ids().size() <= maxDevices) {
            return List.of(request);
        }
        return devices.ids()
                .grouped(maxDevices)
                .zipWithIndex()
                .map(group -> request.part(
                        JobTargets.devices(group._1), request.token().part(group._2 + 1)))
                .toList();
    }

    /** The existing jobs; the failure if one of them has another package. */
    private Either<OtaFailure, List<UpgradeJob>> find(JobRequest request, VendorSteps steps) {
        return steps.find(request)
                .flatMap(found -> found.find(job ->
                                job.firmware().nonEmpty() && !job.firmware().contains(request.firmware()))
                        .<Either<OtaFailure, List<UpgradeJob>>>map(other ->
                                Either.left(new OtaFailure.Rejected(FailureDetails.of(
                                        origin,
                                        Message.of(
                                                "Backend {0} already has job {1} with token {2}, for another firmware package",
                                                origin.backend(), other.id(), request.token()),
                                        Message.of("Use another token; nothing was created")))))
                        .getOrElse(Either.right(found)));
    }

    private Either<OtaFailure, List<UpgradeJob>> create(
            List<JobRequest> parts, List<UpgradeJob> existing, VendorSteps steps) {
        List<UpgradeJob> jobs = List.empty();
        for (JobRequest part : parts) {
            Either<OtaFailure, UpgradeJob> job = withToken(existing, part.token(), parts.size() == 1)
                    .<Either<OtaFailure, UpgradeJob>>map(Either::right)
                    .getOrElse(() -> create(part, steps));
            if (job.isLeft()) {
                return Either.left(jobs.isEmpty() ? job.getLeft() : incomplete(job.getLeft(), jobs, parts));
            }
            jobs = jobs.append(job.get());
        }
        return Either.right(jobs);
    }

    /** A vendor without tokens returns the only job. */
    private static Option<UpgradeJob> withToken(List<UpgradeJob> jobs, ClientToken token, boolean isOnlyPart) {
        return jobs.find(job -> job.token().contains(token))
                .orElse(() ->
                        isOnlyPart ? jobs.headOption().filter(job -> job.token().isEmpty()) : Option.none());
    }

    private Either<OtaFailure, UpgradeJob> create(JobRequest part, VendorSteps steps) {
        Either<OtaFailure, JobId> created = steps.create(part);
        if (created.isRight()) {
            return steps.read(created.get())
                    .mapLeft(failure -> failure.withDetails(failure.details()
                            .withMoreAdvice(Message.of(
                                    "job {0} was created but could not be read back; repeat the call with token {1} to"
                                            + " read it",
                                    created.get(), part.token()))));
        }
        OtaFailure failure = created.getLeft();
        if (failure instanceof OtaFailure.OutcomeUnknown || failure instanceof OtaFailure.UnreadableResponse) {
            return findAgain(part, steps, failure, deadline);
        }
        return failure instanceof OtaFailure.Unavailable || isRejectedByVendor(failure)
                ? findAgain(part, steps, failure, Duration.ZERO)
                : Either.left(failure);
    }

    /** Another caller may have created the job with the same token. */
    private static boolean isRejectedByVendor(OtaFailure failure) {
        return failure instanceof OtaFailure.Rejected && failure.vendorCode().isDefined();
    }

    private Either<OtaFailure, UpgradeJob> findAgain(
            JobRequest part, VendorSteps steps, OtaFailure failure, Duration limit) {
        long started = System.nanoTime();
        Duration wait = FIRST_WAIT;
        while (true) {
            Either<OtaFailure, List<UpgradeJob>> found = find(part, steps);
            Option<UpgradeJob> job = found.toOption().flatMap(jobs -> withToken(jobs, part.token(), true));
            if (job.isDefined()) {
                return Either.right(job.get());
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
            if (elapsed.plus(wait).compareTo(limit) > 0 || !sleep(wait)) {
                return Either.left(limit.isZero() ? failure : unknown(part, failure));
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
                failure.details()
                        .withMoreAdvice(Message.of(
                                "look for the job with token {0} later, or repeat the call with this token; a new token"
                                        + " may create a second job",
                                part.token())),
                Option.some(part.token().value()));
    }

    private static OtaFailure incomplete(OtaFailure failure, List<UpgradeJob> jobs, List<JobRequest> parts) {
        return failure.withDetails(failure.details()
                .withMoreAdvice(Message.of(
                        "{0} of {1} jobs exist: {2}; repeat the call with the same token to create the others",
                        jobs.size(), parts.size(), jobs.map(UpgradeJob::id).mkString(", "))));
    }

    private JobCreation created(
            List<UpgradeJob> jobs,
            boolean alreadyExisted,
            Option<Long> requestedDevices,
            List<String> warnings,
            VendorSteps steps) {
        List<Option<TaskCounts>> counts = jobs.map(UpgradeJob::counts);
        Either<OtaFailure, Option<Long>> tasks = counts.forAll(Option::isDefined)
                ? Either.right(Option.some(
                        counts.flatMap(all -> all).map(TaskCounts::total).sum().longValue()))
                : steps.countTasks(jobs);
        Option<Long> created = tasks.getOrElse(Option::none);
        Option<Long> missing = requestedDevices.flatMap(
                requested -> created.filter(count -> count < requested).map(count -> requested - count));
        return new JobCreation(
                jobs,
                alreadyExisted,
                requestedDevices,
                created,
                warnings.appendAll(tasks.swap()
                                .toOption()
                                .map(failure -> "the number of tasks is not known: " + failure.summary()))
                        .appendAll(missing.map(count -> "the vendor created no task for " + count + " of "
                                + requestedDevices.get()
                                + " devices, for example because they have the version already")));
    }
}
