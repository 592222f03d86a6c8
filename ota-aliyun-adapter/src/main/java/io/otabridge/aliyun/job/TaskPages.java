package io.otabridge.aliyun.job;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.device.AliyunDeviceQuery;
import io.otabridge.aliyun.operation.ListPosition;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskId;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.RequestEstimate;
import io.otabridge.domain.page.VendorPage;
import io.vavr.Tuple2;
import io.vavr.collection.Iterator;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Lists the tasks of a job. Tasks in given states are listed state by state. The platform returns at most the first
 * 100,000 tasks of a list. A longer list is read state by state, and a state with more tasks device by device, over the
 * devices of the product.
 *
 * <p>Tasks leave a state that is not final while its pages are read, and each moves later tasks to earlier pages. So
 * only its first page is used, if it is the only one. Otherwise the tasks are found in a list that they never leave:
 * among all tasks of the job, or device by device.
 */
final class TaskPages {

    private static final int WINDOW = 100_000;
    private static final String ENTRIES = "tasks";
    private static final String ALL = "all";
    private static final String DEVICES = "devices";

    /** Devices beyond these pages are listed more slowly, whatever the quota is (document "QueryDevice"). */
    private static final long EARLY_DEVICE_PAGES = 2_000;

    private static final Duration LATE_DEVICE_PAGE = Duration.ofMillis(500);

    private final OperationClient client;
    private final JobOperations operations;
    private final AliyunDeviceQuery devices;
    private final Function<JobId, Either<OtaFailure, UpgradeJob>> jobs;
    private final AliyunSettings settings;

    /**
     * @param jobs finds a job
     * @param settings contains the limits of the account
     */
    TaskPages(
            OperationClient client,
            JobOperations operations,
            AliyunDeviceQuery devices,
            Function<JobId, Either<OtaFailure, UpgradeJob>> jobs,
            AliyunSettings settings) {
        this.client = client;
        this.operations = operations;
        this.devices = devices;
        this.jobs = jobs;
        this.settings = settings;
    }

    Pages<UpgradeTask> of(JobId job, TaskFilter filter) {
        return filter.devices().isEmpty()
                ? SequencedPages.of(
                        origin(),
                        // Whether all tasks are listed depends on their states now, so a later page does not ask again.
                        key -> key.contains(ALL)
                                ? Either.right(List.of(all(job, filter, Option.none())))
                                : plan(job, filter).flatMap(parts -> requireJob(job, parts)))
                : ofNamed(job, filter.devices()).filter(filter::matches);
    }

    /** The list of one {@code TaskStatus}, in which tasks may be missing if others leave the state meanwhile. */
    Pages<UpgradeTask> sample(JobId job, String state) {
        return pages(job, Option.some(state), Option.none());
    }

    /** The lists to read, each with its first page, which shows how long it is. */
    private Either<OtaFailure, List<SequencedPages.Part<UpgradeTask>>> plan(JobId job, TaskFilter filter) {
        if (!isByState(filter)) {
            return firstPage(job, Option.none())
                    .flatMap(first -> isTooLong(first.total())
                            ? planByState(job, filter, first.total())
                            : Either.right(
                                    isEmpty(first) ? List.empty() : List.of(all(job, filter, Option.some(first)))));
        }
        return planByState(job, filter, Option.none());
    }

    /** A job that does not exist may have no tasks. */
    private Either<OtaFailure, List<SequencedPages.Part<UpgradeTask>>> requireJob(
            JobId job, List<SequencedPages.Part<UpgradeTask>> parts) {
        return parts.isEmpty() ? jobs.apply(job).map(found -> parts) : Either.right(parts);
    }

    /** An unknown state can only be found among all tasks. */
    private static boolean isByState(TaskFilter filter) {
        return !filter.states().isEmpty() && !filter.states().contains(TaskState.UNKNOWN);
    }

    private SequencedPages.Part<UpgradeTask> all(JobId job, TaskFilter filter, Option<VendorPage<UpgradeTask>> first) {
        return new SequencedPages.Part<>(ALL, pages(job, Option.none(), first).filter(filter::matches));
    }

