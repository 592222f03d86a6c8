package io.otabridge.huawei.job;

import io.otabridge.client.Operation;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.OneShotBody;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.Message;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.page.VendorPage;
import io.otabridge.huawei.config.HuaweiSettings;
import io.otabridge.huawei.device.DeviceOperations;
import io.otabridge.huawei.operation.HuaweiIdCanonicalizer;
import io.otabridge.huawei.operation.MarkerCursor;
import io.otabridge.huawei.wire.BatchTaskDetailsDto;
import io.otabridge.huawei.wire.BatchTaskDto;
import io.otabridge.huawei.wire.BatchTaskPageDto;
import io.otabridge.huawei.wire.HuaweiApi;
import io.otabridge.huawei.wire.PageDto;
import io.otabridge.huawei.wire.TargetResultsDto;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The operations of IoTDA on batch tasks for upgrades, as described in the chapter "Batch Task". */
public final class JobOperations {

    private static final StringConstraint JOB_ID = StringConstraint.matching(
            "Huawei batch task id", "[a-f0-9]{1,24}", "1 to 24 lower-case hexadecimal digits");
    private static final StringConstraint EXT_INFO = StringConstraint.matching(
            "text of all tags as JSON", "(?s).{0,512}", "at most 512 characters for Huawei's task_ext_info");
    private static final StringConstraint TOKEN = StringConstraint.matching(
            "Huawei batch task name", "[A-Za-z0-9_]{1,128}", "1 to 128 letters, digits and underscores");

    private static final LenientJsonReader<BatchTaskDto> TASK = LenientJsonReader.of(BatchTaskDto.class);
    private static final LenientJsonReader<BatchTaskPageDto> TASKS = LenientJsonReader.of(BatchTaskPageDto.class);
    private static final LenientJsonReader<BatchTaskDetailsDto> DETAILS =
            LenientJsonReader.of(BatchTaskDetailsDto.class);
    private static final LenientJsonReader<TargetResultsDto> RESULTS = LenientJsonReader.of(TargetResultsDto.class);

    /** A page of at most this many jobs of one type, optionally in one status. */
    record JobPage(String type, Option<String> status, MarkerCursor cursor, int size) {}

    /** A page of the tasks of a job, optionally in one status or of one device. */
    record TaskPage(JobId job, Option<String> status, Option<DeviceId> device, MarkerCursor cursor) {}

    /** A job to create: a request that meets the rules, with its task type. */
    record NewTask(JobRequest request, String type) {}

    /** A command for tasks of a job: for these devices, or for all without devices. */
    record TaskTargets(JobId job, List<DeviceId> devices) {}

    /** The job; absent if the batch task is no upgrade. */
    final Operation<JobId, Option<UpgradeJob>> showJob;

    final Operation<JobPage, VendorPage<UpgradeJob>> listJobs;

    /** The tasks; absent if the batch task is no upgrade. */
    final Operation<TaskPage, Option<VendorPage<UpgradeTask>>> listTasks;

    final Operation<NewTask, JobId> createJob;
    final Operation<TaskTargets, List<JobMapping.TargetResult>> stopTasks;
    final Operation<TaskTargets, List<JobMapping.TargetResult>> retryTasks;
    final Operation<TaskTargets, List<JobMapping.TargetResult>> confirmTasks;
    final Operation<JobId, DeleteResult> deleteJob;

    /** Creates a request for a command. */
    private interface CommandRequest {
        PreparedRequest create(@Nullable String instance, String job, okhttp3.RequestBody body);
    }

