package io.otabridge.hawkbit;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.device.DeviceId;
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
import io.otabridge.domain.job.TaskId;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.RequestEstimate;
import io.otabridge.domain.page.VendorPage;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** Finds and lists rollouts, and the actions of their targets. */
record HawkbitJobQuery(OperationClient client, HawkbitOperations operations, FirmwareQueryPort firmware)
        implements JobQueryPort {

    private static final Comparator<UpgradeJob> BY_PART = Comparator.comparing(
                    (UpgradeJob job) -> job.name().getOrElse("").length())
            .thenComparing(job -> job.name().getOrElse(""));

    @Override
    public Either<OtaFailure, UpgradeJob> find(JobId id) {
        return client.read(operations.showRollout, id)
                .flatMap(job -> isDeleted(job)
                        ? Either.left(
                                HawkbitFirmwareQuery.absent(client.contextOf(operations.showRollout), "job " + id))
                        : Either.right(job));
    }

    /** A deleted rollout is still found by its id, and keeps its name for ever. */
    private static boolean isDeleted(UpgradeJob job) {
        return job.state().raw().equals("deleting") || job.state().raw().equals("deleted");
    }

    @Override
    public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token, FirmwareId id) {
        return findByToken(token).map(jobs -> jobs.filter(job -> job.firmware().contains(id)));
    }

    /** Names are compared ignoring case, and {@code *} matches any text. */
    @Override
    public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token) {
        return rollouts(Option.some(token + "*"))
                .filter(job -> job.token().exists(token::includes))
                .toList()
                .map(jobs -> jobs.sorted(BY_PART));
    }

    private Pages<UpgradeJob> rollouts(Option<String> name) {
        return CompleteListPaginator.byPageNumber(
                        client.contextOf(operations.listRollouts),
                        "jobs",
                        UpgradeJob::id,
                        from -> client.read(operations.listRollouts, new HawkbitOperations.JobPage(name, from)))
                .filter(job -> !isDeleted(job));
    }

    /** The server searches rollouts by name only, so all are read. */
    @Override
    public Pages<UpgradeJob> list(JobFilter filter) {
        if (filter.device().isDefined()) {
            return Pages.of(from -> Either.left(unsupported(Capability.LIST_JOBS_OF_DEVICE)));
        }
        Pages<UpgradeJob> jobs = rollouts(Option.none())
                .filter(job -> filter.matchesState(job) && filter.firmware().forAll(job.firmware()::contains));
        return filter.product()
                .map(product ->
                        Pages.of(from -> firmware.list(FirmwareFilter.all().product(product))
                                .toList()
                                .flatMap(sets -> jobs.filter(job ->
                                                sets.map(FirmwareSummary::id).exists(job.firmware()::contains))
                                        .page(from))))
                .getOrElse(jobs);
    }

    @Override
    public Either<OtaFailure, TaskCounts> counts(JobId id) {
        return find(id).map(job -> job.counts().get());
    }

    @Override
    public Pages<UpgradeTask> tasks(JobId id, TaskFilter filter) {
        return Pages.of(from -> page(id, filter, from));
    }

    /** A token is the number of a group and an offset in it. */
    private Either<OtaFailure, Page<UpgradeTask>> page(JobId id, TaskFilter filter, PageToken from) {
        String position = from.equals(PageToken.FIRST) ? "0-0" : from.value();
        if (!position.matches("[0-9]{1,5}-[0-9]{1,9}")) {
            OperationContext origin = client.contextOf(operations.listTargetsOfGroup);
            return Either.left(new OtaFailure.Rejected(FailureDetails.of(
                    origin,
                    Message.of("The page token is not one of the tasks of job {0}", id),
                    Message.of("Use the token of the previous page"))));
        }
        int group = Integer.parseInt(position.substring(0, position.indexOf('-')));
        long offset = Long.parseLong(position.substring(position.indexOf('-') + 1));
        return find(id).flatMap(job -> client.read(operations.listGroups, id)
                .flatMap(groups -> group >= groups.size()
                        ? Either.right(new Page<>(List.empty(), Option.none()))
                        : client.read(
                                        operations.listTargetsOfGroup,
                                        new HawkbitOperations.TaskPage(id, groups.get(group), offset))
                                .flatMap(page -> tasks(job, filter, page.entries())
                                        .map(tasks -> new Page<>(tasks, next(page, group, groups.size()))))));
    }

    private static Option<PageToken> next(VendorPage<DeviceId> page, int group, int groups) {
        return page.next()
                .map(offset -> new PageToken(group + "-" + offset.value()))
                .orElse(Option.when(group + 1 < groups, () -> new PageToken((group + 1) + "-0")));
    }

    private Either<OtaFailure, List<UpgradeTask>> tasks(UpgradeJob job, TaskFilter filter, List<DeviceId> devices) {
        List<DeviceId> wanted = filter.devices().isEmpty() ? devices : devices.filter(filter.devices()::contains);
        return Either.sequenceRight(wanted.map(device -> task(job, device)))
                .map(tasks -> List.ofAll(tasks).filter(filter::matches));
    }

    /**
     * The task of a device. An action does not tell its rollout, so it is the first action with the same distribution
     * set after the rollout was created.
     */
    private Either<OtaFailure, UpgradeTask> task(UpgradeJob job, DeviceId device) {
        long since = job.created()
                .flatMap(VendorTimestamp::instant)
                .map(Instant::toEpochMilli)
                .getOrElse(0L);
        return client.read(operations.listActions, device)
                .flatMap(actions -> first(job, device, actions.filter(action -> action.createdAt() >= since)))
                .flatMap(action -> action.map(id ->
                                client.read(operations.listStatus, new HawkbitOperations.FullTask(job, device, id)))
                        .getOrElse(() -> Either.right(HawkbitMapping.waiting(job, device))));
    }

    private Either<OtaFailure, Option<TaskId>> first(
            UpgradeJob job, DeviceId device, List<HawkbitOperations.ActionSummary> actions) {
        for (HawkbitOperations.ActionSummary action : actions) {
            Either<OtaFailure, FirmwareId> set =
                    client.read(operations.showAction, new HawkbitOperations.ActionOf(device, action.id(), false));
            if (set.isLeft() || job.firmware().contains(set.get())) {
                return set.map(any -> Option.some(action.id()));
            }
        }
        return Either.right(Option.none());
    }

    /** Three requests for each device, besides three for each page. */
    @Override
    public Either<OtaFailure, RequestEstimate> estimate(JobId job, TaskFilter filter) {
        return counts(job).map(counts -> {
            long tasks = counts.total();
            return new RequestEstimate(tasks, 3 * tasks + 3 * (tasks / HawkbitOperations.TASKS + 1), Duration.ZERO);
        });
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
