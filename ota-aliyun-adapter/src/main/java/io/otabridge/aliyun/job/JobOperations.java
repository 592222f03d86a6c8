package io.otabridge.aliyun.job;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.operation.NumberedPageCursor;
import io.otabridge.aliyun.operation.NumberedPages;
import io.otabridge.aliyun.wire.job.JobApi;
import io.otabridge.aliyun.wire.job.JobDto;
import io.otabridge.aliyun.wire.job.TaskDto;
import io.otabridge.client.Operation;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.Message;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.page.VendorPage;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of the platform that read jobs and tasks, as described in the documents of the same names. */
public final class JobOperations {

    /** The maximum in the document "ListOTATaskByJob". */
    static final int TASK_PAGE_SIZE = 100;

    /** The maximum number of names in the document "ListOTATaskByJob". */
    static final int MAX_NAMES = 50;

    /** The maximum in the document "ListOTAJobByFirmware". */
    private static final int JOB_PAGE_SIZE = 200;

    /** The maximum in the document "ListOTAJobByDevice". */
    private static final int DEVICE_JOB_PAGE_SIZE = 100;

    private static final LenientJsonReader<JobDto.Response> JOB = LenientJsonReader.of(JobDto.Response.class);
    private static final LenientJsonReader<JobDto.PageDto> JOBS = LenientJsonReader.of(JobDto.PageDto.class);
    private static final LenientJsonReader<TaskDto.PageDto> TASKS = LenientJsonReader.of(TaskDto.PageDto.class);

    /** A page of the jobs of a package. */
    record FirmwareJobs(FirmwareId firmware, NumberedPageCursor cursor) {}

    /** A page of the jobs of a package that have a task for a device. */
    record DeviceJobs(FirmwareId firmware, ProductId product, DeviceId device, NumberedPageCursor cursor) {}

    /**
     * A page of the tasks of a job.
     *
     * @param state only tasks with this {@code TaskStatus}; absent for all
     */
    record TaskPage(JobId job, Option<String> state, NumberedPageCursor cursor) {}

    /** The tasks of some devices, at most {@value #MAX_NAMES}. */
    record DeviceTasks(JobId job, Seq<DeviceId> devices) {}

    /** The number of tasks with one {@code TaskStatus}, or of all. */
    record TaskCount(JobId job, Option<String> state) {}

    final Operation<JobId, UpgradeJob> queryJob;
    final Operation<FirmwareJobs, VendorPage<UpgradeJob>> listJobsByFirmware;
    final Operation<DeviceJobs, VendorPage<UpgradeJob>> listJobsByDevice;
    final Operation<TaskPage, VendorPage<UpgradeTask>> listTasks;
    final Operation<DeviceTasks, List<UpgradeTask>> listTasksOfDevices;
    final Operation<TaskCount, Long> countTasks;
    final Operation<DeviceRef, List<UpgradeTask>> listUnfinishedTasks;

