package io.otabridge.hawkbit;

import static io.otabridge.client.json.FieldReader.text;

import io.otabridge.client.json.FieldReader;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.FailureReason;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobOutcome;
import io.otabridge.domain.job.JobSelection;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.TaskId;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.module.ModuleName;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Maps DTOs to domain types. A {@code Left} describes what is missing or invalid in the response. Texts of devices are
 * redacted.
 */
record HawkbitMapping(Redactor redactor) {

    private static final String CANCELLING = "canceling";

    private static final Map<String, JobState> JOB_STATES = HashMap.ofEntries(
            Map.entry("creating", JobState.PREPARING),
            Map.entry("waiting_for_approval", JobState.AWAITING_CONFIRMATION),
            Map.entry("approval_denied", JobState.CANCELLED),
            Map.entry("ready", JobState.WAITING),
            Map.entry("starting", JobState.PREPARING),
            Map.entry("running", JobState.RUNNING),
            Map.entry("paused", JobState.PAUSED),
            Map.entry("stopping", JobState.CANCELLING),
            Map.entry("stopped", JobState.CANCELLED),
            Map.entry("finished", JobState.FINISHED),
            Map.entry("error_creating", JobState.FAILED),
            Map.entry("error_starting", JobState.FAILED));

    /** Counts do not tell whether the device has noticed its task: {@code running} is every unfinished one. */
    private static final Map<String, TaskState> COUNTED = HashMap.ofEntries(
            Map.entry("notstarted", TaskState.QUEUED),
            Map.entry("scheduled", TaskState.QUEUED),
            Map.entry("running", TaskState.RUNNING),
            Map.entry("finished", TaskState.SUCCEEDED),
            Map.entry("error", TaskState.FAILED),
            Map.entry("cancelled", TaskState.CANCELLED));

    private static final Map<String, TaskState> TASK_STATES = HashMap.ofEntries(
            Map.entry("scheduled", TaskState.QUEUED),
            Map.entry("wait_for_confirmation", TaskState.AWAITING_CONFIRMATION),
            Map.entry("retrieved", TaskState.NOTIFIED),
            Map.entry("download", TaskState.RUNNING),
            Map.entry("downloaded", TaskState.RUNNING),
            Map.entry("warning", TaskState.RUNNING),
            Map.entry(CANCELLING, TaskState.CANCELLING),
            Map.entry("cancel_rejected", TaskState.RUNNING),
            Map.entry("finished", TaskState.SUCCEEDED),
            Map.entry("error", TaskState.FAILED),
            Map.entry("canceled", TaskState.CANCELLED));

    /** A package: a distribution set with one software module. One with several is no single part of a device. */
    Either<String, Firmware> toFirmware(Dtos.Set dto) {
        FieldReader members = new FieldReader();
        Option<FirmwareId> id = members.required("id", dto.id(), FirmwareId::parse);
        Option<FirmwareVersion> version = members.required("version", dto.version(), FirmwareVersion::parse);
        Option<ProductId> product = members.required("name", dto.name(), ProductId::parse);
        List<InstalledVersion> parts = members.elements("modules", dto.modules(), HawkbitMapping::toPart);
        return members.result(() -> {
            Firmware.Builder firmware = Firmware.builder(id.get(), version.get())
                    .product(Product.of(product.get()))
                    .target(parts.size() == 1 ? parts.head().target() : FirmwareTarget.notStated())
                    .kind(UpdateKind.notStated())
                    .verification(Verification.notOffered());
            text(dto.description()).forEach(firmware::description);
            time(dto.createdAt()).forEach(firmware::created);
            return firmware.build();
        });
    }

    /** The versions of an installed distribution set. */
    Either<String, List<InstalledVersion>> toVersions(Dtos.Set dto) {
        FieldReader members = new FieldReader();
        List<InstalledVersion> parts = members.elements("modules", dto.modules(), HawkbitMapping::toPart);
        return members.result(() -> parts);
    }

    private static Either<String, InstalledVersion> toPart(Dtos.Module dto) {
        FieldReader members = new FieldReader();
        Option<ModuleName> name = members.required("name", dto.name(), ModuleName::parse);
        Option<FirmwareVersion> version = members.required("version", dto.version(), FirmwareVersion::parse);
        return members.result(() -> new InstalledVersion(
                "os".equals(dto.type()) ? FirmwareTarget.wholeDevice() : FirmwareTarget.module(name.get()),
                version.get()));
    }

    Either<String, Device> toDevice(Dtos.Target dto, Option<ProductId> product) {
        FieldReader members = new FieldReader();
        Option<DeviceId> id = members.required("controllerId", dto.controllerId(), DeviceId::parse);
        return members.result(() -> {
            Device.Builder device = Device.builder(id.get());
            product.forEach(device::product);
            text(dto.name()).forEach(device::name);
            time(dto.createdAt()).forEach(device::created);
            return device.build();
        });
    }

    /** A rollout in a list, which has no counts. */
    Either<String, UpgradeJob> toListedJob(Dtos.Rollout dto) {
        return toJob(dto, Option.none());
    }

