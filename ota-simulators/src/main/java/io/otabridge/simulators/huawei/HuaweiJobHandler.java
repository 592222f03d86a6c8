package io.otabridge.simulators.huawei;

import static io.otabridge.simulators.huawei.job.JobStatus.INITIALIZING;
import static io.otabridge.simulators.huawei.job.JobStatus.STOPPED;
import static io.otabridge.simulators.huawei.job.JobStatus.STOPPING;
import static io.otabridge.simulators.huawei.job.JobStatus.SUCCESS;
import static io.otabridge.simulators.huawei.job.JobStatus.WAITTING;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.huawei.HuaweiSimulator.DocumentForm;
import io.otabridge.simulators.huawei.job.HuaweiJob;
import io.otabridge.simulators.huawei.job.HuaweiJobRequest;
import io.otabridge.simulators.huawei.job.HuaweiJobs;
import io.otabridge.simulators.huawei.job.HuaweiSubTask;
import io.otabridge.simulators.huawei.job.JobIndexKey;
import io.otabridge.simulators.huawei.job.JobStatus;
import io.otabridge.simulators.huawei.job.SubTaskStatus;
import io.otabridge.simulators.huawei.job.TargetResult;
import io.otabridge.simulators.huawei.store.HuaweiDeviceGroup;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.huawei.store.HuaweiStore;
import io.otabridge.simulators.server.HttpReply;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Creates, shows, lists, stops, retries, confirms and deletes batch tasks, with the documented rules. Only upgrades are
 * simulated.
 */
final class HuaweiJobHandler {

    private static final int MAX_TARGETS = 30_000;
    private static final int MAX_CHANGED_TARGETS = 100;
    private static final int MAX_EXT_INFO = 512;
    private static final Duration MAX_SCHEDULE = Duration.ofDays(7);
    private static final Pattern NAME = Pattern.compile("[\\u4e00-\\u9fa5a-zA-Z0-9_]{1,128}");
    private static final Pattern TYPE = Pattern.compile("(firmware|software|module)Upgrade");
    private static final Pattern MODE = Pattern.compile("GATEWAY");
    private static final Pattern TARGET = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
    private static final Pattern PACKAGE_ID = Pattern.compile("[a-zA-Z0-9-]{1,36}");
    private static final Pattern TIME = Pattern.compile("[0-9]{8}T[0-9]{6}Z");
    private static final String MODULE_UPGRADE = "moduleUpgrade";

    /** Documented filters that no sub-task of the simulator has. */
    private static final Set<String> OTHER_TASK_STATUS = Set.of("DeviceInProgress", "Rejected");

    private final HuaweiJobs jobs;
    private final HuaweiStore<?, HuaweiPackage> packages;
    private final HuaweiStore<?, HuaweiDeviceGroup> groups;
    private volatile DocumentForm documentForm = DocumentForm.BOTH;
    private volatile boolean stopsModuleUpgrades;

    HuaweiJobHandler(
            HuaweiJobs jobs, HuaweiStore<?, HuaweiPackage> packages, HuaweiStore<?, HuaweiDeviceGroup> groups) {
        this.jobs = jobs;
        this.packages = packages;
        this.groups = groups;
    }

    void accept(DocumentForm form) {
        documentForm = form;
    }

    void stopModuleUpgrades(boolean stopped) {
        stopsModuleUpgrades = stopped;
    }

    /** @param operation a method and {@code batchtask}, {@code batchtasks} or {@code batchtask/} with an action */
    Either<HuaweiError, HttpReply> handle(String operation, ReceivedRequest call, String id, String requestId) {
        synchronized (jobs.fleet().time()) {
            return switch (operation) {
                case "POST batchtasks" ->
                    create(call).map(job -> HuaweiResponses.created(HuaweiJobResponses.job(job), requestId));
                case "GET batchtasks" -> list(call).map(body -> HuaweiResponses.ok(body, requestId));
                case "GET batchtask" ->
                    find(id).flatMap(job -> show(job, call)).map(body -> HuaweiResponses.ok(body, requestId));
                case "POST batchtask/stop" ->
                    change(id, call, "stopped", Set.of(STOPPING), true, jobs::stop, requestId);
                case "POST batchtask/retry" ->
                    change(
                            id,
                            call,
                            "retried",
                            Set.of(SUCCESS, STOPPED, STOPPING, WAITTING, INITIALIZING),
                            false,
                            jobs::retry,
                            requestId);
                case "POST batchtask/confirm" ->
                    change(id, call, "confirmed", Set.of(STOPPING), true, jobs::confirm, requestId);
                default -> delete(id, requestId);
            };
        }
    }

