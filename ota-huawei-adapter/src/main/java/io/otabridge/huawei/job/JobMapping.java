package io.otabridge.huawei.job;

import static io.otabridge.client.json.FieldReader.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.client.json.FieldReader;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.Reported;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobOutcome;
import io.otabridge.domain.job.JobSelection;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.huawei.operation.HuaweiMapping;
import io.otabridge.huawei.wire.BatchTaskDetailsDto;
import io.otabridge.huawei.wire.BatchTaskDto;
import io.otabridge.huawei.wire.BatchTaskPageDto;
import io.otabridge.huawei.wire.TargetResultsDto;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Maps batch tasks to the domain. {@code Left} describes what is missing or invalid in the response. Texts of the vendor
 * and of devices are redacted.
 *
 * @param clock the vendor's time, which tells scheduled jobs from others
 */
record JobMapping(Redactor redactor, Clock clock) {

    /**
     * The result for one device of a command.
     *
     * @param isAccepted whether the vendor changed its task
     */
    record TargetResult(DeviceId device, boolean isAccepted, Option<String> code, Option<String> message) {}

    /** A batch task; absent if it is no upgrade. */
    Either<String, Option<UpgradeJob>> toJob(BatchTaskDto dto) {
        FieldReader fields = new FieldReader();
        Option<JobId> id = fields.required("task_id", dto.taskId(), JobId::parse);
        Option<String> type = fields.required("task_type", dto.taskType(), Either::right);
        Option<String> status = fields.required("status", dto.status(), Either::right);
        return fields.result(
                () -> type.filter(TaskType.ALL::contains).map(upgrade -> toJob(id.get(), upgrade, status.get(), dto)));
    }

    private UpgradeJob toJob(JobId id, String type, String status, BatchTaskDto dto) {
        boolean needsConfirmation = Boolean.TRUE.equals(dto.needConfirm());
        Option<VendorTimestamp> start =
                Option.of(dto.taskPolicy()).flatMap(policy -> HuaweiMapping.time(policy.scheduleTime()));
        boolean isScheduled = start.flatMap(VendorTimestamp::instant).exists(at -> at.isAfter(clock.instant()));
        Option<TaskCounts> counts = Option.of(dto.taskProgress())
                .map(progress -> toCounts(progress, States.ofWaitingTask(status, needsConfirmation)));
        Reported<JobState> state =
                States.ofJob(status, needsConfirmation, isScheduled, counts.exists(all -> all.total() == 0));
        UpgradeJob.Builder job = UpgradeJob.builder(id, state)
                .target(TaskType.target(type))
                .firmware(packages(dto.document()))
                .tags(tags(dto.taskExtInfo()));
        if (state.is(JobState.FINISHED)) {
            counts.flatMap(JobOutcome::of).forEach(job::outcome);
        }
        counts.forEach(job::counts);
        start.forEach(job::scheduledStart);
        text(dto.taskName()).forEach(job::name);
        text(dto.taskName()).flatMap(name -> ClientToken.parse(name).toOption()).forEach(job::token);
        selection(dto).forEach(job::selection);
        groups(dto).headOption().forEach(job::group);
        retry(dto.taskPolicy()).forEach(job::retry);
        Option.of(dto.needConfirm()).forEach(job::needsConfirmation);
        text(dto.statusDesc()).flatMap(redactor::sanitize).forEach(job::message);
        HuaweiMapping.time(dto.createTime()).forEach(job::created);
        return job.build();
    }

    /** All upgrades of a page of this type, or the errors of the invalid ones. */
    Either<String, List<UpgradeJob>> toJobs(String type, BatchTaskPageDto page) {
        return HuaweiMapping.records(
                "batchtasks",
                page.batchtasks(),
                page.page(),
                dto -> toJob(dto)
                        .flatMap(job -> job.filter(found -> type.equals(dto.taskType()))
                                .toEither(() ->
                                        "requested task type " + type + ", received task type " + dto.taskType())));
    }

    /** Tasks that are in no counter have an unknown state. */
    private static TaskCounts toCounts(BatchTaskDto.TaskProgressDto dto, TaskState ofWaiting) {
        Map<TaskState, Long> counts = HashMap.of(
                ofWaiting,
                count(dto.waitting()),
                TaskState.RUNNING,
                count(dto.processing()),
                TaskState.AWAITING_RETRY,
                count(dto.failWaitRetry()),
                TaskState.SUCCEEDED,
                count(dto.success()),
                TaskState.FAILED,
                count(dto.fail()),
                TaskState.CANCELLED,
                count(dto.stopped()),
                TaskState.REMOVED,
                count(dto.removed()));
        long counted = counts.values().sum().longValue();
        return new TaskCounts(counts.put(TaskState.UNKNOWN, Math.max(0, count(dto.total()) - counted)));
    }

    private static long count(@Nullable Long number) {
        return number == null ? 0 : Math.max(0, number);
    }

    /** Newer platforms have a list, older ones one id. The documents also mention the id in responses of newer ones. */
    private static List<FirmwareId> packages(@Nullable JsonNode document) {
        if (document == null) {
            return List.empty();
        }
        return List.ofAll(document.path("package_ids"))
                .append(document.path("package_id"))
                .flatMap(JobMapping::scalar)
                .flatMap(id -> FirmwareId.parse(id).toOption())
                .distinct();
    }

