package io.otabridge.huawei.job;

import io.otabridge.client.OperationClient;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.RequestEstimate;
import io.otabridge.domain.page.VendorPage;
import io.otabridge.huawei.operation.ListSequence;
import io.otabridge.huawei.operation.MarkerCursor;
import io.otabridge.huawei.wire.PageDto;
import io.vavr.collection.HashSet;
import io.vavr.collection.List;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;

/**
 * The lists that contain the tasks of a filter. IoTDA filters by one status and one device, so there is a list for each
 * status. Devices are requested one by one if that takes fewer requests.
 *
 * @param jobs reads the number of tasks
 */
record TaskLists(OperationClient client, JobOperations operations, HuaweiJobQuery jobs, JobId job, TaskFilter filter) {

    private static final String ENTRIES = "tasks";
    private static final String ALL = "all";
    private static final String DEVICE = "device=";

    Pages<UpgradeTask> pages() {
        Set<DeviceId> devices = HashSet.ofAll(filter.devices());
        return sequence()
                .pages(this::keys)
                .filter(task -> (filter.states().isEmpty()
                                || filter.states().contains(task.state().value()))
                        && (devices.isEmpty() || devices.contains(task.device())));
    }

    /** All tasks with one of these statuses. */
    Pages<UpgradeTask> pagesOf(List<String> statuses) {
        return sequence().pages(statuses);
    }

    private ListSequence<UpgradeTask> sequence() {
        return ListSequence.of(client.contextOf(operations.listTasks), ENTRIES, UpgradeTask::device, this::page);
    }

    private Either<OtaFailure, VendorPage<UpgradeTask>> page(String key, MarkerCursor position) {
        Option<DeviceId> device =
                Option.when(key.startsWith(DEVICE), () -> DeviceId.of(key.substring(DEVICE.length())));
        Option<String> status = Option.when(device.isEmpty() && !key.equals(ALL), key);
        return client.read(operations.listTasks, new JobOperations.TaskPage(job, status, device, position))
                .flatMap(page -> page.toEither(() -> jobs.noUpgrade(job)));
    }

    private Either<OtaFailure, List<String>> keys() {
        return filter.devices().size() <= 1
                ? Either.right(keys(0))
                : jobs.counts(job).map(counts -> keys(counts.total()));
    }

    /** @param total the number of tasks of the job; not needed for less than two devices */
    private List<String> keys(long total) {
        List<String> devices = filter.devices().map(device -> DEVICE + device);
        boolean isByDevice = devices.size() == 1 || (devices.nonEmpty() && devices.size() <= pages(total));
        return isByDevice ? devices : States.filters(filter.states()).getOrElse(List.of(ALL));
    }

    Either<OtaFailure, RequestEstimate> estimate(TaskCounts counts, Rate rate) {
        List<String> keys = keys(counts.total());
        boolean isAll = keys.contains(ALL);
        long requests = isAll
                ? pages(counts.total())
                : keys.map(key -> key.startsWith(DEVICE) ? 1L : pages(tasks(counts, key)))
                        .sum()
                        .longValue();
        long forTotal = filter.devices().size() > 1 ? 1 : 0;
        long items = filter.devices().nonEmpty()
                ? filter.devices().size()
                : isAll
                        ? counts.total()
                        : keys.map(key -> tasks(counts, key)).sum().longValue();
        return Either.right(new RequestEstimate(
                items,
                requests + forTotal,
                Duration.ofNanos(Math.multiplyExact(rate.intervalNanos(), requests + forTotal))));
    }

    private static long tasks(TaskCounts counts, String status) {
        return States.statesOf(List.of(status)).toList().map(counts::of).sum().longValue();
    }

    /** The number of pages of a list, which is never empty. */
    private static long pages(long tasks) {
        return Math.max(1, (tasks + PageDto.SIZE - 1) / PageDto.SIZE);
    }
}
