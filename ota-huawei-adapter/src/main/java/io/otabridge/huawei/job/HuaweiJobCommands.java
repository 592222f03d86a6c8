package io.otabridge.huawei.job;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.device.DeviceQueryPort;
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
import io.otabridge.domain.job.command.TaskChanges;
import io.otabridge.huawei.operation.HuaweiErrors;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;

/** Creates, cancels, retries, confirms and deletes upgrade jobs of IoTDA. */
public final class HuaweiJobCommands implements JobCommandPort {

    /** The documented maximum of {@code targets}. */
    private static final int MAX_DEVICES = 30_000;

    private static final JobId NONE = JobId.of("0");

    private final OperationClient client;
    private final JobOperations operations;
    private final HuaweiJobQuery jobs;
    private final FirmwareQueryPort firmware;
    private final DeviceQueryPort devices;
    private final Duration deadline;
    private final boolean isDryRun;

    /**
     * Creates the port.
     *
     * @param devices lists the devices of a product for a job for all of them
     * @param deadline how long a job is looked for after a lost response
     */
    public HuaweiJobCommands(
            OperationClient client,
            JobOperations operations,
            HuaweiJobQuery jobs,
            FirmwareQueryPort firmware,
            DeviceQueryPort devices,
            Duration deadline) {
        this(client, operations, jobs, firmware, devices, deadline, false);
    }

    private HuaweiJobCommands(
            OperationClient client,
            JobOperations operations,
            HuaweiJobQuery jobs,
            FirmwareQueryPort firmware,
            DeviceQueryPort devices,
            Duration deadline,
            boolean isDryRun) {
        this.client = client;
        this.operations = operations;
        this.jobs = jobs;
        this.firmware = firmware;
        this.devices = devices;
        this.deadline = deadline;
        this.isDryRun = isDryRun;
    }

