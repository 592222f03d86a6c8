package io.otabridge.huawei.firmware;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareDeletion;
import io.otabridge.domain.firmware.FirmwareDeletion.StoredFile;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwarePublisher;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.huawei.obs.ObsBucket;
import io.otabridge.huawei.obs.ObsStorage;
import io.otabridge.huawei.operation.HuaweiIdCanonicalizer;
import io.otabridge.huawei.operation.HuaweiOperations;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Supplier;

/** Publishes and deletes OTA upgrade packages of IoTDA, whose files are objects in OBS. */
public final class HuaweiFirmwareCommands implements FirmwareCommandPort {

    /** 1 GiB: the document "Software/Firmware Package Upload". The document "Limitations" has no limit. */
    private static final long MAX_DOCUMENTED_BYTES = 1L << 30;

    private final OperationClient client;
    private final HuaweiOperations operations;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;
    private final Option<ObsStorage> storage;
    private final ObjectUsers users;
    private final boolean isDryRun;

    /**
     * Creates the port.
     *
     * @param storage the object store; absent if the credentials cannot sign its requests
     */
    public HuaweiFirmwareCommands(
            OperationClient client,
            HuaweiOperations operations,
            FirmwareQueryPort firmware,
            ModuleQueryPort modules,
            Option<ObsStorage> storage) {
        this(client, operations, firmware, modules, storage, new ObjectUsers(firmware), false);
    }

    private HuaweiFirmwareCommands(
            OperationClient client,
            HuaweiOperations operations,
            FirmwareQueryPort firmware,
            ModuleQueryPort modules,
            Option<ObsStorage> storage,
            ObjectUsers users,
            boolean isDryRun) {
        this.client = client;
        this.operations = operations;
        this.firmware = firmware;
        this.modules = modules;
        this.storage = storage;
        this.users = users;
        this.isDryRun = isDryRun;
    }