    /** @param total the number of all tasks, if tasks of unknown state are selected too */
    private Either<OtaFailure, List<SequencedPages.Part<UpgradeTask>>> planByState(
            JobId job, TaskFilter filter, Option<Long> total) {
        List<SequencedPages.Part<UpgradeTask>> parts = List.empty();
        List<TaskState> large = List.empty();
        long counted = 0;
        for (Tuple2<String, TaskState> state : selected(filter)) {
            Either<OtaFailure, VendorPage<UpgradeTask>> first = firstPage(job, Option.some(state._1));
            if (first.isLeft()) {
                return Either.left(first.getLeft());
            }
            counted += first.get().total().getOrElse(0L);
            boolean mayMove = !state._2.isFinal() && first.get().next().isDefined();
            if (mayMove || isTooLong(first.get().total())) {
                large = large.append(state._2);
            } else if (!isEmpty(first.get())) {
                parts = parts.append(new SequencedPages.Part<>(
                        state._1,
                        pages(job, Option.some(state._1), first.toOption())
                                .filter(task -> task.state().is(state._2))));
            }
        }
        if (total.isDefined()) {
            boolean hasUnknown = total.get() > counted;
            return Either.right(withDevices(job, parts, hasUnknown ? large.append(TaskState.UNKNOWN) : large));
        }
        return large.isEmpty() ? Either.right(parts) : allOrDevices(job, filter, parts, large);
    }

    private Either<OtaFailure, List<SequencedPages.Part<UpgradeTask>>> allOrDevices(
            JobId job, TaskFilter filter, List<SequencedPages.Part<UpgradeTask>> parts, List<TaskState> large) {
        return firstPage(job, Option.none())
                .map(first -> isTooLong(first.total())
                        ? withDevices(job, parts, large)
                        : List.of(all(job, filter, Option.some(first))));
    }

    private List<SequencedPages.Part<UpgradeTask>> withDevices(
            JobId job, List<SequencedPages.Part<UpgradeTask>> parts, List<TaskState> byDevice) {
        return byDevice.isEmpty()
                ? parts
                : parts.append(new SequencedPages.Part<>(
                        DEVICES,
                        ofProduct(job)
                                .filter(task -> byDevice.contains(task.state().value()))));
    }

    /** The values of {@code TaskStatus} that a filter selects. */
    private static Map<String, TaskState> selected(TaskFilter filter) {
        return TaskMapping.states()
                .filterValues(
                        state -> filter.states().isEmpty() || filter.states().contains(state));
    }

    private static boolean isEmpty(VendorPage<?> page) {
        return page.entries().isEmpty() && page.next().isEmpty() && page.total().contains(0L);
    }

    private static boolean isTooLong(Option<Long> total) {
        return total.exists(count -> count > WINDOW);
    }

    private Either<OtaFailure, VendorPage<UpgradeTask>> firstPage(JobId job, Option<String> state) {
        return page(job, state, PageToken.FIRST);
    }

    /** A list whose first page was read. It is used once, because a later reading must see later changes. */
    private Pages<UpgradeTask> pages(JobId job, Option<String> state, Option<VendorPage<UpgradeTask>> first) {
        AtomicReference<Option<VendorPage<UpgradeTask>>> known = new AtomicReference<>(first);
        return CompleteListPaginator.byPageNumber(
                origin(),
                ENTRIES,
                TaskPages::key,
                from -> from.equals(PageToken.FIRST)
                        ? known.getAndSet(Option.none())
                                .<Either<OtaFailure, VendorPage<UpgradeTask>>>map(Either::right)
                                .getOrElse(() -> firstPage(job, state))
                        : page(job, state, from));
    }

    private Either<OtaFailure, VendorPage<UpgradeTask>> page(JobId job, Option<String> state, PageToken from) {
        return ListPosition.at(client, operations.listTasks, from)
                .flatMap(position -> position.cursor().number() * JobOperations.TASK_PAGE_SIZE > WINDOW
                        ? Either.left(grown(job))
                        : client.read(operations.listTasks, new JobOperations.TaskPage(job, state, position.cursor()))
                                .map(page -> position.withSmallestTotal(page, Option.none())));
    }

