package io.otabridge.aliyun.job.command;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.job.AliyunJobQuery;
import io.otabridge.aliyun.operation.AliyunErrors;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.JobCreator;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

/** The steps of one creation. Used by one thread. */
final class JobSteps implements JobCreator.VendorSteps {

    /** Never returned, because a dry run ends before the creation. */
    private static final JobId NO_ID = JobId.of("none");

    private final OperationClient client;
    private final JobCommandOperations operations;
    private final AliyunJobQuery jobs;
    private final DeviceListUploader lists;
    private final AliyunSettings settings;
    private final JobRules rules;
    private final Firmware firmware;
    private final ProductId product;
    private final DeviceJobFinder finder;
    private final Set<JobId> otherJobs = new HashSet<>();
    private List<JobId> known = List.empty();

    JobSteps(
            OperationClient client,
            JobCommandOperations operations,
            AliyunJobQuery jobs,
            DeviceListUploader lists,
            AliyunSettings settings,
            JobRules rules,
            Firmware firmware,
            ProductId product,
            OperationContext origin,
            Clock clock) {
        this.client = client;
        this.operations = operations;
        this.jobs = jobs;
        this.lists = lists;
        this.settings = settings;
        this.rules = rules;
        this.firmware = firmware;
        this.product = product;
        this.finder = new DeviceJobFinder(origin, jobs, product, clock);
    }

    @Override
    public boolean storesTokens() {
        return settings.dialect().hasJobTags();
    }

    /** Only a job that does not exist yet needs a package that permits it. */
    @Override
    public Either<OtaFailure, List<UpgradeJob>> find(JobRequest request) {
        return (storesTokens()
                        ? jobs.findByToken(request.token(), JobFilter.all().firmware(request.firmware()), otherJobs)
                        : finder.find(request))
                .flatMap(found -> found.isEmpty()
                        ? rules.violation(request, firmware)
                                .<Either<OtaFailure, List<UpgradeJob>>>map(Either::left)
                                .getOrElse(Either.right(found))
                        : Either.right(found))
                .peek(found ->
                        known = known.appendAll(found.map(UpgradeJob::id)).distinct());
    }

    /** The jobs that were found or created. */
    List<JobId> known() {
        return known;
    }

    @Override
    public Either<OtaFailure, JobId> create(JobRequest request) {
        List<String> names = JobOrder.of(request).deviceNames();
        Either<OtaFailure, Option<String>> list = names.size() > AliyunSettings.MAX_NAMED_DEVICES
                ? lists.upload(names).mapLeft(JobSteps::beforeCreation).map(Option::some)
                : Either.right(Option.none());
        return list.flatMap(url -> {
            JobOrder order = new JobOrder(request, Option.some(product), url);
            finder.creationIsSent();
            return client.change(operations.creationOf(order), order, NO_ID).peek(id -> known = known.append(id));
        });
    }

    /** A job has no counts, so the first of its tasks are compared. Devices that have the version have none. */
    @Override
    public Either<OtaFailure, Option<Message>> difference(JobRequest part, UpgradeJob job) {
        if (!(part.targets() instanceof JobTargets.Devices devices)) {
            return Either.right(Option.none());
        }
        int requested = devices.ids().size();
        io.vavr.collection.Set<DeviceId> ids = devices.ids().toSet();
        return jobs.firstTasks(job.id())
                .map(page -> page.total()
                        .filter(tasks -> tasks > requested)
                        .map(tasks -> Message.of("{0} instead of {1} devices", tasks, requested))
                        .orElse(page.entries()
                                .map(UpgradeTask::device)
                                .find(device -> !ids.contains(device))
                                .map(device -> Message.of("other devices, such as {0}", device))));
    }

    @Override
    public boolean isRefusal(OtaFailure failure) {
        return AliyunErrors.isBusy(failure);
    }

    @Override
    public boolean isNotNeeded(OtaFailure failure) {
        return failure.vendorCode().exists(code -> code.endsWith("NoDeviceCanUpgrade"));
    }

    /** A list without a job has no effect, so the creation does not have an unknown outcome. */
    private static OtaFailure beforeCreation(OtaFailure failure) {
        FailureDetails details = failure.details().withMoreAdvice(Message.of("no job was created"));
        return failure instanceof OtaFailure.OutcomeUnknown || failure instanceof OtaFailure.UnreadableResponse
                ? new OtaFailure.Unavailable(details)
                : failure.withDetails(details);
    }

    @Override
    public Either<OtaFailure, UpgradeJob> read(JobId id) {
        return jobs.find(id);
    }

    /** The number is unknown while a job is scheduled or has no tasks, because the vendor may create the tasks later. */
    @Override
    public Either<OtaFailure, Option<Long>> countTasks(List<UpgradeJob> created) {
        if (created.exists(job -> job.state().is(JobState.SCHEDULED))) {
            return Either.right(Option.none());
        }
        Either<OtaFailure, Seq<Long>> counts =
                Either.sequenceRight(created.map(job -> jobs.count(job.id(), Option.none())));
        return counts.map(numbers -> Option.when(
                numbers.forAll(number -> number > 0), () -> numbers.sum().longValue()));
    }
}