    /**
     * Creates the operations.
     *
     * @param redactor hides secrets in texts of the vendor and of devices
     * @param clock the vendor's time
     */
    public JobOperations(HuaweiApi api, HuaweiSettings settings, Redactor redactor, Clock clock) {
        @Nullable String instance = settings.instanceId().getOrNull();
        Option<String> appId = settings.appId();
        JobMapping mapping = new JobMapping(redactor, clock);

        showJob = Operation.<JobId>read("ShowBatchTask")
                .subject("job {0}", JobId::value)
                .valid(JOB_ID, JobId::value)
                .request(id -> api.showBatchTask(instance, id.value(), null, null, 1, null))
                .json(
                        DETAILS,
                        (id, dto) -> dto.batchtask() == null
                                ? Either.left("member batchtask is missing")
                                : mapping.toJob(dto.batchtask()).flatMap(found -> requireId(id, found)));

        listJobs = Operation.<JobPage>read("ListBatchTasks")
                .subject("jobs ({0})", JobPage::type)
                .inBulk(page -> !page.cursor().equals(MarkerCursor.FIRST))
                .request(page -> api.listBatchTasks(
                        instance,
                        appId.getOrNull(),
                        page.type(),
                        page.status().getOrNull(),
                        page.size(),
                        page.cursor().markerParameter()))
                .json(
                        TASKS,
                        (page, dto) -> mapping.toJobs(page.type(), dto)
                                .flatMap(jobs -> page.cursor().page(dto.page(), jobs, page.size())));

        listTasks = Operation.<TaskPage>read("ShowBatchTask")
                .subject("tasks of job {0}", TaskPage::job)
                .valid(JOB_ID, page -> page.job().value())
                .validIfPresent(DeviceOperations.DEVICE, page -> page.device().map(DeviceId::value))
                .inBulk(page -> !page.cursor().equals(MarkerCursor.FIRST))
                .request(page -> api.showBatchTask(
                        instance,
                        page.job().value(),
                        page.status().getOrNull(),
                        page.device().map(DeviceId::value).getOrNull(),
                        PageDto.SIZE,
                        page.cursor().markerParameter()))
                .json(
                        DETAILS,
                        (page, dto) -> JobMapping.isUpgrade(dto)
                                ? mapping.toTasks(page.job(), dto)
                                        .flatMap(tasks -> page.cursor().page(dto.page(), tasks))
                                        .map(Option::some)
                                : Either.right(Option.none()));

        createJob = creation()
                .valid(TOKEN, task -> task.request().token().value())
                .validIfPresent(DeviceOperations.DEVICE, task -> invalidDevice(task.request()))
                .valid(EXT_INFO, task -> TaskBody.extInfo(task.request()).toString())
                .request(task -> api.createBatchTask(
                        instance, OneShotBody.json(TaskBody.of(appId, settings.hasPackageIds(), task))))
                .json(TASK, (task, dto) -> mapping.toJob(dto).flatMap(created -> requireToken(task, created)));

        stopTasks =
                command("StopBatchTask", "the cancellation of tasks of job {0}", instance, mapping, api::stopBatchTask);
        retryTasks = command("RetryBatchTask", "the retry of tasks of job {0}", instance, mapping, api::retryBatchTask);
        confirmTasks = command(
                "ConfirmBatchTask", "the confirmation of tasks of job {0}", instance, mapping, api::confirmBatchTask);

        deleteJob = Operation.<JobId>deletion("DeleteBatchTask")
                .subject(id -> Message.of("the deletion of job {0}", id), id -> Message.of("job {0}", id))
                .valid(JOB_ID, JobId::value)
                .request(id -> api.deleteBatchTask(instance, id.value()))
                .deleted();
    }

    private static Operation.Builder<NewTask> creation() {
        Operation.Builder<NewTask> creation =
                Operation.<NewTask>change("CreateBatchTask").subject("the new {0}", NewTask::request);
        for (Capability needed : Capability.values()) {
            creation = creation.needs(
                    needed, task -> task.request().neededCapabilities().contains(needed));
        }
        return creation;
    }

    private static Operation<TaskTargets, List<JobMapping.TargetResult>> command(
            String name, String subject, @Nullable String instance, JobMapping mapping, CommandRequest request) {
        return Operation.<TaskTargets>change(name)
                .subject(command -> Message.of(subject, command.job()), command -> Message.of("job {0}", command.job()))
                .valid(JOB_ID, command -> command.job().value())
                .request(command -> request.create(
                        instance, command.job().value(), OneShotBody.json(TaskBody.of(command.devices()))))
                .json(RESULTS, (command, dto) -> mapping.toResults(dto));
    }

    private static Option<String> invalidDevice(JobRequest request) {
        return request.targets() instanceof JobTargets.Devices devices
                ? devices.ids()
                        .map(DeviceId::value)
                        .find(id -> DeviceOperations.DEVICE.check(id).isLeft())
                : Option.none();
    }

    private static Either<String, Option<UpgradeJob>> requireId(JobId id, Option<UpgradeJob> found) {
        return found.forAll(job -> HuaweiIdCanonicalizer.isSameId(job.id().value(), id.value()))
                ? Either.right(found)
                : Either.left(
                        "requested job " + id + ", received job " + found.get().id());
    }

    private static Either<String, JobId> requireToken(NewTask sent, Option<UpgradeJob> created) {
        return created.filter(job -> job.token().forAll(sent.request().token()::equals))
                .map(UpgradeJob::id)
                .toEither("the response describes another batch task than the request");
    }
}
