package io.otabridge.simulators.aliyun.job;

import static io.otabridge.simulators.aliyun.job.JobRequests.unless;
import static io.otabridge.simulators.aliyun.operation.OperationError.firmware;
import static io.otabridge.simulators.aliyun.operation.OperationError.tooMany;
import static io.otabridge.simulators.aliyun.operation.SimulatedOperation.change;
import static io.otabridge.simulators.aliyun.operation.SimulatedOperation.creation;
import static io.otabridge.simulators.aliyun.operation.SimulatedOperation.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.aliyun.device.DeviceOperations;
import io.otabridge.simulators.aliyun.operation.OperationError;
import io.otabridge.simulators.aliyun.operation.Paging;
import io.otabridge.simulators.aliyun.operation.Parameters;
import io.otabridge.simulators.aliyun.operation.SimulatedOperation;
import io.otabridge.simulators.aliyun.store.AliyunDeviceGroup;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunStore;
import io.otabridge.simulators.fleet.FleetDevice;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The operations for jobs and tasks. */
final class JobOperations {

    private static final int WINDOW = 100_000;
    private static final int MAX_TASK_NAMES = 50;
    private static final int MAX_TASK_IDS = 10;
    private static final Set<String> STATUSES =
            Set.of("CONFIRM", "QUEUED", "NOTIFIED", "IN_PROGRESS", "SUCCEEDED", "FAILED", "CANCELED");
    private static final List<String> CANCEL_OPTIONS = List.of(
            "CancelScheduledTask",
            "CancelQueuedTask",
            "CancelNotifiedTask",
            "CancelInProgressTask",
            "CancelUnconfirmedTask");

    private final boolean isTuya;
    private final AliyunStore packages;
    private final JobStore store;
    private final JobEngine engine;
    private final JobTargets targets;
    private final DeviceLists lists;
    private final JobResponses responses;
    private final DeviceOperations devices;

    JobOperations(boolean isTuya, AliyunStore packages, JobStore store, JobEngine engine, DeviceLists lists) {
        this.isTuya = isTuya;
        this.packages = packages;
        this.store = store;
        this.engine = engine;
        this.lists = lists;
        this.targets = new JobTargets(engine, packages, lists);
        this.responses = new JobResponses(isTuya);
        this.devices = new DeviceOperations(packages, engine.devices());
    }

    /** Returns the operations. The documents of Tuya lack some of them. */
    List<SimulatedOperation> all() {
        List<SimulatedOperation> all = new ArrayList<>(devices.all());
        List<String> firmwareAndProduct = List.of("FirmwareId", "ProductKey");
        all.addAll(List.of(
                creation("CreateOTAVerifyJob", firmwareAndProduct, this::createVerification),
                creation(
                        "CreateOTAStaticUpgradeJob",
                        List.of("FirmwareId", "ProductKey", "TargetSelection"),
                        this::createStatic),
                query("QueryOTAJob", List.of("JobId"), this::queryJob),
                query("ListOTAJobByFirmware", List.of("FirmwareId", "CurrentPage", "PageSize"), this::listByFirmware),
                query(
                        "ListOTAJobByDevice",
                        List.of("FirmwareId", "ProductKey", "DeviceName", "CurrentPage", "PageSize"),
                        this::listByDevice),
                query("ListOTATaskByJob", List.of("JobId"), this::listTasks),
                query("ListOTAUnfinishedTaskByDevice", List.of(), this::listUnfinished),
                change("CancelOTATaskByJob", List.of("JobId"), this::cancelByJob),
                change("CancelOTATaskByDevice", firmwareAndProduct, this::cancelByDevice),
                change("ConfirmOTATask", List.of(), this::confirm).postOnly()));
        if (!isTuya) {
            all.addAll(List.of(
                    creation("CreateOTADynamicUpgradeJob", firmwareAndProduct, this::createDynamic),
                    query("GenerateDeviceNameListURL", List.of(), call -> Either.right(lists.generateUrl())),
                    change(
                            "UpdateOTAJob",
                            List.of("JobId", "MaximumPerMinute", "TargetSelection", "UpgradeType"),
                            this::updateJob),
                    change("CancelOTAStrategyByJob", List.of("JobId"), this::cancelStrategy),
                    change("ReupgradeOTATask", List.of("JobId"), this::reupgrade)
                            .postOnly()));
        }
        return all;
    }

    private Either<OperationError, AliyunFirmware> firmwareOf(Parameters call) {
        return packages.findFirmware(call.text("FirmwareId"))
                .toEither(new OperationError("iot.ota.FirmwareNotFound", "The specified firmware does not exist."))
                .flatMap(found -> orElse(JobRequests.checkCommon(call, found), found));
    }

