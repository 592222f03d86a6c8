package io.otabridge.aliyun.job;

import static io.otabridge.client.json.FieldReader.text;

import io.otabridge.aliyun.operation.AliyunMapping;
import io.otabridge.aliyun.wire.AliyunTimestamps;
import io.otabridge.aliyun.wire.LenientListDeserializer;
import io.otabridge.aliyun.wire.job.TaskDto;
import io.otabridge.client.json.FieldReader;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.FailureReason;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.TaskId;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeTask;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Maps tasks on the wire to the domain. {@code Left} describes what is missing or invalid in the response. */
public final class TaskMapping {

    /** {@code TaskStatus} in the order in which a task passes through them. */
    private static final Map<String, TaskState> STATES = LinkedHashMap.of(
            "CONFIRM",
            TaskState.AWAITING_CONFIRMATION,
            "QUEUED",
            TaskState.QUEUED,
            "NOTIFIED",
            TaskState.NOTIFIED,
            "IN_PROGRESS",
            TaskState.RUNNING,
            "FAILED",
            TaskState.FAILED,
            "SUCCEEDED",
            TaskState.SUCCEEDED,
            "CANCELED",
            TaskState.CANCELLED);

    private static final LenientJsonReader<TaskDto> TASK = LenientJsonReader.of(TaskDto.class);

    /** The step that a device reports for a failure: -1 to -4. */
    private static final Pattern STEP = Pattern.compile("(?<![0-9A-Za-z-])-([1-4])(?![0-9.])");

    private record Rule(Pattern description, FailureReason reason) {}

    /** What {@code TaskDesc} contains, in any case. The first match counts. */
    private static final List<Rule> REASONS = List.of(
            rule("report version is not conform|version (is )?not (conform|match)", FailureReason.WRONG_VERSION),
            rule("src ?version|source version", FailureReason.SOURCE_VERSION),
            rule("time ?-?out|timed out", FailureReason.NO_REPORT),
            rule("conflict|(another|other|unfinished) (upgrade |ota )?(task|job)", FailureReason.CONFLICT),
            rule("offline", FailureReason.DEVICE_OFFLINE),
            rule("download", FailureReason.DOWNLOAD),
            rule("verif|integrity|checksum|digest|md5|sha-?256", FailureReason.INTEGRITY),
            rule("flash|burn|install", FailureReason.INSTALLATION));

    private TaskMapping() {}

    /** {@code TaskStatus}. */
    static Reported<TaskState> state(String raw) {
        String known = raw.toUpperCase(Locale.ROOT);
        return new Reported<>(
                STATES.get(known.equals("CANCELLED") ? "CANCELED" : known).getOrElse(TaskState.UNKNOWN), raw);
    }

    /** All values of {@code TaskStatus}, and the states that they mean. */
    static Map<String, TaskState> states() {
        return STATES;
    }

    /** Why a task failed, from {@code TaskDesc}: the step of the device, or the platform's text. */
    static TaskFailure failure(Option<String> description) {
        Option<String> step =
                description.map(STEP::matcher).filter(Matcher::find).map(found -> "-" + found.group(1));
        FailureReason reason = step.flatMap(TaskMapping::reasonOfStep)
                .orElse(() -> description.flatMap(text -> REASONS.find(
                                rule -> rule.description().matcher(text).find())
                        .map(Rule::reason)))
                .getOrElse(FailureReason.OTHER);
        return new TaskFailure(reason, step, description);
    }

    private static Option<FailureReason> reasonOfStep(String step) {
        return switch (step) {
            case "-2" -> Option.some(FailureReason.DOWNLOAD);
            case "-3" -> Option.some(FailureReason.INTEGRITY);
            case "-4" -> Option.some(FailureReason.INSTALLATION);
            default -> Option.none();
        };
    }

    /** All tasks of a page, or the errors of the invalid ones. */
    static Either<String, List<UpgradeTask>> toTasks(TaskDto.PageDto page, Option<JobId> job, Redactor redactor) {
        return AliyunMapping.entries(
                "Data", page.data(), page, element -> TASK.read(element).flatMap(dto -> toTask(dto, job, redactor)));
    }

    /** All tasks of a list without counters, which is omitted if it is empty. */
    static Either<String, List<UpgradeTask>> toUnfinishedTasks(TaskDto.PageDto page, Redactor redactor) {
        FieldReader fields = new FieldReader();
        List<UpgradeTask> tasks = fields.elements(
                "Data",
                LenientListDeserializer.elements(page.data()),
                element -> TASK.read(element).flatMap(dto -> toTask(dto, Option.none(), redactor)));
        return fields.result(() -> tasks);
    }

    private static Either<String, UpgradeTask> toTask(TaskDto dto, Option<JobId> requested, Redactor redactor) {
        FieldReader fields = new FieldReader();
        Option<JobId> job = requested.isDefined() && text(dto.jobId()).isEmpty()
                ? requested
                : fields.required("JobId", dto.jobId(), JobId::parse);
        if (requested.exists(id -> job.exists(received -> !received.equals(id)))) {
            fields.problem("requested job " + requested.get() + ", received a task of job " + job.get());
        }
        Option<DeviceId> device = fields.required("DeviceName", dto.deviceName(), DeviceId::parse);
        if (text(dto.taskStatus()).isEmpty()) {
            fields.problem("member TaskStatus is missing");
        }
        Option<TaskId> id = fields.optional("TaskId", dto.taskId(), TaskId::parse);
        Option<ProductId> product = fields.optional("ProductKey", dto.productKey(), ProductId::parse);
        Option<FirmwareId> firmware = fields.optional("FirmwareId", dto.firmwareId(), FirmwareId::parse);
        // Devices report any text, which must not hide their tasks.
        Option<FirmwareVersion> source = text(dto.srcVersion()).flatMap(TaskMapping::version);
        Option<FirmwareVersion> version = text(dto.destVersion()).flatMap(TaskMapping::version);
        Option<FirmwareTarget> target = text(dto.moduleName()).map(name -> AliyunMapping.target(name, fields));
        return fields.result(() -> {
            Reported<TaskState> state = state(text(dto.taskStatus()).get());
            Option<String> description = text(dto.taskDesc()).flatMap(redactor::sanitize);
            UpgradeTask.Builder task = UpgradeTask.builder(job.get(), device.get(), state);
            id.forEach(task::id);
            product.forEach(task::product);
            firmware.forEach(task::firmware);
            target.forEach(task::target);
            source.forEach(task::sourceVersion);
            version.forEach(task::version);
            JobMapping.number(dto.progress()).filter(TaskMapping::isPercentage).forEach(task::percent);
            JobMapping.minutes(JobMapping.number(dto.timeout())).forEach(task::timeout);
            description.forEach(task::message);
            if (state.is(TaskState.FAILED)) {
                task.failure(failure(description));
            }
            AliyunTimestamps.readMillis(dto.utcCreate()).forEach(task::created);
            AliyunTimestamps.readMillis(dto.utcModified()).forEach(task::modified);
            return task.build();
        });
    }

    private static Option<FirmwareVersion> version(String raw) {
        return FirmwareVersion.parse(raw).toOption();
    }

    private static boolean isPercentage(BigDecimal number) {
        return number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(100)) <= 0;
    }

    private static Rule rule(String description, FailureReason reason) {
        return new Rule(Pattern.compile(description, Pattern.CASE_INSENSITIVE), reason);
    }
}
