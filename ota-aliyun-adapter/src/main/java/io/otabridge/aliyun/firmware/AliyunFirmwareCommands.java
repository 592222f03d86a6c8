package io.otabridge.aliyun.firmware;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.operation.AliyunErrors;
import io.otabridge.aliyun.operation.AliyunOperations;
import io.otabridge.aliyun.operation.FirmwareCreation;
import io.otabridge.aliyun.operation.FirmwareModification;
import io.otabridge.aliyun.upload.FileUploader;
import io.otabridge.client.BackendClient;
import io.otabridge.client.OperationClient;
import io.otabridge.client.transfer.TransferClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwarePublisher;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.module.ModuleQueryPort;
import io.vavr.Lazy;
import io.vavr.collection.List;
import io.vavr.control.Either;

/** Publishes, updates and deletes firmware. */
public final class AliyunFirmwareCommands implements FirmwareCommandPort {

    /** Never returned, because a dry run ends before the creation. */
    private static final FirmwareId NO_ID = FirmwareId.of("none");

    private final BackendClient backendClient;
    private final OperationClient client;
    private final AliyunOperations operations;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;
    private final Lazy<TransferClient> transfers;
    private final AliyunSettings settings;
    private final boolean isDryRun;

    public AliyunFirmwareCommands(
            BackendClient backendClient,
            OperationClient client,
            AliyunOperations operations,
            FirmwareQueryPort firmware,
            ModuleQueryPort modules,
            Lazy<TransferClient> transfers,
            AliyunSettings settings) {
        this(backendClient, client, operations, firmware, modules, transfers, settings, false);
    }

    private AliyunFirmwareCommands(
            BackendClient backendClient,
            OperationClient client,
            AliyunOperations operations,
            FirmwareQueryPort firmware,
            ModuleQueryPort modules,
            Lazy<TransferClient> transfers,
            AliyunSettings settings,
            boolean isDryRun) {
        this.backendClient = backendClient;
        this.client = client;
        this.operations = operations;
        this.firmware = firmware;
        this.modules = modules;
        this.transfers = transfers;
        this.settings = settings;
        this.isDryRun = isDryRun;
    }

    @Override
    public FirmwareCommandPort dryRun() {
        return new AliyunFirmwareCommands(
                backendClient, client.dryRun(), operations, firmware, modules, transfers, settings, true);
    }

    @Override
    public Either<OtaFailure, PublishResult> publish(
            NewFirmware wanted, List<Artifact> files, TransferListener listener) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a package needs at least one file");
        }
        OperationContext origin = client.contextOf(operations.createFirmware);
        FirmwareCreation creation = new FirmwareCreation(
                wanted, wanted.name().getOrElse(() -> FirmwareNames.derive(wanted)), files, List.empty());
        PublishRules rules = new PublishRules(settings.dialect(), origin);
        return client.check(operations.createFirmware, creation)
                .flatMap(valid -> rules.violation(valid)
                        .<Either<OtaFailure, FirmwareCreation>>map(Either::left)
                        .getOrElse(Either.right(valid)))
                .flatMap(valid -> new FirmwarePublisher(firmware, origin, ProductId::equals)
                        .withUpdates()
                        .withModules(modules)
                        .publish(
                                wanted,
                                files.map(Artifact::toFile),
                                rules.warnings(files),
                                isDryRun,
                                () -> uploadAndCreate(valid, listener)));
    }

    private Either<OtaFailure, FirmwarePublisher.Created> uploadAndCreate(
            FirmwareCreation creation, TransferListener listener) {
        return new FileUploader(
                        backendClient,
                        transfers.get(),
                        settings,
                        file -> client.read(operations.generateUploadUrl, FileSuffix.of(file.fileName())))
                .upload(creation.files(), listener)
                .flatMap(urls -> create(creation.withUrls(urls)));
    }

    private Either<OtaFailure, FirmwarePublisher.Created> create(FirmwareCreation creation) {
        long bytes = creation.files().map(Artifact::length).sum().longValue();
        return client.change(operations.createFirmware, creation, NO_ID)
                .map(id -> new FirmwarePublisher.Created(id, bytes))
                .mapLeft(failure -> FileUploader.withUnusedUploads(
                        AliyunErrors.isFirmwareNameTaken(failure) ? nameTaken(creation.name(), failure) : failure));
    }

    private static OtaFailure nameTaken(String name, OtaFailure failure) {
        return failure.withDetails(failure.details()
                .withSummary(Message.of(
                        "Backend {0} already has a package with the name {1}, and names are unique in the account",
                        failure.backend(), name)));
    }

    @Override
    public Either<OtaFailure, Firmware> update(FirmwareId id, FirmwareUpdate change) {
        Dialect.Rules rules = settings.dialect().rules();
        return client.check(operations.modifyFirmware, rules.firmwareName(), change.name())
                .flatMap(name ->
                        client.check(operations.modifyFirmware, rules.firmwareDescription(), change.description()))
                .flatMap(
                        description -> client.check(operations.modifyFirmware, rules.customInfo(), change.customInfo()))
                .flatMap(customInfo -> firmware.find(id))
                .flatMap(current -> change.isContainedIn(current)
                        ? Either.right(current)
                        : update(new FirmwareModification(current, change)));
    }

    private Either<OtaFailure, Firmware> update(FirmwareModification modification) {
        Either<OtaFailure, Firmware> changed =
                client.change(operations.modifyFirmware, modification, modification.result());
        // The details have the time of the change. If they cannot be read, the change is made nevertheless.
        return changed.isLeft() || isDryRun
                ? changed
                : firmware.find(modification.current().id()).orElse(changed);
    }

    @Override
    public Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
        return client.delete(operations.deleteFirmware, id, () -> firmware.find(id));
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
