package io.otabridge.contracts;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.job.command.JobUpdate;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** The calls of each operation, with arguments that need not exist at the vendor. */
final class CapabilityCalls {

    private static final ProductId PRODUCT = ProductId.of("any");
    private static final FirmwareId ID = FirmwareId.of("any");
    private static final ModuleRef BY_NAME = ModuleRef.named(PRODUCT, ModuleName.of("MCU"));
    private static final FirmwareUpdate UPDATE = new FirmwareUpdate(Option.none(), Option.some("text"), Option.none());
    private static final Artifact ARTIFACT = Artifact.of("app.bin", new byte[] {1});
    private static final FileLocation.ObjectStore OBJECT =
            new FileLocation.ObjectStore(Option.none(), Option.some("any-bucket"), Option.some("app.bin"));
    private static final UnfinishedUpload UPLOAD = new UnfinishedUpload("any", OBJECT, Option.none());
    private static final NewFirmware FIRMWARE = NewFirmware.full(
                    FirmwareCoordinates.of(PRODUCT, ModuleName.of("MCU"), FirmwareVersion.of("1.0.0")))
            .build();
    private static final NewFirmware RESTRICTED = NewFirmware.full(FIRMWARE.coordinates())
            .sourceVersion(FirmwareVersion.of("0.9.0"))
            .build();
    private static final FirmwareFilter ALL = FirmwareFilter.all();
    private static final FirmwareFilter SOFTWARE = ALL.product(PRODUCT).target(FirmwareTarget.software());

    private static final FirmwareVersion VERSION = FirmwareVersion.of("0.9.0");
    private static final DeviceRef DEVICE = DeviceRef.of(PRODUCT, DeviceId.of("any"));
    private static final DeviceFilter DEVICES = DeviceFilter.ofProduct(PRODUCT);
    private static final JobId JOB = JobId.of("any");
    private static final ClientToken TOKEN = ClientToken.of("any");

    private CapabilityCalls() {}

