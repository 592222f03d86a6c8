package io.otabridge.aliyun.job.command;

import io.otabridge.aliyun.job.AliyunJobQuery;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.vavr.collection.HashSet;
import io.vavr.collection.List;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;

/**
 * Finds a job on a platform that stores no client token, through some of its listed devices. A job for other targets is
 * not found. Used by one thread for one creation.
 */
final class DeviceJobFinder {

    /** How long a finished job may be the result of a creation whose response was lost. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    private final OperationContext origin;
    private final AliyunJobQuery jobs;
    private final ProductId product;
    private final Clock clock;

    private Set<JobId> before = HashSet.empty();
    private boolean isSent;

    /** @param origin the creation, for failures */
    DeviceJobFinder(OperationContext origin, AliyunJobQuery jobs, ProductId product, Clock clock) {
        this.origin = origin;
        this.jobs = jobs;
        this.product = product;
        this.clock = clock;
    }

    /** Jobs that are found from now on, and were not seen before, may be the result of the creation. */
    void creationIsSent() {
        isSent = true;
    }

    /**
     * Before the creation: the unfinished job with the same devices. Afterwards: the new job with these devices, without
     * those that the platform left out.
     *
     * @return before the creation, {@link OtaFailure.Rejected} if a job may be the result of an earlier call
     */
    Either<OtaFailure, List<UpgradeJob>> find(JobRequest request) {
        if (!(request.targets() instanceof JobTargets.Devices devices)) {
            return Either.right(List.empty());
        }
        List<UpgradeJob> candidates = List.empty();
        for (DeviceId device : sample(devices.ids())) {
            Either<OtaFailure, List<UpgradeJob>> found = jobsOf(request, device);
            if (found.isLeft()) {
                return found;
            }
            candidates = candidates.appendAll(found.get());
        }
        List<UpgradeJob> seen = candidates.distinctBy(UpgradeJob::id);
        List<UpgradeJob> possible = seen.filter(job -> job.kind().is(request.kind())
                && (isSent ? !before.contains(job.id()) : (!job.isFinal() || hasJustFinished(job))));
        if (!isSent) {
            before = before.addAll(seen.map(UpgradeJob::id));
        }
        return firstWith(devices.ids().toSet(), possible);
    }

    /** The platform leaves out devices that have the version, so one device is not enough. */
    private static List<DeviceId> sample(List<DeviceId> devices) {
        return List.of(devices.head(), devices.get(devices.size() / 2), devices.last())
                .distinct();
    }

    private Either<OtaFailure, List<UpgradeJob>> jobsOf(JobRequest request, DeviceId device) {
        Either<OtaFailure, List<UpgradeJob>> found = jobs.list(
                        JobFilter.all().firmware(request.firmware()).device(DeviceRef.of(product, device)))
                .toList();
        // The package exists, so the device has no job.
        return found.isLeft() && found.getLeft() instanceof OtaFailure.NotFound ? Either.right(List.empty()) : found;
    }

    private boolean hasJustFinished(UpgradeJob job) {
        return job.state().is(JobState.FINISHED)
                && job.ended()
                        .orElse(job.modified())
                        .flatMap(VendorTimestamp::instant)
                        .exists(ended -> ended.isAfter(clock.instant().minus(RECENT)));
    }

    private Either<OtaFailure, List<UpgradeJob>> firstWith(Set<DeviceId> devices, List<UpgradeJob> possible) {
        Option<UpgradeJob> similar = Option.none();
        for (UpgradeJob job : possible) {
            Either<OtaFailure, Set<DeviceId>> targets = targets(job.id(), devices.size());
            if (targets.isLeft()) {
                return Either.left(targets.getLeft());
            }
            if (targets.get().isEmpty() || !devices.containsAll(targets.get())) {
                continue;
            }
            if (isSent || (!job.isFinal() && targets.get().equals(devices))) {
                return jobs.find(job.id()).map(List::of);
            }
            similar = similar.orElse(Option.some(job));
        }
        return similar.<Either<OtaFailure, List<UpgradeJob>>>map(job -> Either.left(mayBeTheSame(job)))
                .getOrElse(Either.right(List.empty()));
    }

    /** The devices of a job; none if they are more than the requested ones. */
    private Either<OtaFailure, Set<DeviceId>> targets(JobId job, int requested) {
        return jobs.count(job, Option.none())
                .flatMap(count -> count > requested
                        ? Either.right(HashSet.empty())
                        : jobs.tasks(job, TaskFilter.all())
                                .toList()
                                .map(tasks -> tasks.map(UpgradeTask::device).toSet()));
    }

    private OtaFailure mayBeTheSame(UpgradeJob job) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        job.isFinal()
                                ? "Job {0} on backend {1} has just finished for these devices, and may be the result of"
                                        + " an earlier call"
                                : "Job {0} on backend {1} upgrades some of these devices, and may be the result of an"
                                        + " earlier call",
                        job.id(),
                        origin.backend()),
                Message.of(
                        job.isFinal()
                                ? "Look at the tasks of job {0}; the call is possible {1} minutes after its end; nothing"
                                        + " was created"
                                : "Look at the tasks of job {0}: the vendor leaves out devices that have the version. For"
                                        + " another job, cancel job {0}, or name only the other devices; nothing was"
                                        + " created",
                        job.id(),
                        RECENT.toMinutes())));
    }
}
