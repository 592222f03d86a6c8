package io.otabridge.jackson;

import static io.otabridge.jackson.JsonTypes.object;

import io.otabridge.domain.Reported;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.device.DeviceStatus;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.job.FailureReason;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.JobOutcome;
import io.otabridge.domain.job.JobSelection;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.JobCreation;
import io.otabridge.domain.job.command.TaskChanges;
import io.otabridge.domain.page.RequestEstimate;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON of devices, upgrade jobs and their tasks. */
final class UpgradeJson {

    private static final Pattern UPPER = Pattern.compile("-([a-z])");

    private UpgradeJson() {}

    static void describe(JsonTypes types) {
        describeDevices(types);
        describeJobs(types);
        describeTasks(types);
        types.describe(Reported.class, state -> object("code", state.code(), "raw", state.raw()));
        types.describe(
                JobCreation.class,
                creation -> object(
                        "jobs", creation.jobs(),
                        "alreadyExisted", creation.alreadyExisted(),
                        "requestedDevices", creation.requestedDevices(),
                        "tasks", creation.tasks(),
                        "warnings", creation.warnings()));
        types.describe(
                TaskChanges.class,
                changes -> object(
                        "accepted", changes.accepted(),
                        "refused", changes.refused(),
                        "inProgress", changes.inProgress(),
                        "inProgressCount", changes.inProgressCount(),
                        "warnings", changes.warnings()));
        types.describe(
                TaskChanges.Refused.class, refused -> object("device", refused.device(), "failure", refused.failure()));
        types.describe(
                RequestEstimate.class,
                estimate -> object(
                        "items", estimate.items(),
                        "requests", estimate.requests(),
                        "durationMillis", estimate.duration().toMillis()));
    }

    private static void describeDevices(JsonTypes types) {
        types.describe(DeviceStatus.class, JsonTypes::code);
        types.describe(DeviceRef.class, ref -> object("product", ref.product(), "id", ref.id()));
        types.describe(
                InstalledVersion.class,
                installed -> object("target", installed.target(), "version", installed.version()));
        types.describe(
                Device.class,
                device -> object(
                        "id", device.id(),
                        "product", device.product(),
                        "name", device.name(),
                        "vendorId", device.vendorId(),
                        "status", device.status(),
                        "versions", device.versions(),
                        "created", device.created()));
    }

    private static void describeJobs(JsonTypes types) {
        types.describe(JobState.class, JsonTypes::code);
        types.describe(JobOutcome.class, JsonTypes::code);
        types.describe(JobKind.class, JsonTypes::code);
        types.describe(JobSelection.class, JsonTypes::code);
        types.describe(
                RetryPolicy.class,
                retry -> object(
                        "count",
                        retry.count(),
                        "intervalSeconds",
                        retry.interval().toSeconds()));
        types.describe(TaskCounts.class, UpgradeJson::counts);
        types.describe(
                UpgradeJob.class,
                job -> object(
                        "id", job.id(),
                        "state", job.state(),
                        "outcome", job.outcome(),
                        "kind", job.kind(),
                        "firmware", job.firmware(),
                        "target", job.target(),
                        "product", job.product(),
                        "version", job.version(),
                        "name", job.name(),
                        "token", job.token(),
                        "selection", job.selection(),
                        "group", job.group(),
                        "percent", job.percent(),
                        "sourceVersions", job.sourceVersions(),
                        "scheduledStart", job.scheduledStart(),
                        "scheduledEnd", job.scheduledEnd(),
                        "ratePerMinute", job.ratePerMinute(),
                        "retry", job.retry(),
                        "timeoutSeconds", job.timeout().map(Duration::toSeconds),
                        "needsConfirmation", job.needsConfirmation(),
                        "tags", job.tags().toJavaMap(),
                        "counts", job.counts(),
                        "message", job.message(),
                        "created", job.created(),
                        "modified", job.modified(),
                        "started", job.started(),
                        "ended", job.ended()));
    }

    /** Returns the total, and a number for each state, also if it is 0. */
    private static Map<String, @Nullable Object> counts(TaskCounts counts) {
        Map<String, @Nullable Object> json = object("total", counts.total());
        for (TaskState state : TaskState.values()) {
            json.put(camelCase(state), counts.of(state));
        }
        return json;
    }

    private static String camelCase(Enum<?> constant) {
        return UPPER.matcher(JsonTypes.code(constant))
                .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }

    private static void describeTasks(JsonTypes types) {
        types.describe(TaskState.class, JsonTypes::code);
        types.describe(FailureReason.class, JsonTypes::code);
        types.describe(
                TaskFailure.class,
                failure -> object(
                        "reason", failure.reason(),
                        "vendorCode", failure.vendorCode(),
                        "message", failure.message()));
        types.describe(
                UpgradeTask.class,
                task -> object(
                        "job", task.job(),
                        "device", task.device(),
                        "state", task.state(),
                        "id", task.id(),
                        "product", task.product(),
                        "firmware", task.firmware(),
                        "target", task.target(),
                        "sourceVersion", task.sourceVersion(),
                        "version", task.version(),
                        "percent", task.percent(),
                        "timeoutSeconds", task.timeout().map(Duration::toSeconds),
                        "failure", task.failure(),
                        "message", task.message(),
                        "created", task.created(),
                        "modified", task.modified()));
    }
}