    /** Returns the calls that a backend without this capability must not support; empty for facts in responses. */
    static List<Function<Backend, Either<OtaFailure, ?>>> of(Capability capability) {
        return switch (capability) {
            case FIND_MODULE_BY_ID -> List.of(backend -> backend.modules().find(ModuleRef.id("any")));
            case FIND_MODULE_BY_NAME -> List.of(backend -> backend.modules().find(BY_NAME));
            case LIST_MODULES ->
                List.of(
                        backend -> backend.modules().list(PRODUCT).page(PageToken.FIRST),
                        backend -> backend.modules().list(PRODUCT).toList());
            case CREATE_MODULE ->
                List.of(
                        backend -> backend.moduleCommands().create(NewModule.named(PRODUCT, ModuleName.of("MCU"))),
                        backend -> backend.moduleCommands()
                                .dryRun()
                                .create(NewModule.named(PRODUCT, ModuleName.of("MCU"))));
            case UPDATE_MODULE ->
                List.of(
                        backend -> backend.moduleCommands().update(BY_NAME, ModuleUpdate.alias("text")),
                        backend -> backend.moduleCommands().dryRun().update(BY_NAME, ModuleUpdate.alias("text")));
            case DELETE_MODULE ->
                List.of(
                        backend -> backend.moduleCommands().delete(BY_NAME),
                        backend -> backend.moduleCommands().dryRun().delete(BY_NAME));
            case FIND_FIRMWARE -> List.of(backend -> backend.firmware().find(ID));
            case LIST_FIRMWARE ->
                List.of(
                        backend -> backend.firmware().list(ALL).page(PageToken.FIRST),
                        backend -> backend.firmware().list(ALL).toList(),
                        backend -> backend.firmware().newest(ALL, FirmwareOrder.byCreation()),
                        backend -> backend.firmware().find(FIRMWARE.coordinates()));
            case SOFTWARE_PACKAGES ->
                List.of(
                        backend -> backend.firmware().list(SOFTWARE).toList(),
                        backend -> backend.firmware().newest(SOFTWARE, FirmwareOrder.byCreation()));
            case DOWNLOAD_FIRMWARE ->
                List.of(backend -> backend.firmware().download(ID, Download.to(Path.of("never-written.bin"))));
            case DELETE_FIRMWARE ->
                List.of(
                        backend -> backend.firmwareCommands().delete(ID),
                        backend -> backend.firmwareCommands().dryRun().delete(ID));
            case PUBLISH_FIRMWARE ->
                List.of(
                        backend -> backend.firmwareCommands().publish(FIRMWARE, ARTIFACT),
                        backend -> backend.firmwareCommands().dryRun().publish(FIRMWARE, ARTIFACT));
            case SEVERAL_FILES ->
                List.of(backend -> backend.firmwareCommands()
                        .publish(FIRMWARE, ARTIFACT, Artifact.of("font.bin", new byte[] {2})));
            case SOURCE_VERSIONS_OF_FULL_IMAGE ->
                List.of(backend -> backend.firmwareCommands().publish(RESTRICTED, ARTIFACT));
            case PUBLISH_STORED_FILE ->
                List.of(
                        backend -> backend.firmwareCommands().publish(FIRMWARE, OBJECT),
                        backend -> backend.firmwareCommands().dryRun().publish(FIRMWARE, OBJECT));
            case UPDATE_FIRMWARE ->
                List.of(
                        backend -> backend.firmwareCommands().update(ID, UPDATE),
                        backend -> backend.firmwareCommands().dryRun().update(ID, UPDATE));
            case DELETE_STORED_FILE ->
                List.of(
                        backend -> backend.firmwareCommands().deleteWithFile(ID),
                        backend -> backend.firmwareCommands().dryRun().deleteWithFile(ID));
            case UNFINISHED_UPLOADS ->
                List.of(
                        backend -> backend.firmwareCommands().unfinishedUploads(),
                        backend -> backend.firmwareCommands().abort(UPLOAD),
                        backend -> backend.firmwareCommands().dryRun().abort(UPLOAD));
            case LIST_PRODUCTS ->
                List.of(
                        backend -> backend.products().list().page(PageToken.FIRST),
                        backend -> backend.products().list().toList());
            case LIST_DEVICE_GROUPS ->
                List.of(
                        backend -> backend.deviceGroups().list().page(PageToken.FIRST),
                        backend -> backend.deviceGroups().list().toList());
            case FIND_DEVICE -> List.of(backend -> backend.devices().find(DEVICE));
            case LIST_DEVICES ->
                List.of(
                        backend -> backend.devices().list(DEVICES).page(PageToken.FIRST),
                        backend -> backend.devices().list(DEVICES).toList());
            case FIND_DEVICES_BY_VERSION ->
                List.of(backend -> backend.devices()
                        .list(DEVICES.installed(FirmwareTarget.wholeDevice(), VERSION))
                        .toList());
            case FIND_JOB ->
                List.of(
                        backend -> backend.jobs().find(JOB),
                        backend -> backend.jobs().counts(JOB));
            case FIND_JOB_BY_TOKEN ->
                List.of(
                        backend -> backend.jobs().findByToken(TOKEN),
                        backend -> backend.jobs().findByToken(TOKEN, ID));
            case LIST_JOBS ->
                List.of(
                        backend -> backend.jobs().list(JobFilter.all()).page(PageToken.FIRST),
                        backend -> backend.jobs().list(JobFilter.all()).toList());
            case LIST_JOBS_OF_DEVICE ->
                List.of(backend -> backend.jobs()
                        .list(JobFilter.all().firmware(ID).product(PRODUCT).device(DEVICE))
                        .toList());
            case LIST_TASKS ->
                List.of(
                        backend -> backend.jobs().tasks(JOB, TaskFilter.all()).page(PageToken.FIRST),
                        backend -> backend.jobs().tasks(JOB, TaskFilter.all()).toList(),
                        backend -> backend.jobs().estimate(JOB, TaskFilter.all()));
            case LIST_UNFINISHED_TASKS -> List.of(backend -> backend.jobs().unfinishedTasks(DEVICE));
            case CREATE_JOB -> creations(job());
            case VERIFY_FIRMWARE -> creations(JobRequest.verification(ID, List.of(DEVICE.id())));
            case JOB_FOR_GROUP -> creations(JobRequest.upgrade(ID, JobTargets.group(DeviceGroupId.of("any"))));
            case JOB_FOR_ALL -> creations(JobRequest.upgrade(ID, JobTargets.all()));
            case JOB_FOR_PERCENTAGE -> creations(JobRequest.upgrade(ID, JobTargets.percentage(BigDecimal.TEN)));
            case CONTINUOUS_JOB ->
                creations(JobRequest.upgrade(ID, JobTargets.continuous()).sourceVersion(VERSION));
            case SOURCE_VERSIONS_OF_JOB ->
                creations(JobRequest.upgrade(ID, JobTargets.all()).sourceVersion(VERSION));
            case JOB_START -> creations(job().start(Instant.MAX));
            case JOB_END -> creations(job().start(Instant.EPOCH).end(Instant.MAX));
            case JOB_RATE -> creations(job().ratePerMinute(100));
            case JOB_RETRIES -> creations(job().retry(new RetryPolicy(1, Duration.ZERO)));
            case JOB_TIMEOUT -> creations(job().timeout(Duration.ofHours(1)));
            case CONFIRM_TASKS ->
                creations(job().needsConfirmation(true))
                        .appendAll(List.of(
                                backend -> backend.jobCommands().confirm(JOB, TaskFilter.all()),
                                backend -> backend.jobCommands().dryRun().confirm(JOB, TaskFilter.all())));
            case REPLACE_TASKS -> creations(job().replacesPending(true));
            case JOB_THROUGH_GATEWAYS -> creations(job().throughGateways(true));
            case JOB_TAGS -> creations(job().tag("key", "value"));
            case CANCEL_JOB ->
                List.of(
                        backend -> backend.jobCommands().cancel(JOB, TaskFilter.all()),
                        backend -> backend.jobCommands().dryRun().cancel(JOB, TaskFilter.all()));
            case RETRY_TASKS ->
                List.of(
                        backend -> backend.jobCommands().retry(JOB, TaskFilter.all()),
                        backend -> backend.jobCommands().dryRun().retry(JOB, TaskFilter.all()));
            case UPDATE_JOB ->
                List.of(
                        backend -> backend.jobCommands().update(JOB, JobUpdate.none()),
                        backend -> backend.jobCommands().dryRun().update(JOB, JobUpdate.none()));
            case DELETE_JOB ->
                List.of(
                        backend -> backend.jobCommands().delete(JOB),
                        backend -> backend.jobCommands().dryRun().delete(JOB));
            case VERIFICATION, UPDATE_KIND, CONTENT_IN_LISTS, TASK_PROGRESS, FIRMWARE_NAMES -> List.empty();
        };
    }