    @Override
    public Either<OtaFailure, PublishResult> publish(
            NewFirmware wanted, List<Artifact> files, TransferListener listener) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a package needs a file");
        }
        Option<ObsBucket> bucket = storage.flatMap(ObsStorage::bucket);
        if (bucket.isEmpty()) {
            return Either.left(unsupported(Capability.PUBLISH_FIRMWARE));
        }
        if (files.size() > 1) {
            return Either.left(unsupported(Capability.SEVERAL_FILES));
        }
        Artifact file = files.head();
        ObsStorage.Address address =
                new ObsStorage.Address(bucket.get(), ObjectKey.of(storage.get().prefix(), wanted.coordinates(), file));
        return publish(
                publication(
                        wanted,
                        address,
                        file.sha256(),
                        () -> storage.get().uploader().upload(address.bucket(), address.key(), file, listener)),
                file.toFile());
    }

    @Override
    public Either<OtaFailure, PublishResult> publish(NewFirmware wanted, FileLocation.ObjectStore object) {
        if (storage.isEmpty()) {
            return Either.left(unsupported(Capability.PUBLISH_STORED_FILE));
        }
        // The digest of the object is not known yet, and no rule depends on it.
        return storage.get()
                .address(object)
                .flatMap(address -> validated(publication(
                                wanted, address, Checksum.of(Checksum.SHA256, "0"), () -> Either.right(Option.none())))
                        .flatMap(valid -> storage.get().content(address))
                        .flatMap(content -> {
                            Checksum sha256 = content.sha256().get();
                            FirmwareFile file = FirmwareFile.builder()
                                    .size(content.size().get())
                                    .checksum(sha256)
                                    .build();
                            return publish(
                                    publication(wanted, address, sha256, () -> Either.right(Option.none())), file);
                        }));
    }

    private PackagePublication publication(
            NewFirmware wanted,
            ObsStorage.Address address,
            Checksum sha256,
            Supplier<Either<OtaFailure, Option<Long>>> upload) {
        return new PackagePublication(client, operations, storage.get(), users, wanted, address, sha256, upload);
    }

    private Either<OtaFailure, PublishResult> publish(PackagePublication publication, FirmwareFile file) {
        NewFirmware wanted = publication.firmware();
        return validated(publication)
                .flatMap(valid -> new FirmwarePublisher(
                                firmware, client.contextOf(operations.createPackage), HuaweiIdCanonicalizer::isSame)
                        .withDuplicates()
                        .withModules(modules)
                        .publish(wanted, List.of(file), warnings(wanted, file), isDryRun, publication));
    }

    private Either<OtaFailure, ?> validated(PackagePublication publication) {
        return publication.firmware().needsVerification().contains(true)
                ? Either.left(unsupported(Capability.VERIFICATION))
                : client.check(operations.createPackage, publication.input());
    }

    /** What IoTDA does not store. */
    private static List<String> warnings(NewFirmware wanted, FirmwareFile file) {
        return List.of(
                        wanted.name()
                                .map(name -> "Huawei Cloud IoTDA packages have no name, so the name is not stored"),
                        Option.when(
                                wanted.kind() instanceof UpdateKind.Delta,
                                "Huawei Cloud IoTDA does not store that the package is a delta, only its source versions"),
                        Option.when(
                                file.size().exists(size -> size > MAX_DOCUMENTED_BYTES),
                                "one document of Huawei Cloud IoTDA limits files to 1 GB, another one has no limit"))
                .flatMap(warning -> warning);
    }

    /**
     * {@inheritDoc}
     *
     * <p>IoTDA does not report which packages use an object, so all packages of the resource space are requested, each
     * once: up to 200 calls, 8 at the same time. If one of them fails, the object is kept. So is an object outside the
     * configured bucket and prefix, because other resource spaces may use it.
     */
    @Override
    public Either<OtaFailure, FirmwareDeletion> deleteWithFile(FirmwareId id) {
        if (storage.isEmpty()) {
            return Either.left(unsupported(Capability.DELETE_STORED_FILE));
        }
        Either<OtaFailure, Firmware> found = firmware.find(id);
        if (found.isLeft()) {
            return found.getLeft() instanceof OtaFailure.NotFound
                    ? Either.right(new FirmwareDeletion(DeleteResult.NOT_FOUND, StoredFile.NOT_FOUND, Option.none()))
                    : Either.left(found.getLeft());
        }
        Option<FileLocation.ObjectStore> object =
                ObjectUsers.objects(found.get()).headOption();
        return delete(id)
                .map(deleted -> object.map(location -> deleteObject(location, id)
                                .fold(
                                        failure ->
                                                new FirmwareDeletion(deleted, StoredFile.FAILED, Option.some(failure)),
                                        file -> new FirmwareDeletion(deleted, file, Option.none())))
                        .getOrElse(new FirmwareDeletion(deleted, StoredFile.NOT_FOUND, Option.none())));
    }

    private Either<OtaFailure, StoredFile> deleteObject(FileLocation.ObjectStore object, FirmwareId deleted) {
        return storage.get()
                .address(object)
                .flatMap(storage.get()::own)
                .flatMap(address -> users.isUsed(object, FirmwareFilter.all(), List.of(deleted))
                        .flatMap(isUsed -> isUsed ? Either.right(StoredFile.IN_USE) : deleteUnused(address)));
    }

    private Either<OtaFailure, StoredFile> deleteUnused(ObsStorage.Address address) {
        return storage.get()
                .head(address)
                .flatMap(existing -> existing.isEmpty()
                        ? Either.right(StoredFile.NOT_FOUND)
                        : isDryRun
                                ? Either.right(StoredFile.DELETED)
                                : storage.get().delete(address).map(ignored -> StoredFile.DELETED));
    }

    @Override
    public Either<OtaFailure, List<UnfinishedUpload>> unfinishedUploads() {
        return bucketFor(Capability.UNFINISHED_UPLOADS)
                .flatMap(bucket -> storage.get().unfinishedUploads(bucket));
    }

    @Override
    public Either<OtaFailure, DeleteResult> abort(UnfinishedUpload upload) {
        return bucketFor(Capability.UNFINISHED_UPLOADS)
                .flatMap(bucket -> storage.get().abort(bucket, upload, isDryRun));
    }

    private Either<OtaFailure, ObsBucket> bucketFor(Capability needed) {
        return storage.flatMap(ObsStorage::bucket).toEither(() -> unsupported(needed));
    }

    @Override
    public Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
        return client.delete(operations.deletePackage, id, () -> firmware.find(id));
    }

    @Override
    public FirmwareCommandPort dryRun() {
        return new HuaweiFirmwareCommands(client.dryRun(), operations, firmware, modules, storage, users, true);
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
