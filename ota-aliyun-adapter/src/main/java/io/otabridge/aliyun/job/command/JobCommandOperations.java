package io.otabridge.aliyun.job.command;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.job.JobMapping;
import io.otabridge.aliyun.job.JobOperations;
import io.otabridge.aliyun.operation.AliyunMapping;
import io.otabridge.aliyun.operation.UploadForm;
import io.otabridge.aliyun.wire.EnvelopeDto;
import io.otabridge.aliyun.wire.UploadUrlDto;
import io.otabridge.aliyun.wire.job.JobApi;
import io.otabridge.aliyun.wire.job.JobDto;
import io.otabridge.client.Operation;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.domain.Capability;
import io.otabridge.domain.Message;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskId;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.command.JobTargets;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import org.jspecify.annotations.Nullable;

/** The operations of the platform that change jobs and tasks, as described in the documents of the same names. */
public final class JobCommandOperations {

    /** The maximum in the document "CancelOTATaskByDevice". */
    static final int MAX_CANCELLED_DEVICES = 200;

    /** The maximum in the documents "ConfirmOTATask" and "ReupgradeOTATask". */
    static final int MAX_TASKS = 10;

    private static final LenientJsonReader<JobDto.Response> CREATED = LenientJsonReader.of(JobDto.Response.class);
    private static final LenientJsonReader<EnvelopeDto> ENVELOPE = LenientJsonReader.of(EnvelopeDto.class);
    private static final LenientJsonReader<UploadUrlDto.Response> UPLOAD_URL =
            LenientJsonReader.of(UploadUrlDto.Response.class);

    /**
     * The tasks of a job in these states.
     *
     * @param isScheduled whether the job has not started
     */
    record TasksInStates(JobId job, Set<TaskState> states, boolean isScheduled) {}

    /** The tasks of some devices in a job, at most {@value #MAX_CANCELLED_DEVICES}. */
    record TasksOfDevices(JobId job, FirmwareId firmware, ProductId product, Seq<DeviceId> devices) {}

    /** Some tasks of a job, at most {@value #MAX_TASKS}. */
    record Tasks(JobId job, Seq<TaskId> ids) {}

    final Operation<JobOrder, JobId> createVerifyJob;
    final Operation<JobOrder, JobId> createStaticJob;
    final Operation<JobOrder, JobId> createDynamicJob;
    final Operation<String, UploadForm> generateDeviceListUrl;
    final Operation<JobModification, JobModification> updateJob;
    /** Whether {@link #cancelTasks} can cancel running tasks. */
    final boolean cancelsRunningTasks;

    final Operation<JobId, JobId> cancelStrategy;
    final Operation<TasksInStates, TasksInStates> cancelTasks;
    final Operation<TasksOfDevices, TasksOfDevices> cancelTasksOfDevices;
    final Operation<Tasks, Tasks> confirmTasks;
    final Operation<Tasks, Tasks> reupgradeTasks;