    private static JobRequest.Builder job() {
        return JobRequest.upgrade(ID, JobTargets.devices(List.of(DEVICE.id())));
    }

    private static List<Function<Backend, Either<OtaFailure, ?>>> creations(JobRequest.Builder request) {
        JobRequest job = request.build();
        return List.of(
                backend -> backend.jobCommands().create(job),
                backend -> backend.jobCommands().dryRun().create(job));
    }

    /** Returns the capability that these calls need in addition. Without it they name that one as missing. */
    static Option<Capability> prerequisite(Capability capability) {
        return switch (capability) {
            case SOFTWARE_PACKAGES -> Option.some(Capability.LIST_FIRMWARE);
            case SEVERAL_FILES, SOURCE_VERSIONS_OF_FULL_IMAGE -> Option.some(Capability.PUBLISH_FIRMWARE);
            case FIND_DEVICES_BY_VERSION -> Option.some(Capability.LIST_DEVICES);
            case LIST_JOBS_OF_DEVICE -> Option.some(Capability.LIST_JOBS);
            case JOB_FOR_GROUP,
                    JOB_FOR_ALL,
                    JOB_FOR_PERCENTAGE,
                    CONTINUOUS_JOB,
                    JOB_START,
                    JOB_RATE,
                    JOB_RETRIES,
                    JOB_TIMEOUT,
                    CONFIRM_TASKS,
                    REPLACE_TASKS,
                    JOB_THROUGH_GATEWAYS,
                    JOB_TAGS -> Option.some(Capability.CREATE_JOB);
            case SOURCE_VERSIONS_OF_JOB -> Option.some(Capability.JOB_FOR_ALL);
            case JOB_END -> Option.some(Capability.JOB_START);
            default -> Option.none();
        };
    }
}