    private static <T> Either<OperationError, T> orElse(Option<OperationError> error, T value) {
        return error.isDefined() ? Either.left(error.get()) : Either.right(value);
    }

    private Either<OperationError, ObjectNode> createVerification(Parameters call) {
        return firmwareOf(call)
                .flatMap(found -> orElse(JobRequests.checkVerification(call, found), found))
                .flatMap(found -> create(new JobOrder(JobType.VERIFICATION, found, call)));
    }

    private Either<OperationError, ObjectNode> createStatic(Parameters call) {
        return firmwareOf(call)
                .flatMap(found -> orElse(
                        JobRequests.checkUpgrade(call, found)
                                .orElse(() -> JobRequests.checkSelection(call, isTuya))
                                .orElse(() -> JobRequests.checkSchedule(call, engine.now())),
                        found))
                .flatMap(found -> create(new JobOrder(JobType.STATIC, found, call)));
    }

    private Either<OperationError, ObjectNode> create(JobOrder order) {
        return targets.select(order).map(selected -> JobResponses.created(engine.create(order, selected)));
    }

    private Either<OperationError, ObjectNode> createDynamic(Parameters call) {
        return firmwareOf(call)
                .flatMap(found -> orElse(
                        JobRequests.checkUpgrade(call, found)
                                .orElse(() -> JobRequests.checkDynamic(call))
                                .orElse(() -> unless(
                                        store.jobs(job -> isRunningDynamic(job, found))
                                                .isEmpty(),
                                        "InProgressDynamicJobExisted",
                                        "The package already has a dynamic job.")),
                        new JobOrder(JobType.DYNAMIC, found, call)))
                .flatMap(order -> targets.group(order).map(group -> order))
                .map(order -> JobResponses.created(engine.create(
                        order, order.includesCurrentDevices() ? targets.current(order) : List.<FleetDevice>of())));
    }

    private static boolean isRunningDynamic(AliyunJob job, AliyunFirmware firmware) {
        return job.order().type() == JobType.DYNAMIC
                && job.is(AliyunJob.IN_PROGRESS)
                && job.order().firmware().firmwareId().equals(firmware.firmwareId());
    }

    private Either<OperationError, AliyunJob> jobOf(Parameters call) {
        return store.find(call.text("JobId")).toEither(firmware("InvalidOTAJobId", "The job does not exist."));
    }

    private Either<OperationError, ObjectNode> queryJob(Parameters call) {
        return jobOf(call)
                .map(job -> responses.job(
                        job,
                        job.order()
                                .groupId()
                                .flatMap(id -> Option.ofOptional(packages.deviceGroups().stream()
                                        .filter(group -> group.groupId().equals(id))
                                        .map(AliyunDeviceGroup::groupName)
                                        .findFirst()))));
    }

    private Either<OperationError, ObjectNode> listByFirmware(Parameters call) {
        String id = call.text("FirmwareId");
        return Paging.of(call, 200)
                .filterOrElse(
                        page -> packages.findFirmware(id).isDefined(),
                        page -> new OperationError(
                                "iot.ota.FirmwareNotFound", "The specified firmware does not exist."))
                .map(page -> JobResponses.jobs(
                        page,
                        store.jobs(job -> job.order().firmware().firmwareId().equals(id))));
    }

    private Either<OperationError, ObjectNode> listByDevice(Parameters call) {
        String id = call.text("FirmwareId");
        return Paging.of(call, 100)
                .flatMap(page -> deviceOf(call).map(device -> {
                    Set<AliyunJob> jobs = new HashSet<>();
                    store.tasksOf(device).forEach(task -> jobs.add(task.job));
                    return JobResponses.jobs(
                            page,
                            store.jobs(job -> jobs.contains(job)
                                    && job.order().firmware().firmwareId().equals(id)));
                }));
    }

    private Either<OperationError, FleetDevice> deviceOf(Parameters call) {
        return devices.device(call)
                .flatMap(device -> engine.fleet()
                        .find(device.productKey(), device.deviceName())
                        .toEither(OperationError::noSuchDevice));
    }

    private Either<OperationError, ObjectNode> listTasks(Parameters call) {
        List<String> names = call.list("DeviceNames");
        Option<OperationError> error = Option.when(
                        names.size() > MAX_TASK_NAMES, () -> tooMany("DeviceNames", MAX_TASK_NAMES))
                .orElse(() -> unless(
                        !call.has("TaskStatus") || STATUSES.contains(call.text("TaskStatus")),
                        "InvalidTaskStatus",
                        "The status is invalid."));
        if (error.isDefined()) {
            return Either.left(error.get());
        }
        Set<TaskStatus> statuses = call.find("TaskStatus")
                .map(name -> EnumSet.of(TaskStatus.valueOf(name)))
                .getOrElse(() -> EnumSet.allOf(TaskStatus.class));
        return jobOf(call)
                .flatMap(job -> names.isEmpty()
                        ? Paging.of(call, 100)
                                .filterOrElse(page -> page.end() <= WINDOW, page -> OperationError.invalidPage())
                                .map(page -> responses.tasks(page, job.tasks(statuses)))
                        : Either.right(responses.tasks(
                                new Paging(1, MAX_TASK_NAMES * 10),
                                job.tasksOf(Set.copyOf(names)).stream()
                                        .filter(task -> statuses.contains(task.status()))
                                        .toList())));
    }