    public JobCommandOperations(JobApi api, AliyunSettings settings) {
        @Nullable String instance = settings.instanceId().getOrNull();
        Dialect dialect = settings.dialect();
        Dialect.Rules rules = dialect.rules();
        cancelsRunningTasks = dialect.cancelsRunningTasks();

        createVerifyJob = creation("CreateOTAVerifyJob", rules)
                .needs(Capability.VERIFY_FIRMWARE, order -> true)
                .request(order -> api.createOtaVerifyJob(
                        instance,
                        order.request().firmware().value(),
                        order.product().map(ProductId::value).getOrNull(),
                        order.parameters(dialect)))
                .json(CREATED, (order, dto) -> JobMapping.toCreatedId(dto));

        createStaticJob = creation("CreateOTAStaticUpgradeJob", rules)
                .request(order -> api.createOtaStaticUpgradeJob(
                        instance,
                        order.request().firmware().value(),
                        order.product().map(ProductId::value).getOrNull(),
                        order.parameters(dialect)))
                .json(CREATED, (order, dto) -> JobMapping.toCreatedId(dto));

        createDynamicJob = creation("CreateOTADynamicUpgradeJob", rules)
                .request(order -> api.createOtaDynamicUpgradeJob(
                        instance,
                        order.request().firmware().value(),
                        order.product().map(ProductId::value).getOrNull(),
                        order.parameters(dialect)))
                .json(CREATED, (order, dto) -> JobMapping.toCreatedId(dto));

        // A form is valid for one upload, so two callers must not share it.
        generateDeviceListUrl = Operation.<String>uncoalescedRead("GenerateDeviceNameListURL")
                .subject(name -> Message.of("an upload URL for {0}", name))
                .request(name -> api.generateDeviceNameListUrl(instance))
                .json(UPLOAD_URL, (name, dto) -> AliyunMapping.toDeviceListForm(dto));

        updateJob = Operation.<JobModification>change("UpdateOTAJob")
                .subject(
                        change ->
                                Message.of("the change of job {0}", change.job().id()),
                        change -> Message.of("job {0}", change.job().id()))
                .needs(Capability.UPDATE_JOB, change -> true)
                .request(change -> api.updateOtaJob(
                        instance,
                        change.job().id().value(),
                        change.ratePerMinute(),
                        change.targetSelection(),
                        change.upgradeType(),
                        change.timeoutMinutes().getOrNull(),
                        change.lists()))
                .json(ENVELOPE, (change, envelope) -> Either.right(change));

        cancelStrategy = Operation.<JobId>change("CancelOTAStrategyByJob")
                .subject(id -> Message.of("the end of continuous job {0}", id), id -> Message.of("job {0}", id))
                .valid(rules.jobId(), JobId::value)
                .request(id -> api.cancelOtaStrategyByJob(instance, id.value()))
                .json(ENVELOPE, (id, envelope) -> Either.right(id));

        cancelTasks = Operation.<TasksInStates>change("CancelOTATaskByJob")
                .subject(
                        tasks -> Message.of("the cancellation of job {0}", tasks.job()),
                        tasks -> Message.of("job {0}", tasks.job()))
                .valid(rules.jobId(), tasks -> tasks.job().value())
                .request(tasks -> {
                    Set<TaskState> states = tasks.states();
                    boolean isQueued = states.contains(TaskState.QUEUED);
                    // A job without a start has no scheduled tasks, and Tuya has neither of these parameters.
                    return api.cancelOtaTaskByJob(
                            instance,
                            tasks.job().value(),
                            (isQueued && tasks.isScheduled()) ? true : null,
                            states.contains(TaskState.AWAITING_CONFIRMATION),
                            isQueued,
                            states.contains(TaskState.NOTIFIED),
                            cancelsRunningTasks ? states.contains(TaskState.RUNNING) : null);
                })
                .json(ENVELOPE, (tasks, envelope) -> Either.right(tasks));

        cancelTasksOfDevices = Operation.<TasksOfDevices>change("CancelOTATaskByDevice")
                .subject(
                        tasks -> Message.of(
                                "the cancellation of {0} devices in job {1}",
                                tasks.devices().size(), tasks.job()),
                        tasks -> Message.of("job {0}", tasks.job()))
                .request(tasks -> api.cancelOtaTaskByDevice(
                        instance,
                        tasks.firmware().value(),
                        tasks.product().value(),
                        tasks.job().value(),
                        JobOperations.numbered("DeviceName", tasks.devices().map(DeviceId::value))))
                .json(ENVELOPE, (tasks, envelope) -> Either.right(tasks));

        confirmTasks = Operation.<Tasks>change("ConfirmOTATask")
                .subject(
                        tasks -> Message.of("the confirmation of tasks of job {0}", tasks.job()),
                        tasks -> Message.of("the tasks of job {0}", tasks.job()))
                .needs(Capability.CONFIRM_TASKS, tasks -> true)
                .request(tasks -> api.confirmOtaTask(instance, ids(tasks)))
                .json(ENVELOPE, (tasks, envelope) -> Either.right(tasks));

        reupgradeTasks = Operation.<Tasks>change("ReupgradeOTATask")
                .subject(
                        tasks -> Message.of("the retry of tasks of job {0}", tasks.job()),
                        tasks -> Message.of("the tasks of job {0}", tasks.job()))
                .needs(Capability.RETRY_TASKS, tasks -> true)
                .request(tasks -> api.reupgradeOtaTask(instance, tasks.job().value(), ids(tasks)))
                .json(ENVELOPE, (tasks, envelope) -> Either.right(tasks));
    }

    /** The operation that creates a job. */
    Operation<JobOrder, JobId> creationOf(JobOrder order) {
        return order.isVerification() ? createVerifyJob : order.isContinuous() ? createDynamicJob : createStaticJob;
    }

    private static Operation.Builder<JobOrder> creation(String name, Dialect.Rules rules) {
        return Operation.<JobOrder>change(name)
                .subject(
                        order -> Message.of("the creation of {0}", order.request()),
                        order -> Message.of(
                                "firmware {0}, or a device or group of the new job,",
                                order.request().firmware()))
                .needs(Capability.CREATE_JOB, order -> true)
                .needs(Capability.JOB_FOR_GROUP, order -> order.request().targets() instanceof JobTargets.Group)
                .needs(Capability.JOB_FOR_ALL, order -> order.request().targets() instanceof JobTargets.All)
                .needs(
                        Capability.JOB_FOR_PERCENTAGE,
                        order -> order.request().targets() instanceof JobTargets.Percentage)
                .needs(Capability.CONTINUOUS_JOB, JobOrder::isContinuous)
                .needs(
                        Capability.SOURCE_VERSIONS_OF_JOB,
                        order -> order.request().sourceVersions().nonEmpty())
                .needs(Capability.JOB_START, order -> order.request().start().isDefined())
                .needs(Capability.JOB_END, order -> order.request().end().isDefined())
                .needs(
                        Capability.JOB_RATE,
                        order -> order.request().ratePerMinute().isDefined())
                .needs(Capability.JOB_RETRIES, order -> order.request().retry().isDefined())
                .needs(
                        Capability.JOB_TIMEOUT,
                        order -> order.request().timeout().isDefined())
                .needs(Capability.CONFIRM_TASKS, order -> order.request().needsConfirmation())
                .needs(Capability.REPLACE_TASKS, order -> order.request().replacesPending())
                .needs(Capability.JOB_THROUGH_GATEWAYS, order -> order.request().throughGateways())
                .needs(Capability.JOB_TAGS, order -> order.request().tags().nonEmpty())
                .valid(rules.firmwareId(), order -> order.request().firmware().value());
    }

    private static java.util.Map<String, String> ids(Tasks tasks) {
        return JobOperations.numbered("TaskId", tasks.ids().map(TaskId::value));
    }
}
