package io.otabridge.huawei.job;

import io.otabridge.client.OperationClient;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
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
 * status. Devices are requested one by one if that takes fewer requests. If some tasks are in no counter, failed and
 * running ones may have a status that is no documented filter, so all tasks are read.
 *
 * @param jobs finds the job with its counters
 */
record TaskLists(OperationClient client, JobOperations operations, HuaweiJobQuery jobs, JobId job, TaskFilter filter) {

    private static final String ENTRIES = "tasks";
    static final String ALL = "all";
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

    /** @param current the list that a page belongs to. The counters that it was chosen by may have changed since. */
    private Either<OtaFailure, List<String>> keys(Option<String> current) {
        if (current.isDefined()) {
            return Either.right(
                    current.contains(ALL)
                            ? List.of(ALL)
                            : current.exists(key -> key.startsWith(DEVICE)) ? byDevice() : byStatus());
        }
        return needsCounts()
                ? jobs.find(job).map(found -> keysFor(found.counts()))
                : Either.right(keysFor(Option.none()));
    }

    private boolean needsCounts() {
        return filter.devices().size() > 1 || (filter.devices().isEmpty() && States.areIncomplete(filter.states()));
    }

    /** @param counts the number of tasks; absent if it is not needed or not known */
    private List<String> keysFor(Option<TaskCounts> counts) {
        int devices = filter.devices().size();
        if (devices == 1 || (devices > 0 && counts.forAll(known -> devices <= pages(known.total())))) {
            return byDevice();
        }
        boolean mayMiss =
                States.areIncomplete(filter.states()) && counts.forAll(known -> known.of(TaskState.UNKNOWN) > 0);
        return mayMiss ? List.of(ALL) : byStatus();
    }

    private List<String> byDevice() {
        return filter.devices().map(device -> DEVICE + device);
    }

    private List<String> byStatus() {
        return States.filters(filter.states()).getOrElse(List.of(ALL));
    }

    Either<OtaFailure, RequestEstimate> estimate(TaskCounts counts, Rate rate) {
        List<String> keys = keysFor(Option.some(counts));
        boolean isAll = keys.contains(ALL);
        long requests = isAll
                ? pages(counts.total())
                : keys.map(key -> key.startsWith(DEVICE) ? 1L : pages(tasks(counts, key)))
                        .sum()
                        .longValue();
        long forTotal = needsCounts() ? 1 : 0;
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