    private Either<OperationError, ObjectNode> listUnfinished(Parameters call) {
        Set<String> statuses = new HashSet<>(call.list("TaskStatusList"));
        call.find("TaskStatus").forEach(statuses::add);
        boolean areValid = statuses.stream()
                .allMatch(name ->
                        STATUSES.contains(name) && !TaskStatus.valueOf(name).isFinal());
        return deviceOf(call)
                .filterOrElse(device -> areValid, device -> firmware("InvalidTaskStatus", "A status is invalid."))
                .map(device -> JobResponses.unfinishedTasks(store.tasksOf(device).stream()
                        .filter(AliyunTask::isUnfinished)
                        .filter(task -> statuses.isEmpty()
                                || statuses.contains(task.status().name()))
                        .filter(task -> call.find("ModuleName").forAll(task.module()::equals))
                        .toList()));
    }

    /** Changes a job. Tags that are missing are deleted. */
    private Option<OperationError> updateJob(Parameters call) {
        Either<OperationError, AliyunJob> found = jobOf(call);
        if (found.isLeft()) {
            return Option.some(found.getLeft());
        }
        AliyunJob job = found.get();
        boolean isDynamic = job.order().type() == JobType.DYNAMIC;
        List<String> sourceVersions = call.list("SrcVersionList");
        List<Map<String, String>> tags = call.structures("Tags");
        return Option.when(job.ended().isDefined(), () -> firmware("JobAlreadyCanceled", "The job has ended."))
                .orElse(() -> unless(
                        call.text("UpgradeType").equals(job.order().type().selectionType()),
                        "InvalidSelectionType",
                        "The job is of another type."))
                .orElse(() -> unless(
                        call.text("TargetSelection").equals(job.order().targetSelection()),
                        "InvalidTargetSelection",
                        "The job has another selection."))
                .orElse(() -> JobRequests.checkRate(call))
                .orElse(() -> unless(
                        isDynamic || !call.has("TimeoutInMinutes"),
                        "InvalidTimeoutSetting",
                        "Only the timeout of a dynamic job can change."))
                .orElse(() -> JobRequests.checkTimeout(call))
                .orElse(() -> unless(
                        isDynamic || sourceVersions.isEmpty(),
                        "SrcVersionsNotAllowed",
                        "Only the source versions of a dynamic job can change."))
                .orElse(() -> JobRequests.checkSourceVersions(
                        sourceVersions, job.order().firmware()))
                .orElse(() -> JobRequests.checkTags(tags))
                .onEmpty(() -> update(job, call, sourceVersions, tags));
    }

    private void update(AliyunJob job, Parameters call, List<String> sourceVersions, List<Map<String, String>> tags) {
        Map<String, String> changed = new TreeMap<>();
        List.of("MaximumPerMinute", "TimeoutInMinutes")
                .forEach(name -> call.find(name).forEach(value -> changed.put(name, value)));
        for (int number = 1; number <= sourceVersions.size(); number++) {
            changed.put("SrcVersion." + number, sourceVersions.get(number - 1));
        }
        for (int number = 1; number <= tags.size(); number++) {
            String start = "Tag." + number + ".";
            tags.get(number - 1).forEach((name, value) -> changed.put(start + name, value));
        }
        engine.change(
                job,
                job.order().with(sourceVersions.isEmpty() ? List.of("Tag.") : List.of("Tag.", "SrcVersion."), changed));
    }

    private Option<OperationError> cancelStrategy(Parameters call) {
        Either<OperationError, AliyunJob> job = jobOf(call);
        return Option.when(job.isLeft(), job::getLeft)
                .orElse(() ->
                        unless(job.get().order().type() == JobType.DYNAMIC, "NotDynamicJob", "The job is not dynamic."))
                .orElse(() ->
                        unless(!job.get().is(AliyunJob.CANCELED), "JobAlreadyCanceled", "The job is already canceled."))
                .onEmpty(() -> engine.cancelStrategy(job.get()));
    }