    /** The texts for devices. An object inside is kept as JSON. */
    private static Map<String, String> tags(@Nullable JsonNode info) {
        Map<String, String> tags = LinkedHashMap.empty();
        if (info != null) {
            for (java.util.Map.Entry<String, JsonNode> tag : info.properties()) {
                tags = tags.put(tag.getKey(), scalar(tag.getValue()).getOrElse(tag.getValue()::toString));
            }
        }
        return tags;
    }

    private static Option<String> scalar(JsonNode node) {
        return Option.when(node.isValueNode() && !node.isNull(), node::asText).filter(value -> !value.isEmpty());
    }

    /** If several fields are set, the vendor uses the targets first, then the filter. */
    private static Option<Reported<JobSelection>> selection(BatchTaskDto dto) {
        if (dto.targets() != null && dto.targets() > 0) {
            return Option.some(new Reported<>(JobSelection.DEVICES, "targets"));
        }
        @Nullable JsonNode filter = dto.targetsFilter();
        return Option.when(
                filter != null && filter.isObject() && !filter.isEmpty(),
                () -> new Reported<>(
                        groups(dto).isEmpty() ? JobSelection.UNKNOWN : JobSelection.GROUP, "targets_filter"));
    }

    private static List<DeviceGroupId> groups(BatchTaskDto dto) {
        return dto.targetsFilter() == null
                ? List.empty()
                : List.ofAll(dto.targetsFilter().path("group_ids"))
                        .flatMap(JobMapping::scalar)
                        .flatMap(id -> DeviceGroupId.parse(id).toOption());
    }

    private static Option<RetryPolicy> retry(BatchTaskDto.@Nullable TaskPolicyDto policy) {
        if (policy == null || policy.retryCount() == null || policy.retryInterval() == null) {
            return Option.none();
        }
        int count = policy.retryCount();
        int minutes = policy.retryInterval();
        return Option.when(count > 0 && minutes >= 0, () -> new RetryPolicy(count, Duration.ofMinutes(minutes)));
    }

    /** Whether the sub-tasks are upgrades, as far as the response states it. */
    static boolean isUpgrade(BatchTaskDetailsDto dto) {
        return Option.of(dto.batchtask()).flatMap(task -> text(task.taskType())).forAll(TaskType.ALL::contains);
    }

    /** All tasks of a page, or the errors of the invalid ones. */
    Either<String, List<UpgradeTask>> toTasks(JobId job, BatchTaskDetailsDto page) {
        @Nullable BatchTaskDto task = page.batchtask();
        TaskState ofWaiting = task == null
                ? TaskState.QUEUED
                : States.ofWaitingTask(text(task.status()).getOrElse(""), Boolean.TRUE.equals(task.needConfirm()));
        return HuaweiMapping.records(
                "task_details", page.taskDetails(), page.page(), detail -> toTask(job, detail, ofWaiting));
    }

    private Either<String, UpgradeTask> toTask(JobId job, BatchTaskDetailsDto.TaskDetailDto dto, TaskState ofWaiting) {
        FieldReader fields = new FieldReader();
        Option<DeviceId> device = fields.required("target", dto.target(), DeviceId::parse);
        Option<String> status = fields.required("status", dto.status(), Either::right);
        return fields.result(() -> {
            Reported<TaskState> state = States.ofTask(status.get(), ofWaiting);
            Option<BatchTaskDetailsDto.TaskErrorDto> error = Option.of(dto.error());
            Option<String> code =
                    error.flatMap(found -> text(found.errorCode())).flatMap(redactor::sanitize);
            Option<String> output = text(dto.output()).flatMap(redactor::sanitize);
            Option<String> message = error.flatMap(found -> text(found.errorMsg()))
                    .flatMap(redactor::sanitize)
                    .orElse(output);
            UpgradeTask.Builder task = UpgradeTask.builder(job, device.get(), state);
            output.orElse(message).forEach(task::message);
            if (state.is(TaskState.FAILED)) {
                task.failure(new TaskFailure(FailureReasons.of(code, message), code, message));
            }
            return task.build();
        });
    }

    /** The results of a command, one for each device. */
    Either<String, List<TargetResult>> toResults(TargetResultsDto dto) {
        FieldReader fields = new FieldReader();
        List<TargetResult> results = fields.elements("targets", dto.targets(), this::toResult);
        return fields.result(() -> results);
    }

    private Either<String, TargetResult> toResult(TargetResultsDto.TargetResultDto dto) {
        FieldReader fields = new FieldReader();
        Option<DeviceId> device = fields.required("target", dto.target(), DeviceId::parse);
        Option<String> status = fields.required("status", dto.status(), Either::right);
        return fields.result(() -> new TargetResult(
                device.get(),
                status.get().equalsIgnoreCase("success"),
                text(dto.errorCode()).flatMap(redactor::sanitize),
                text(dto.errorMsg()).flatMap(redactor::sanitize)));
    }
}