    /** @param redactor hides secrets in the texts of devices */
    public JobOperations(JobApi api, AliyunSettings settings, Redactor redactor) {
        @Nullable String instance = settings.instanceId().getOrNull();
        Dialect.Rules rules = settings.dialect().rules();

        queryJob = Operation.<JobId>read("QueryOTAJob")
                .subject("job {0}", JobId::value)
                .valid(rules.jobId(), JobId::value)
                .request(id -> api.queryOtaJob(instance, id.value()))
                .json(JOB, (id, dto) -> JobMapping.toJob(dto, redactor).flatMap(job -> requireId(id, job)));

        listJobsByFirmware = Operation.<FirmwareJobs>read("ListOTAJobByFirmware")
                .subject(
                        page -> Message.of(
                                "jobs of firmware {0} (page {1})",
                                page.firmware(), page.cursor().number()),
                        page -> Message.of("firmware {0}", page.firmware()))
                .valid(rules.firmwareId(), page -> page.firmware().value())
                .inBulk(page -> page.cursor().number() > 1)
                .request(page -> api.listOtaJobByFirmware(
                        instance, page.firmware().value(), page.cursor().number(), JOB_PAGE_SIZE))
                .json(
                        JOBS,
                        (page, dto) -> JobMapping.toJobs(dto, redactor)
                                .flatMap(jobs -> requireFirmware(page.firmware(), jobs))
                                .flatMap(jobs -> NumberedPages.toPage(dto, page.cursor(), jobs, JOB_PAGE_SIZE)));

        listJobsByDevice = Operation.<DeviceJobs>read("ListOTAJobByDevice")
                .subject(page -> Message.of(
                        "jobs of firmware {0} with {1} (page {2})",
                        page.firmware(),
                        DeviceRef.of(page.product(), page.device()),
                        page.cursor().number()))
                .valid(rules.firmwareId(), page -> page.firmware().value())
                .valid(rules.deviceName(), page -> page.device().value())
                .request(page -> api.listOtaJobByDevice(
                        instance,
                        page.firmware().value(),
                        page.product().value(),
                        page.device().value(),
                        page.cursor().number(),
                        DEVICE_JOB_PAGE_SIZE))
                .json(
                        JOBS,
                        (page, dto) -> JobMapping.toJobs(dto, redactor)
                                .flatMap(jobs -> requireFirmware(page.firmware(), jobs))
                                .flatMap(jobs -> NumberedPages.toPage(dto, page.cursor(), jobs, DEVICE_JOB_PAGE_SIZE)));

        listTasks = Operation.<TaskPage>read("ListOTATaskByJob")
                .subject(
                        page -> Message.of(
                                "tasks of job {0} (page {1})",
                                page.job(), page.cursor().number()),
                        page -> Message.of("job {0}", page.job()))
                .valid(rules.jobId(), page -> page.job().value())
                .inBulk(page -> page.cursor().number() > 1)
                .request(page -> api.listOtaTaskByJob(
                        instance,
                        page.job().value(),
                        page.state().getOrNull(),
                        page.cursor().number(),
                        TASK_PAGE_SIZE,
                        Map.of()))
                .json(
                        TASKS,
                        (page, dto) -> TaskMapping.toTasks(dto, Option.some(page.job()), redactor)
                                .flatMap(tasks -> NumberedPages.toPage(dto, page.cursor(), tasks, TASK_PAGE_SIZE)));

        listTasksOfDevices = Operation.<DeviceTasks>read("ListOTATaskByJob")
                .subject(
                        query -> Message.of(
                                "tasks of {0} devices in job {1}",
                                query.devices().size(), query.job()),
                        query -> Message.of("job {0}", query.job()))
                .valid(rules.jobId(), query -> query.job().value())
                .request(query -> api.listOtaTaskByJob(
                        instance,
                        query.job().value(),
                        null,
                        1,
                        TASK_PAGE_SIZE,
                        numbered("DeviceNames", query.devices().map(DeviceId::value))))
                .json(
                        TASKS,
                        (query, dto) -> TaskMapping.toTasks(dto, Option.some(query.job()), redactor)
                                .flatMap(tasks -> requireDevices(query.devices(), tasks))
                                .flatMap(tasks -> requireAll(dto, tasks)));

        countTasks = Operation.<TaskCount>read("ListOTATaskByJob")
                .subject(
                        count -> Message.of("the number of tasks of job {0}", count.job()),
                        count -> Message.of("job {0}", count.job()))
                .valid(rules.jobId(), count -> count.job().value())
                .request(count -> api.listOtaTaskByJob(
                        instance, count.job().value(), count.state().getOrNull(), 1, 1, Map.of()))
                .json(TASKS, (count, dto) -> dto.announcedTotal().toEither("member Total is missing"));

        listUnfinishedTasks = Operation.<DeviceRef>read("ListOTAUnfinishedTaskByDevice")
                .subject(device -> Message.of("unfinished tasks of {0}", device), device -> Message.of("{0}", device))
                .valid(rules.deviceName(), device -> device.id().value())
                .request(device -> api.listOtaUnfinishedTaskByDevice(
                        instance,
                        device.product().map(ProductId::value).getOrElse(""),
                        device.id().value()))
                .json(
                        TASKS,
                        (device, dto) -> TaskMapping.toUnfinishedTasks(dto, redactor)
                                .flatMap(tasks -> requireDevices(List.of(device.id()), tasks)));
    }

    /** The elements of a list as parameters, such as {@code DeviceName.1}. */
    public static Map<String, String> numbered(String name, Iterable<String> elements) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int number = 1;
        for (String element : elements) {
            parameters.put(name + "." + number++, element);
        }
        return parameters;
    }

    private static Either<String, UpgradeJob> requireId(JobId id, UpgradeJob job) {
        return job.id().equals(id)
                ? Either.right(job)
                : Either.left("requested job " + id + ", received job " + job.id());
    }

    private static Either<String, List<UpgradeJob>> requireFirmware(FirmwareId firmware, List<UpgradeJob> jobs) {
        return jobs.find(job -> !job.firmware().forAll(firmware::equals))
                .<Either<String, List<UpgradeJob>>>map(other -> Either.left("requested jobs of firmware " + firmware
                        + ", received a job of firmware " + other.firmware().head()))
                .getOrElse(Either.right(jobs));
    }

    /** The documents do not name a limit for the tasks of named devices, but a response may end at the page size. */
    private static Either<String, List<UpgradeTask>> requireAll(TaskDto.PageDto dto, List<UpgradeTask> tasks) {
        return dto.announcedTotal()
                .filter(total -> tasks.size() == TASK_PAGE_SIZE && total > TASK_PAGE_SIZE)
                .<Either<String, List<UpgradeTask>>>map(
                        total -> Either.left("announced " + total + " tasks and sent " + tasks.size()))
                .getOrElse(Either.right(tasks));
    }

    private static Either<String, List<UpgradeTask>> requireDevices(Seq<DeviceId> devices, List<UpgradeTask> tasks) {
        return tasks.find(task -> !devices.contains(task.device()))
                .<Either<String, List<UpgradeTask>>>map(other ->
                        Either.left("received a task of device " + other.device() + ", which was not requested"))
                .getOrElse(Either.right(tasks));
    }
}