    @Override
    public JobCommandPort dryRun() {
        return new HuaweiJobCommands(client.dryRun(), operations, jobs, firmware, devices, deadline, true);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The package is read first, because its type selects the type of the batch task. A job for all devices of a
     * product lists the devices that exist now.
     */
    @Override
    public Either<OtaFailure, JobCreation> create(JobRequest request) {
        JobRules rules = new JobRules(client, operations, jobs.clock());
        return rules.check(request)
                .flatMap(valid -> firmware.find(valid.firmware()))
                .flatMap(found -> rules.check(request, found)
                        .flatMap(type -> withDevices(request, found, rules).flatMap(asFound -> {
                            Steps steps = new Steps(type);
                            Either<OtaFailure, List<UpgradeJob>> existing =
                                    request.start().isDefined() ? steps.find(asFound) : Either.right(List.empty());
                            return existing.flatMap(
                                            known -> rules.checkStart(asFound, known.size() >= parts(request, asFound)))
                                    .flatMap(
                                            valid -> create(valid, request.targets() instanceof JobTargets.All, steps));
                        })));
    }

    /**
     * How many jobs hold the devices of a request. If the devices were listed for this call, they may be others now, so
     * nothing is created if one of the jobs exists.
     */
    private static int parts(JobRequest request, JobRequest asFound) {
        if (request.targets() instanceof JobTargets.All) {
            return 1;
        }
        return asFound.targets() instanceof JobTargets.Devices listed
                ? (listed.ids().size() + MAX_DEVICES - 1) / MAX_DEVICES
                : 1;
    }

    @Override
    public Either<OtaFailure, JobRequest> listDevices(JobRequest request) {
        JobRules rules = new JobRules(client, operations, jobs.clock());
        return !(request.targets() instanceof JobTargets.All)
                ? Either.right(request)
                : rules.check(request)
                        .flatMap(valid -> firmware.find(valid.firmware()))
                        .flatMap(found -> withDevices(request, found, rules))
                        .map(listed -> listed.targets() instanceof JobTargets.Devices devices
                                ? request.withTargets(new JobTargets.All(devices.ids()))
                                : listed);
    }

    private Either<OtaFailure, JobCreation> create(JobRequest request, boolean isForAll, Steps steps) {
        Option<Long> requested = request.targets() instanceof JobTargets.Devices listed
                ? Option.some((long) listed.ids().size())
                : Option.none();
        List<String> warnings = isForAll
                ? List.of("Huawei Cloud IoTDA has no job for all devices of a product: the job is for the "
                        + requested.get() + " devices that the product has now")
                : List.empty();
        return new JobCreator(client.contextOf(operations.createJob), deadline, MAX_DEVICES)
                .create(request, new JobCreator.Selection(requested, warnings, isForAll), isDryRun, steps);
    }

    /** The request with the vendor's spelling of the package id, and with the devices of the product. */
    private Either<OtaFailure, JobRequest> withDevices(JobRequest request, Firmware found, JobRules rules) {
        if (!(request.targets() instanceof JobTargets.All all)) {
            return Either.right(with(request, found, request.targets()));
        }
        if (all.listed().nonEmpty()) {
            return Either.right(with(request, found, JobTargets.devices(all.listed())));
        }
        return found.product()
                .map(product ->
                        devices.list(DeviceFilter.ofProduct(product.id())).toList())
                .getOrElse(() -> rules.rejected(
                        Message.of("Firmware {0} does not state its product, so its devices are unknown", found.id()),
                        "Name the devices, or a device group; nothing was created"))
                .flatMap(existing -> existing.isEmpty()
                        ? rules.rejected(
                                Message.of("The product of firmware {0} has no devices", found.id()),
                                "Register devices first; nothing was created")
                        : Either.right(with(request, found, JobTargets.devices(existing.map(Device::id)))));
    }

    private static JobRequest with(JobRequest request, Firmware found, JobTargets targets) {
        return new JobRequest(
                found.id(),
                request.kind(),
                targets,
                request.token(),
                request.sourceVersions(),
                request.start(),
                request.end(),
                request.ratePerMinute(),
                request.retry(),
                request.timeout(),
                request.needsConfirmation(),
                request.replacesPending(),
                request.throughGateways(),
                request.tags());
    }

    /** The steps of a creation. */
    private final class Steps implements JobCreator.VendorSteps {

        private final String type;

        Steps(String type) {
            this.type = type;
        }

        /** Only jobs of the package's type can be those of an earlier attempt. */
        @Override
        public Either<OtaFailure, List<UpgradeJob>> find(JobRequest request) {
            return jobs.findByToken(request.token(), List.of(type));
        }

        @Override
        public Either<OtaFailure, JobId> create(JobRequest request) {
            return client.change(operations.createJob, new JobOperations.NewTask(request, type), NONE)
                    .mapLeft(this::explained);
        }

        /** Whether newer platforms still accept {@code package_id} is not documented. */
        private OtaFailure explained(OtaFailure failure) {
            boolean mayBeDocument = failure instanceof OtaFailure.Rejected
                    && failure.vendorCode().exists(HuaweiErrors.UNKNOWN_TYPE::contains);
            return mayBeDocument
                    ? failure.withDetails(failure.details()
                            .withMoreAdvice(
                                    type.equals(TaskType.MODULE)
                                            ? Message.of("older platforms have no jobs for modules")
                                            : Message.of("newer platforms may need job-document: package-ids")))
                    : failure;
        }

        /** The task of a device that has the version succeeds. */
        @Override
        public boolean makesTaskForEachDevice() {
            return true;
        }

        @Override
        public Either<OtaFailure, UpgradeJob> read(JobId id) {
            return jobs.find(id);
        }

        /** The vendor sends the number with the job. */
        @Override
        public Either<OtaFailure, Option<Long>> countTasks(List<UpgradeJob> created) {
            return Either.right(Option.none());
        }
    }

    @Override
    public Either<OtaFailure, TaskChanges> cancel(JobId job, TaskFilter tasks) {
        return command(TaskCommand.Kind.CANCEL, job, tasks);
    }

    @Override
    public Either<OtaFailure, TaskChanges> retry(JobId job, TaskFilter tasks) {
        return command(TaskCommand.Kind.RETRY, job, tasks);
    }

    @Override
    public Either<OtaFailure, TaskChanges> confirm(JobId job, TaskFilter tasks) {
        return command(TaskCommand.Kind.CONFIRM, job, tasks);
    }

    private Either<OtaFailure, TaskChanges> command(TaskCommand.Kind kind, JobId id, TaskFilter tasks) {
        return jobs.find(id)
                .flatMap(job -> new TaskCommand(client, operations, jobs, kind, job, tasks, isDryRun).execute());
    }

    @Override
    public Either<OtaFailure, DeleteResult> delete(JobId id) {
        Either<OtaFailure, UpgradeJob> found = jobs.find(id);
        if (found.isLeft()) {
            return found.getLeft() instanceof OtaFailure.NotFound
                    ? Either.right(DeleteResult.NOT_FOUND)
                    : Either.left(found.getLeft());
        }
        return found.get().isFinal()
                ? client.delete(operations.deleteJob, id, () -> jobs.find(id))
                : Either.left(new OtaFailure.Rejected(FailureDetails.of(
                        client.contextOf(operations.deleteJob),
                        Message.of(
                                "Job {0} has not ended; its status is {1}",
                                id, found.get().state().raw()),
                        Message.of("Cancel it, or wait until it ends; nothing was deleted"))));
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