    private Either<HuaweiError, HuaweiJob> find(String id) {
        return jobs.store().find(id).toEither(() -> HuaweiError.unknownJob(id));
    }

    private Either<HuaweiError, HuaweiJob> create(ReceivedRequest call) {
        return RequestMembers.of(call).flatMap(body -> {
            String appId = Option.of(body.optional("app_id", HuaweiRouter.SPACE_OR_PRODUCT_ID))
                    .getOrElse(HuaweiSimulator.APP_ID);
            RequestMembers document = body.object("document");
            RequestMembers filter = body.object("targets_filter");
            RequestMembers policy = body.object("task_policy");
            String type = body.required("task_type", TYPE);
            Option<HuaweiPackage> firmware = firmware(document, type);
            List<String> targets = body.optionalList("targets", TARGET, MAX_TARGETS).stream()
                    .distinct()
                    .toList();
            HuaweiJobRequest request = new HuaweiJobRequest(
                    body.required("task_name", NAME),
                    type,
                    Option.of(body.optional("task_mode", MODE)),
                    body.optionalBoolean("need_confirm"),
                    body.optionalObject("task_ext_info", MAX_EXT_INFO),
                    targets,
                    targets.isEmpty() ? groupIds(filter) : List.of(),
                    firmware.getOrElse(
                            () -> HuaweiPackage.builder("none", "none", "none").build()),
                    document.has("package_ids"),
                    schedule(policy),
                    retry(policy));
            if (targets.isEmpty() && !body.has("targets_filter")) {
                body.reject("targets");
            }
            if (request.mode().isDefined() && type.equals(MODULE_UPGRADE)) {
                body.reject("task_mode");
            }
            Option<HuaweiError> error = body.error()
                    .orElse(document::error)
                    .orElse(filter::error)
                    .orElse(policy::error)
                    .orElse(() ->
                            Option.when(!appId.equals(HuaweiSimulator.APP_ID), () -> HuaweiError.noSuchSpace(appId)));
            return error.isDefined() ? Either.left(error.get()) : Either.right(jobs.create(request));
        });
    }

    /** Returns the package; none if the document is rejected. Assumed: a batch task has one package. */
    private Option<HuaweiPackage> firmware(RequestMembers document, String type) {
        @Nullable String single = document.optional("package_id", PACKAGE_ID);
        List<String> several = document.optionalList("package_ids", PACKAGE_ID, 1);
        String member = document.has("package_ids") ? "package_ids" : "package_id";
        boolean isAccepted = documentForm == DocumentForm.BOTH
                || (documentForm == DocumentForm.PACKAGE_IDS) == member.equals("package_ids");
        boolean isOld = documentForm == DocumentForm.PACKAGE_ID && type.equals(MODULE_UPGRADE);
        Option<HuaweiPackage> found = Option.ofOptional(several.stream().findFirst())
                .orElse(Option.of(single))
                .flatMap(packages::find)
                .filter(known ->
                        known.packageType().replace("Package", "Upgrade").equals(type));
        if (!isAccepted || isOld || found.isEmpty()) {
            document.reject("document." + member);
        }
        return found;
    }

    private List<String> groupIds(RequestMembers filter) {
        List<String> ids = filter.optionalList("group_ids", TARGET, MAX_TARGETS);
        if (filter.has("group_ids")
                && (ids.isEmpty() || ids.stream().anyMatch(id -> groups.find(id).isEmpty()))) {
            filter.reject("targets_filter.group_ids");
        }
        return ids;
    }

    private Option<Instant> schedule(RequestMembers policy) {
        @Nullable String text = policy.optional("schedule_time", TIME);
        if (text == null) {
            return Option.none();
        }
        Instant now = jobs.fleet().time().now();
        try {
            Instant start = LocalDateTime.parse(text, HuaweiJobResponses.TIME).toInstant(ZoneOffset.UTC);
            if (start.isBefore(now.minusSeconds(60)) || start.isAfter(now.plus(MAX_SCHEDULE))) {
                policy.reject("task_policy.schedule_time");
            }
            return Option.some(start);
        } catch (DateTimeParseException e) {
            policy.reject("task_policy.schedule_time");
            return Option.none();
        }
    }