    /**
     * Cancels tasks of a job by their state. Without a value for unconfirmed tasks, they are cancelled with the queued
     * ones. The tasks of a job that has not started are cancelled as scheduled ones only.
     */
    private Option<OperationError> cancelByJob(Parameters call) {
        Either<OperationError, AliyunJob> job = jobOf(call);
        return Option.when(job.isLeft(), job::getLeft)
                .orElse(() -> unless(
                        CANCEL_OPTIONS.stream().anyMatch(call::isTrue),
                        "CancelOptionIsMandatory",
                        "At least one state is needed."))
                .orElse(() -> unless(
                        !call.isTrue("CancelScheduledTask")
                                || job.get().order().start().isDefined(),
                        "JobHasNoScheduleTime",
                        "The job has no start time."))
                .orElse(() -> unless(
                        job.get().order().type() == JobType.DYNAMIC
                                || !job.get().is(AliyunJob.CANCELED),
                        "JobAlreadyCanceled",
                        "The job is already canceled."))
                .onEmpty(() -> engine.cancel(job.get(), statusesToCancel(call, job.get())));
    }

    private static Set<TaskStatus> statusesToCancel(Parameters call, AliyunJob job) {
        if (job.is(AliyunJob.PLANNED)) {
            return call.isTrue("CancelScheduledTask") ? TaskStatus.UNFINISHED : Set.of();
        }
        Set<TaskStatus> statuses = EnumSet.noneOf(TaskStatus.class);
        if (call.isTrue("CancelQueuedTask")) {
            statuses.add(TaskStatus.QUEUED);
        }
        if (call.isTrue("CancelNotifiedTask")) {
            statuses.add(TaskStatus.NOTIFIED);
        }
        if (call.isTrue("CancelInProgressTask")) {
            statuses.add(TaskStatus.IN_PROGRESS);
        }
        if (call.has("CancelUnconfirmedTask")
                ? call.isTrue("CancelUnconfirmedTask")
                : call.isTrue("CancelQueuedTask")) {
            statuses.add(TaskStatus.CONFIRM);
        }
        return statuses;
    }

    private Option<OperationError> cancelByDevice(Parameters call) {
        List<String> names = call.list("DeviceName");
        List<AliyunTask> found = names.stream()
                .map(name -> engine.fleet().find(call.text("ProductKey"), name))
                .flatMap(Option::toJavaStream)
                .flatMap(device -> store.tasksOf(device).stream())
                .filter(AliyunTask::isUnfinished)
                .filter(task -> task.job.order().firmware().firmwareId().equals(call.text("FirmwareId")))
                .filter(task -> call.find("JobId").forAll(task.job.id()::equals))
                .toList();
        return unless(!names.isEmpty(), "NullTargetDeviceNames", "The devices are missing.")
                .orElse(() -> JobRequests.checkNames(names, JobRequests.MAX_NAMES))
                .orElse(() ->
                        unless(!found.isEmpty(), "DeviceUpgradeRecordNotFound", "No device has an unfinished task."))
                .onEmpty(() -> found.forEach(engine::cancel));
    }

    private Option<OperationError> confirm(Parameters call) {
        Either<OperationError, List<AliyunTask>> found = tasksOf(call, Set.of(TaskStatus.CONFIRM));
        return found.peek(all -> all.forEach(engine::confirm)).swap().toOption();
    }

    private Option<OperationError> reupgrade(Parameters call) {
        Either<OperationError, List<AliyunTask>> found = jobOf(call)
                .flatMap(job -> tasksOf(call, Set.of(TaskStatus.FAILED, TaskStatus.CANCELED))
                        .filterOrElse(
                                all -> all.stream().allMatch(task -> task.job == job),
                                all -> firmware("InvalidOTATaskId", "A task is of another job.")));
        return found.peek(all -> all.forEach(engine::reupgrade)).swap().toOption();
    }

    /** Finds the tasks of a request, which must all be in one of these states. */
    private Either<OperationError, List<AliyunTask>> tasksOf(Parameters call, Set<TaskStatus> statuses) {
        List<AliyunTask> found = new ArrayList<>();
        List<String> ids = call.list("TaskId");
        if (ids.isEmpty()) {
            return Either.left(firmware("NullTaskId", "The tasks are missing."));
        }
        if (ids.size() > MAX_TASK_IDS) {
            return Either.left(tooMany("TaskId", MAX_TASK_IDS));
        }
        for (String id : ids) {
            Option<AliyunTask> task = store.findTask(id);
            if (task.isEmpty()) {
                return Either.left(firmware("InvalidOTATaskId", "A task does not exist."));
            }
            if (!statuses.contains(task.get().status())) {
                return Either.left(
                        firmware("IncorrectDeviceUpgradeJobStatus", "The state of a task does not allow this."));
            }
            found.add(task.get());
        }
        return Either.right(found);
    }
}
