package io.otabridge.aliyun.job.command;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.device.AliyunDeviceQuery;
import io.otabridge.aliyun.job.AliyunJobQuery;
import io.otabridge.client.BackendClient;
import io.otabridge.client.Operation;
import io.otabridge.client.OperationClient;
import io.otabridge.client.transfer.TransferClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.job.command.JobCreation;
import io.otabridge.domain.job.command.JobCreator;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.job.command.JobUpdate;
import io.otabridge.domain.job.command.TaskChanges;
import io.vavr.Lazy;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Creates, updates and cancels upgrade jobs, and retries and confirms their tasks. */
public final class AliyunJobCommands implements JobCommandPort {

    private final BackendClient backendClient;
    private final OperationClient client;
    private final JobCommandOperations operations;
    private final FirmwareQueryPort firmware;
    private final AliyunDeviceQuery devices;
    private final AliyunJobQuery jobs;
    private final Lazy<TransferClient> transfers;
    private final AliyunSettings settings;
    private final boolean isDryRun;

    public AliyunJobCommands(
            BackendClient backendClient,
            OperationClient client,
            JobCommandOperations operations,
            FirmwareQueryPort firmware,
            AliyunDeviceQuery devices,
            AliyunJobQuery jobs,
            Lazy<TransferClient> transfers,
            AliyunSettings settings) {
        this(backendClient, client, operations, firmware, devices, jobs, transfers, settings, false);
    }

    private AliyunJobCommands(
            BackendClient backendClient,
            OperationClient client,
            JobCommandOperations operations,
            FirmwareQueryPort firmware,
            AliyunDeviceQuery devices,
            AliyunJobQuery jobs,
            Lazy<TransferClient> transfers,
            AliyunSettings settings,
            boolean isDryRun) {
        this.backendClient = backendClient;
        this.client = client;
        this.operations = operations;
        this.firmware = firmware;
        this.devices = devices;
        this.jobs = jobs;
        this.transfers = transfers;
        this.settings = settings;
        this.isDryRun = isDryRun;
    }

    @Override
    public JobCommandPort dryRun() {
        return new AliyunJobCommands(
                backendClient, client.dryRun(), operations, firmware, devices, jobs, transfers, settings, true);
    }

    @Override
    public Either<OtaFailure, JobCreation> create(JobRequest request) {
        JobOrder order = JobOrder.of(request);
        Operation<JobOrder, JobId> operation = operations.creationOf(order);
        OperationContext origin = client.contextOf(operation);
        JobRules rules = new JobRules(origin, settings, backendClient.clock());
        return client.check(operation, order)
                .flatMap(valid -> rules.violation(request)
                        .<Either<OtaFailure, JobOrder>>map(Either::left)
                        .getOrElse(Either.right(valid)))
                .flatMap(valid -> firmware.find(request.firmware()))
                .flatMap(found -> found.product()
                        .map(product -> create(request, found, product.id(), origin, rules))
                        .getOrElse(() -> Either.left(withoutProduct(origin, found))));
    }

    private Either<OtaFailure, JobCreation> create(
            JobRequest request, Firmware found, ProductId product, OperationContext origin, JobRules rules) {
        JobSteps steps = new JobSteps(
                client,
                operations,
                jobs,
                new DeviceListUploader(backendClient, client, operations, transfers, settings),
                settings,
                rules,
                found,
                product,
                origin,
                backendClient.clock());
        return new JobCreator(origin, searchTime(request), settings.maxDevicesPerJob())
                .create(
                        request,
                        new JobCreator.Selection(requestedDevices(request, product), warnings(request)),
                        isDryRun,
                        steps)
                .mapLeft(failure ->
                        settings.dialect().hasJobTags() ? failure : withoutToken(failure, request, steps.known()));
    }

