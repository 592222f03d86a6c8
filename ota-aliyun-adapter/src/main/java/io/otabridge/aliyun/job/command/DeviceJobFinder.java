package io.otabridge.aliyun.job.command;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobQueryPort;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.vavr.collection.HashSet;
import io.vavr.collection.List;
import io.vavr.collection.Set;
import io.vavr.control.Either;

/**
 * Finds a job on a platform that stores no client token, through some of its listed devices. A job for other targets is
 * not found. Used by one thread for one creation.
 */
final class DeviceJobFinder {

    private final JobQueryPort jobs;
    private final ProductId product;

    private Set<JobId> before = HashSet.empty();
    private boolean isSent;

    DeviceJobFinder(JobQueryPort jobs, ProductId product) {
        this.jobs = jobs;
        this.product = product;
    }

    /** Jobs that are found from now on, and were not seen before, may be the result of the creation. */
    void creationIsSent() {
        isSent = true;
    }

    /**
     * Before the creation: the unfinished job with the same devices. Afterwards: the new job with these devices, without
     * those that the platform left out.
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
        List<UpgradeJob> possible = seen.filter(
                job -> job.kind().is(request.kind()) && (isSent ? !before.contains(job.id()) : !job.isFinal()));
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

    private Either<OtaFailure, List<UpgradeJob>> firstWith(Set<DeviceId> devices, List<UpgradeJob> possible) {
        for (UpgradeJob job : possible) {
            Either<OtaFailure, Set<DeviceId>> targets = jobs.tasks(job.id(), TaskFilter.all())
                    .toList()
                    .map(tasks -> tasks.map(UpgradeTask::device).toSet());
            if (targets.isLeft()) {
                return Either.left(targets.getLeft());
            }
            boolean isSame = isSent
                    ? !targets.get().isEmpty() && devices.containsAll(targets.get())
                    : targets.get().equals(devices);
            if (isSame) {
                return jobs.find(job.id()).map(List::of);
            }
        }
        return Either.right(List.empty());
    }
}