    Either<String, UpgradeJob> toJob(Dtos.Rollout dto) {
        return dto.counts() == null
                ? Either.left("member totalTargetsPerStatus is missing")
                : toJob(dto, Option.some(counts(HashMap.ofAll(dto.counts()))));
    }

    private static Either<String, UpgradeJob> toJob(Dtos.Rollout dto, Option<TaskCounts> counts) {
        FieldReader members = new FieldReader();
        Option<JobId> id = members.required("id", dto.id(), JobId::parse);
        Option<FirmwareId> firmware = members.required("distributionSetId", dto.set(), FirmwareId::parse);
        String status = text(dto.status()).getOrElse("");
        if (status.isEmpty()) {
            members.problem("member status is missing");
        }
        return members.result(() -> {
            Reported<JobState> state = new Reported<>(state(status, counts), status);
            UpgradeJob.Builder job = UpgradeJob.builder(id.get(), state)
                    .firmware(List.of(firmware.get()))
                    .selection(selection(text(dto.filter()).getOrElse("")));
            text(dto.name()).forEach(job::name);
            text(dto.name()).flatMap(name -> ClientToken.parse(name).toOption()).forEach(job::token);
            time(dto.createdAt()).forEach(job::created);
            time(dto.modifiedAt()).forEach(job::modified);
            counts.forEach(job::counts);
            counts.filter(any -> state.is(JobState.FINISHED))
                    .flatMap(JobOutcome::of)
                    .forEach(job::outcome);
            return job.build();
        });
    }

    private static TaskCounts counts(Map<String, Long> sent) {
        return new TaskCounts(sent.foldLeft(
                HashMap.empty(),
                (counts, entry) -> counts.put(
                        COUNTED.get(entry._1).getOrElse(TaskState.UNKNOWN),
                        Option.of(entry._2).getOrElse(0L),
                        Long::sum)));
    }

    /** A rollout whose tasks were all cancelled is {@code finished} too. */
    private static JobState state(String status, Option<TaskCounts> counts) {
        boolean isCancelled = status.equals("finished")
                && counts.exists(
                        known -> known.of(TaskState.CANCELLED) > 0 && known.of(TaskState.CANCELLED) == known.total());
        return isCancelled ? JobState.CANCELLED : JOB_STATES.get(status).getOrElse(JobState.UNKNOWN);
    }

    private static Reported<JobSelection> selection(String filter) {
        return new Reported<>(
                filter.startsWith(Filters.LISTED)
                        ? JobSelection.DEVICES
                        : filter.startsWith(Filters.TAG) ? JobSelection.ALL : JobSelection.UNKNOWN,
                filter);
    }

    /** A task of a rollout that has not started. */
    static UpgradeTask waiting(UpgradeJob job, DeviceId device) {
        UpgradeTask.Builder task =
                UpgradeTask.builder(job.id(), device, new Reported<>(TaskState.QUEUED, "notstarted"));
        job.firmware().headOption().forEach(task::firmware);
        return task.build();
    }

    /**
     * A task.
     *
     * @param history of the action, newest first. The action itself does not tell a failure from a success
     */
    UpgradeTask toTask(UpgradeJob job, DeviceId device, TaskId action, List<Dtos.Status> history) {
        List<String> words = history.flatMap(entry -> text(entry.type()));
        String newest = words.headOption().getOrElse("running");
        // A device that is to cancel may report that it received this, or its progress.
        boolean isCancelling = !TASK_STATES.get(newest).exists(TaskState::isFinal)
                && words.takeUntil("cancel_rejected"::equals).contains(CANCELLING);
        String word = isCancelling ? CANCELLING : newest;
        boolean hasFetched = words.contains("retrieved");
        // The first entry of each action is "running", before the device knows of it.
        TaskState state = word.equals("running") && hasFetched
                ? TaskState.RUNNING
                : word.equals("running")
                        ? TaskState.QUEUED
                        : TASK_STATES.get(word).getOrElse(TaskState.UNKNOWN);
        UpgradeTask.Builder task = UpgradeTask.builder(job.id(), device, new Reported<>(state, word));
        task.id(action);
        job.firmware().headOption().forEach(task::firmware);
        Option<String> message = history.headOption()
                .flatMap(entry -> Option.of(entry.messages()))
                .map(messages -> List.ofAll(messages).flatMap(Option::of).mkString("; "))
                .filter(text -> !text.isEmpty())
                .flatMap(redactor::sanitize);
        message.forEach(task::message);
        if (state == TaskState.FAILED) {
            task.failure(new TaskFailure(FailureReason.OTHER, Option.none(), message));
        }
        history.lastOption().flatMap(first -> time(first.reportedAt())).forEach(task::created);
        history.headOption().flatMap(last -> time(last.reportedAt())).forEach(task::modified);
        return task.build();
    }

    static Option<VendorTimestamp> time(@Nullable Long millis) {
        return Option.of(millis).map(sent -> VendorTimestamp.of(Long.toString(sent), Instant.ofEpochMilli(sent)));
    }
}