    private static Option<HuaweiJobRequest.RetryPolicy> retry(RequestMembers policy) {
        Option<Integer> count = policy.optionalInt("retry_count", 1, 5);
        Option<Integer> interval = policy.optionalInt("retry_interval", 0, 1440);
        if (count.isDefined() != interval.isDefined()) {
            policy.reject("task_policy.retry_count or retry_interval");
        }
        return count.flatMap(retries ->
                interval.map(minutes -> new HuaweiJobRequest.RetryPolicy(retries, Duration.ofMinutes(minutes))));
    }

    private Either<HuaweiError, ObjectNode> list(ReceivedRequest call) {
        String type = call.parameter("task_type").getOrElse("");
        Option<JobStatus> status = call.parameter("status")
                .flatMap(text -> Option.ofOptional(Arrays.stream(JobStatus.values())
                        .filter(each -> each.text().equals(text))
                        .findFirst()));
        if (!TYPE.matcher(type).matches()) {
            return Either.left(HuaweiError.invalid("task_type"));
        }
        if (status.isEmpty() && call.parameter("status").isDefined()) {
            return Either.left(HuaweiError.invalid("status"));
        }
        return HuaweiRouter.list(
                call,
                jobs.store(),
                new JobIndexKey(type, status),
                page -> HuaweiResponses.page("batchtasks", page, HuaweiJobResponses::job));
    }

    private static Either<HuaweiError, ObjectNode> show(HuaweiJob job, ReceivedRequest call) {
        Option<String> wanted = call.parameter("task_detail_status");
        Option<SubTaskStatus> status = wanted.flatMap(text -> Option.ofOptional(Arrays.stream(SubTaskStatus.values())
                .filter(each -> each.text().equals(text))
                .findFirst()));
        boolean isOther = wanted.exists(OTHER_TASK_STATUS::contains);
        if (wanted.isDefined() && status.isEmpty() && !isOther) {
            return Either.left(HuaweiError.invalid("task_detail_status"));
        }
        Option<String> target = call.parameter("target");
        return HuaweiRouter.list(call, job.tasks(), status, page -> {
            HuaweiStore.Page<HuaweiSubTask> shown = isOther
                    ? new HuaweiStore.Page<>(List.of(), 0, Option.none())
                    : target.map(id -> only(job, id, status)).getOrElse(page);
            ObjectNode body = HuaweiResponses.page("task_details", shown, HuaweiJobResponses::task);
            body.set("batchtask", HuaweiJobResponses.job(job));
            return body;
        });
    }

    private static HuaweiStore.Page<HuaweiSubTask> only(HuaweiJob job, String target, Option<SubTaskStatus> status) {
        List<HuaweiSubTask> found = job.tasks()
                .find(target)
                .filter(task -> status.forAll(task.status()::equals))
                .toJavaList();
        return new HuaweiStore.Page<>(found, found.size(), job.tasks().markerOf(target));
    }

    /**
     * Changes tasks of a batch task. Assumed: the status and code of a refused batch task.
     *
     * @param isRefusedAtEnd whether it is refused if the batch task has ended
     */
    private Either<HuaweiError, HttpReply> change(
            String id,
            ReceivedRequest call,
            String operation,
            Set<JobStatus> refused,
            boolean isRefusedAtEnd,
            BiFunction<HuaweiJob, List<String>, List<TargetResult>> change,
            String requestId) {
        return find(id).flatMap(job -> RequestMembers.ofOptional(call).flatMap(body -> {
            List<String> targets = body.optionalList("targets", TARGET, MAX_CHANGED_TARGETS);
            boolean isUnsupported = job.request().type().equals(MODULE_UPGRADE)
                    && !operation.equals("confirmed")
                    && !stopsModuleUpgrades;
            boolean isRefused = refused.contains(job.status())
                    || (isRefusedAtEnd && job.status().isFinal());
            Option<HuaweiError> error = body.error()
                    .orElse(() -> Option.when(isUnsupported, () -> HuaweiError.invalid("task_type")))
                    .orElse(() -> Option.when(
                            isRefused,
                            () -> HuaweiError.wrongJobStatus(job.status().text(), operation)));
            return error.isDefined()
                    ? Either.left(error.get())
                    : Either.right(
                            HuaweiResponses.updated(HuaweiJobResponses.results(change.apply(job, targets)), requestId));
        }));
    }

    private Either<HuaweiError, HttpReply> delete(String id, String requestId) {
        return find(id).flatMap(job -> {
            if (!job.status().isFinal()) {
                return Either.left(HuaweiError.wrongJobStatus(job.status().text(), "deleted"));
            }
            jobs.delete(job);
            return Either.right(HuaweiResponses.deleted(requestId));
        });
    }
}