    private Pages<UpgradeTask> ofNamed(JobId job, List<DeviceId> names) {
        List<Seq<DeviceId>> groups =
                names.grouped(JobOperations.MAX_NAMES).toList().map(group -> group);
        return Pages.of(from -> {
            int index = from.equals(PageToken.FIRST)
                    ? 0
                    : Option.of(from.value())
                            .filter(text -> text.matches("[0-9]{1,6}"))
                            .map(Integer::parseInt)
                            .getOrElse(groups.size());
            return index >= groups.size()
                    ? Either.left(unknown(from))
                    : tasksOf(job, groups.get(index))
                            .map(tasks -> new Page<>(
                                    tasks,
                                    Option.when(
                                            index + 1 < groups.size(), () -> PageToken.of(String.valueOf(index + 1)))));
        });
    }

    private Pages<UpgradeTask> ofProduct(JobId job) {
        return Pages.of(
                from -> devicesOf(job)
                        .flatMap(list -> list.page(from))
                        .flatMap(page -> tasksOf(job, page.items().map(Device::id))
                                .map(tasks -> new Page<>(tasks, page.next()))),
                () -> devicesOf(job)
                        .fold(
                                failure -> Iterator.of(Either.<OtaFailure, UpgradeTask>left(failure)),
                                list -> Iterator.ofAll(list.iterator())
                                        .grouped(JobOperations.MAX_NAMES)
                                        .flatMap(group -> tasksOfGroup(job, group))));
    }

    private Either<OtaFailure, Pages<Device>> devicesOf(JobId job) {
        return productOf(job).map(product -> devices.list(DeviceFilter.ofProduct(product)));
    }

    private Either<OtaFailure, ProductId> productOf(JobId job) {
        return jobs.apply(job).flatMap(found -> found.product().toEither(() -> withoutProduct(job)));
    }

    private List<Either<OtaFailure, UpgradeTask>> tasksOfGroup(JobId job, Seq<Either<OtaFailure, Device>> group) {
        Option<OtaFailure> failure = group.find(Either::isLeft).map(device -> device.getLeft());
        Either<OtaFailure, List<UpgradeTask>> tasks = tasksOf(
                job, group.filter(Either::isRight).map(device -> device.get().id()));
        return tasks.<List<Either<OtaFailure, UpgradeTask>>>fold(
                        lost -> List.of(Either.left(lost)), found -> found.map(Either::right))
                .appendAll(failure.filter(lost -> tasks.isRight()).map(Either::left));
    }

    private Either<OtaFailure, List<UpgradeTask>> tasksOf(JobId job, Seq<DeviceId> names) {
        return names.isEmpty()
                ? Either.right(List.empty())
                : client.read(operations.listTasksOfDevices, new JobOperations.DeviceTasks(job, names));
    }

    /** A device has several tasks in a continuous job if it reports an old version again. */
    private static String key(UpgradeTask task) {
        return task.device() + "\n" + task.id().map(TaskId::value).getOrElse("");
    }

    /** The cost of {@link #of}. */
    Either<OtaFailure, RequestEstimate> estimate(JobId job, TaskFilter filter) {
        if (filter.devices().nonEmpty()) {
            long count = filter.devices().size();
            return Either.right(ofTaskPages(count, pages(count, JobOperations.MAX_NAMES)));
        }
        if (isByState(filter)) {
            return estimateByState(job, filter, Option.none());
        }
        return count(job, Option.none())
                .flatMap(total -> total > WINDOW
                        ? estimateByState(job, filter, Option.some(total))
                        : Either.right(ofTaskPages(total, pages(total, JobOperations.TASK_PAGE_SIZE))));
    }