    /** A repeated call may create a second job, because a job is not found by its token. */
    private static OtaFailure withoutToken(OtaFailure failure, JobRequest request, List<JobId> known) {
        if (!(failure instanceof OtaFailure.OutcomeUnknown || failure instanceof OtaFailure.Cancelled)) {
            return failure;
        }
        Message advice = Message.of(
                "List the jobs of firmware {0}, and repeat the call only if the new job is not among them: the vendor"
                        + " stores no client token",
                request.firmware());
        return failure.withDetails(failure.details()
                .withAdvice(
                        known.isEmpty()
                                ? advice
                                : advice.and(Message.of("these jobs exist already: {0}", known.mkString(", ")))));
    }

    /** How long a job is looked for whose response was lost. Without a token, only listed devices lead to it. */
    private Duration searchTime(JobRequest request) {
        return canBeFound(request) ? settings.connection().callOptions().timeout() : Duration.ZERO;
    }

    private boolean canBeFound(JobRequest request) {
        return settings.dialect().hasJobTags() || request.targets() instanceof JobTargets.Devices;
    }

    private List<String> warnings(JobRequest request) {
        return canBeFound(request)
                ? List.empty()
                : List.of("the vendor stores no client token, so the job cannot be found if its response is lost;"
                        + " list the jobs of the package before you repeat the call");
    }

    /** How many devices are selected, as far as the platform's number of devices shows it. */
    private Option<Long> requestedDevices(JobRequest request, ProductId product) {
        if (request.targets() instanceof JobTargets.Devices listed) {
            return Option.some((long) listed.ids().size());
        }
        if (request.sourceVersions().nonEmpty()) {
            return Option.none();
        }
        if (request.targets() instanceof JobTargets.All) {
            return devices.count(product).toOption();
        }
        return request.targets() instanceof JobTargets.Percentage gray
                ? devices.count(product).toOption().map(count -> share(count, gray.percent()))
                : Option.none();
    }

    private static long share(long devices, BigDecimal percent) {
        return Math.max(
                1,
                BigDecimal.valueOf(devices)
                        .multiply(percent)
                        .divide(BigDecimal.valueOf(100), 0, RoundingMode.FLOOR)
                        .longValue());
    }

    @Override
    public Either<OtaFailure, TaskChanges> cancel(JobId job, TaskFilter tasks) {
        return taskCommands().cancel(job, tasks);
    }

    @Override
    public Either<OtaFailure, TaskChanges> retry(JobId job, TaskFilter tasks) {
        return taskCommands().retry(job, tasks);
    }

    @Override
    public Either<OtaFailure, TaskChanges> confirm(JobId job, TaskFilter tasks) {
        return taskCommands().confirm(job, tasks);
    }

    private TaskCommands taskCommands() {
        return new TaskCommands(client, operations, jobs);
    }

    @Override
    public Either<OtaFailure, UpgradeJob> update(JobId id, JobUpdate change) {
        OperationContext origin = client.contextOf(operations.updateJob);
        JobRules rules = new JobRules(origin, settings, backendClient.clock());
        return settings.capabilities()
                .require(origin, Capability.UPDATE_JOB)
                .flatMap(supported -> jobs.find(id))
                .flatMap(job -> rules.violation(job, change)
                        .<Either<OtaFailure, UpgradeJob>>map(Either::left)
                        .getOrElse(() -> update(new JobModification(job, change))));
    }

    private Either<OtaFailure, UpgradeJob> update(JobModification modification) {
        if (modification.isContained()) {
            return Either.right(modification.job());
        }
        Either<OtaFailure, UpgradeJob> changed =
                client.change(operations.updateJob, modification, modification).map(JobModification::result);
        // If the job cannot be read, the change is made nevertheless.
        return changed.isLeft() || isDryRun
                ? changed
                : jobs.find(modification.job().id()).orElse(changed);
    }

    private static OtaFailure withoutProduct(OperationContext origin, Firmware firmware) {
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                origin,
                Message.of("Backend {0} returned firmware {1} without its product", origin.backend(), firmware.id()),
                Message.of("Look at the package in the vendor's console; no job was created")));
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