    /** @param total the number of all tasks, if tasks of unknown state are selected too */
    private Either<OtaFailure, RequestEstimate> estimateByState(JobId job, TaskFilter filter, Option<Long> total) {
        long tasks = 0;
        long requests = total.isDefined() ? 1 : 0;
        boolean isLarge = false;
        for (Tuple2<String, TaskState> state : selected(filter)) {
            Either<OtaFailure, Long> count = count(job, Option.some(state._1));
            if (count.isLeft()) {
                return Either.left(count.getLeft());
            }
            boolean isLargeState = count.get() > (state._2.isFinal() ? WINDOW : JobOperations.TASK_PAGE_SIZE);
            tasks += count.get();
            requests += isLargeState ? 1 : pages(count.get(), JobOperations.TASK_PAGE_SIZE);
            isLarge |= isLargeState;
        }
        if (total.isDefined()) {
            return isLarge || total.get() > tasks
                    ? estimateByDevice(job, total.get(), requests)
                    : Either.right(ofTaskPages(tasks, requests));
        }
        return isLarge
                ? estimateAllOrDevices(job, selected(filter).size(), tasks, requests)
                : Either.right(ofTaskPages(tasks, requests));
    }

    private Either<OtaFailure, RequestEstimate> estimateAllOrDevices(JobId job, int states, long tasks, long requests) {
        return count(job, Option.none())
                .flatMap(total -> total > WINDOW
                        ? estimateByDevice(job, tasks, requests + 1)
                        : Either.right(ofTaskPages(tasks, states + pages(total, JobOperations.TASK_PAGE_SIZE))));
    }

    private Either<OtaFailure, RequestEstimate> estimateByDevice(JobId job, long tasks, long requests) {
        return productOf(job).flatMap(devices::count).map(found -> ofDevicePages(tasks, requests, found));
    }

    /** One entry is enough to learn how many there are. */
    private Either<OtaFailure, Long> count(JobId job, Option<String> state) {
        return client.read(operations.countTasks, new JobOperations.TaskCount(job, state));
    }

    private static long pages(long entries, int size) {
        return Math.max(1, (entries + size - 1) / size);
    }

    private RequestEstimate ofTaskPages(long tasks, long requests) {
        return new RequestEstimate(tasks, requests, timeOf("ListOTATaskByJob", requests));
    }

    private RequestEstimate ofDevicePages(long tasks, long taskPages, long deviceCount) {
        long devicePages = pages(deviceCount, JobOperations.MAX_NAMES);
        Duration late = settings.dialect().isCloud()
                ? LATE_DEVICE_PAGE.multipliedBy(Math.max(0, devicePages - EARLY_DEVICE_PAGES))
                : Duration.ZERO;
        // One request for the job, and for each page of devices one more for their tasks.
        return new RequestEstimate(
                tasks,
                1 + taskPages + 2 * devicePages,
                longest(
                        timeOf("ListOTATaskByJob", taskPages + devicePages),
                        timeOf("QueryDevice", devicePages),
                        timeOf("QueryDevice", Math.min(devicePages, EARLY_DEVICE_PAGES))
                                .plus(late)));
    }

    /** Different quotas can be used at the same time. */
    private static Duration longest(Duration... times) {
        return List.of(times).max().getOrElse(Duration.ZERO);
    }

    /** Zero if the limits are not known. */
    private Duration timeOf(String operation, long requests) {
        return settings.rateOf(operation)
                .map(rate -> Duration.ofNanos(Math.multiplyExact(rate.intervalNanos(), requests)))
                .getOrElse(Duration.ZERO);
    }

    private OperationContext origin() {
        return client.contextOf(operations.listTasks);
    }

    private OtaFailure grown(JobId job) {
        return new OtaFailure.Unavailable(FailureDetails.of(
                        origin(),
                        Message.of(
                                "The tasks of job {0} on backend {1} became more than the {2} that the vendor lists",
                                job, origin().backend(), WINDOW),
                        Message.of("List again"))
                .withRetry(Option.none()));
    }

    private OtaFailure withoutProduct(JobId job) {
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                origin(),
                Message.of(
                        "Backend {0} returned job {1} without its product, whose devices are needed to list more than"
                                + " {2} tasks",
                        origin().backend(), job, WINDOW),
                Message.of("List the tasks of named devices")));
    }

    private OtaFailure unknown(PageToken token) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin(),
                Message.of("Page token {0} belongs to another list", token),
                Message.of("Start with the first page; nothing was sent")));
    }
}
