package io.otabridge.contracts.memory;

import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
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
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwarePublisher;
import io.otabridge.domain.firmware.FirmwarePublisher.Created;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Comparator;

/** Publishes, updates and deletes the firmware packages of an in-memory backend. */
final class InMemoryFirmwareCommands implements FirmwareCommandPort {

    private static final String CREATE_FIRMWARE = "CreateFirmware";
    private static final String UPLOAD_FILE = "UploadFile";
    private static final String UPDATE_FIRMWARE = "UpdateFirmware";
    private static final String DELETE_FIRMWARE = "DeleteFirmware";
    private static final String LIST_UPLOADS = "ListUploads";

    private final InMemoryStore store;
    private final boolean isDry;
    private final FirmwarePublisher publisher;

    InMemoryFirmwareCommands(InMemoryStore store, boolean isDry) {
        this.store = store;
        this.isDry = isDry;
        this.publisher = new FirmwarePublisher(
                new InMemoryFirmwareQuery(store), store.origin(CREATE_FIRMWARE), ProductId::equals);
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return store.unsupported(missing);
    }

    @Override
    public FirmwareCommandPort dryRun() {
        return new InMemoryFirmwareCommands(store, true);
    }

    // Publish

    @Override
    public Either<OtaFailure, PublishResult> publish(
            NewFirmware firmware, List<Artifact> files, TransferListener listener) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a package needs a file");
        }
        return check(Capability.PUBLISH_FIRMWARE, firmware, files.map(Artifact::fileName))
                .flatMap(checked -> publisher.publish(
                        checked,
                        files.map(Artifact::toFile),
                        warnings(checked),
                        isDry,
                        () -> create(checked, files, listener)));
    }

    @Override
    public Either<OtaFailure, PublishResult> publish(NewFirmware firmware, FileLocation.ObjectStore file) {
        return check(Capability.PUBLISH_STORED_FILE, firmware, List.empty())
                .flatMap(checked -> ObjectStorage.key(file)
                        .toEither(() -> store.rejected(
                                CREATE_FIRMWARE, "State both", "A stored file needs a bucket and a key")))
                .flatMap(key -> store.objects
                        .get(key)
                        .map(bytes -> ObjectStorage.file(key, bytes))
                        .toEither(() ->
                                store.absent(CREATE_FIRMWARE, "object " + key.name() + " in bucket " + key.bucket())))
                .flatMap(stored -> publisher.publish(
                        firmware,
                        List.of(stored),
                        warnings(firmware),
                        isDry,
                        () -> create(firmware, List.of(new Stored(stored, 0)))));
    }

    /** Checks the constraints of this backend. */
    private Either<OtaFailure, NewFirmware> check(Capability needed, NewFirmware firmware, List<String> fileNames) {
        List<Capability> missing = List.of(
                        Option.some(needed),
                        Option.when(fileNames.size() > 1, Capability.SEVERAL_FILES),
                        Option.when(
                                firmware.kind() instanceof UpdateKind.Full
                                        && firmware.sourceVersions().nonEmpty(),
                                Capability.SOURCE_VERSIONS_OF_FULL_IMAGE))
                .flatMap(capability -> capability)
                .reject(store.capabilities::has);
        if (missing.nonEmpty()) {
            return Either.left(unsupported(missing.head()));
        }
        return fileNames.distinct().size() == fileNames.size()
                ? Either.right(firmware)
                : Either.left(store.rejected(
                        CREATE_FIRMWARE, "Rename one of them", "Two files of a package have the same name"));
    }

    private List<String> warnings(NewFirmware firmware) {
        boolean losesKind =
                firmware.kind() instanceof UpdateKind.Delta && !store.capabilities.has(Capability.UPDATE_KIND);
        return losesKind ? List.of("the backend does not store that the package is a delta") : List.empty();
    }

    /**
     * A stored file of a new package.
     *
     * @param bytesSent the number of bytes sent; 0 if the object existed
     */
    private record Stored(FirmwareFile file, long bytesSent) {}

    private Either<OtaFailure, Created> create(NewFirmware firmware, List<Artifact> files, TransferListener listener) {
        List<Stored> stored = List.empty();
        for (Artifact file : files) {
            Either<OtaFailure, Stored> next = stored(file, files.size() > 1, listener);
            if (next.isLeft()) {
                remove(stored);
                return Either.left(next.getLeft());
            }
            stored = stored.append(next.get());
        }
        return create(firmware, stored);
    }

    private Either<OtaFailure, Created> create(NewFirmware firmware, List<Stored> stored) {
        Either<OtaFailure, FirmwareId> created = store.change(
                false, Capability.PUBLISH_FIRMWARE, CREATE_FIRMWARE, () -> added(firmware, stored.map(Stored::file)));
        if (created.isLeft() && !(created.getLeft() instanceof OtaFailure.OutcomeUnknown)) {
            remove(stored);
        }
        return created.map(
                id -> new Created(id, stored.map(Stored::bytesSent).sum().longValue()));
    }

    /** Stores a file, unless its object exists. */
    private Either<OtaFailure, Stored> stored(Artifact artifact, boolean isNamed, TransferListener listener) {
        ObjectStorage.Key key =
                new ObjectStorage.Key(ObjectStorage.BUCKET, artifact.sha256().value() + "/" + artifact.fileName());
        Option<byte[]> existing = store.objects.get(key);
        Either<OtaFailure, byte[]> bytes =
                existing.isDefined() ? Either.right(existing.get()) : sent(artifact, key, listener);
        return bytes.map(content -> {
            FirmwareFile file = ObjectStorage.file(key, content);
            return new Stored(
                    isNamed
                            ? new FirmwareFile(
                                    Option.some(artifact.fileName()), file.size(), file.checksums(), file.location())
                            : file,
                    existing.isDefined() ? 0 : content.length);
        });
    }

    private Either<OtaFailure, byte[]> sent(Artifact artifact, ObjectStorage.Key key, TransferListener listener) {
        Option<OtaFailure> failure = store.failureOfChange(UPLOAD_FILE);
        if (failure.isDefined()) {
            return Either.left(failure.get());
        }
        try (InputStream in = artifact.open()) {
            byte[] bytes = in.readAllBytes();
            if (!ObjectStorage.digest(Checksum.SHA256, bytes).equals(artifact.sha256())) {
                return Either.left(changed(artifact, "its SHA-256 is another one"));
            }
            if (!store.objects.put(key, bytes)) {
                return Either.left(store.rejected(
                        UPLOAD_FILE, "Delete other objects", "{0} does not fit into the store", artifact));
            }
            listener.transferred(artifact.fileName(), bytes.length, bytes.length);
            return Either.right(bytes);
        } catch (IOException e) {
            return Either.left(changed(artifact, e.toString()));
        }
    }

    private OtaFailure changed(Artifact artifact, String reason) {
        return store.rejected(
                UPLOAD_FILE,
                "Publish the file again when it is complete; nothing was created",
                "The file {0} cannot be read, or changed while it was read: {1}",
                artifact.fileName(),
                reason);
    }

    /** Removes the objects that were stored for a package that was not created. */
    private void remove(List<Stored> stored) {
        synchronized (store.modules) {
            stored.filter(file -> file.bytesSent() > 0)
                    .map(Stored::file)
                    .reject(store::isUsed)
                    .flatMap(ObjectStorage::location)
                    .forEach(store.objects::remove);
        }
    }

    private Either<OtaFailure, FirmwareId> added(NewFirmware firmware, List<FirmwareFile> files) {
        boolean exists = store.firmware.values().stream()
                .anyMatch(existing -> firmware.hasIdentityOf(existing, ProductId::equals));
        if (exists) {
            return Either.left(vendorError("AlreadyExists", "The package already exists"));
        }
        if (store.firmware.size() >= store.maxPackages) {
            return Either.left(vendorError("PackageLimitReached", "The account has its maximum number of packages"));
        }
        FirmwareId id = FirmwareId.of("firmware-" + store.nextNumber());
        Firmware.Builder added = Firmware.builder(id, firmware.coordinates().version())
                .product(Product.of(firmware.coordinates().product()))
                .target(firmware.coordinates().target())
                .kind(firmware.kind())
                .sourceVersions(firmware.sourceVersions())
                .verification(
                        firmware.needsVerification().contains(false)
                                ? Verification.notRequired()
                                : Verification.unverified())
                .files(files)
                .created(store.nextTime());
        firmware.name().forEach(added::name);
        firmware.description().forEach(added::description);
        firmware.customInfo().forEach(added::customInfo);
        store.firmware.put(id, added.build());
        return Either.right(id);
    }

    private OtaFailure vendorError(String code, String message) {
        return new OtaFailure.Rejected(FailureDetails.of(
                        store.origin(CREATE_FIRMWARE),
                        Message.of(message),
                        Message.of("Delete a package, or publish another one"))
                .withVendorError(Option.some(code), Option.some(message), Option.none()));
    }

    // Update and delete

    @Override
    public Either<OtaFailure, Firmware> update(FirmwareId id, FirmwareUpdate change) {
        return store.read(Capability.UPDATE_FIRMWARE, UPDATE_FIRMWARE, () -> stored(id))
                .flatMap(existing -> change.isContainedIn(existing)
                        ? Either.right(existing)
                        : store.change(
                                isDry,
                                Capability.UPDATE_FIRMWARE,
                                UPDATE_FIRMWARE,
                                () -> stored(id).map(latest -> updated(latest, change))));
    }

    private Either<OtaFailure, Firmware> stored(FirmwareId id) {
        return Option.of(store.firmware.get(id)).toEither(() -> store.absent(UPDATE_FIRMWARE, "firmware " + id));
    }

    private Firmware updated(Firmware existing, FirmwareUpdate change) {
        Firmware.Builder updated = existing.toBuilder();
        change.name().forEach(updated::name);
        change.description().forEach(updated::description);
        change.customInfo().forEach(updated::customInfo);
        if (!isDry) {
            updated.modified(store.nextTime());
            store.firmware.put(existing.id(), updated.build());
        }
        return updated.build();
    }

    @Override
    public Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
        return store.deletion(isDry, Capability.DELETE_FIRMWARE, DELETE_FIRMWARE, () -> {
            boolean exists = isDry ? store.firmware.containsKey(id) : store.firmware.remove(id) != null;
            return Either.right(exists ? DeleteResult.DELETED : DeleteResult.NOT_FOUND);
        });
    }

    @Override
    public Either<OtaFailure, FirmwareDeletion> deleteWithFile(FirmwareId id) {
        return store.deletion(isDry, Capability.DELETE_STORED_FILE, DELETE_FIRMWARE, () -> {
            Option<Firmware> existing = Option.of(store.firmware.remove(id));
            StoredFile result = existing.map(this::deleteFiles).getOrElse(StoredFile.NOT_FOUND);
            if (isDry) {
                existing.forEach(kept -> store.firmware.put(id, kept));
            }
            DeleteResult deleted = existing.isDefined() ? DeleteResult.DELETED : DeleteResult.NOT_FOUND;
            return Either.right(new FirmwareDeletion(deleted, result, Option.none()));
        });
    }

    private StoredFile deleteFiles(Firmware removed) {
        List<FirmwareFile> stored = removed.files()
                .filter(file ->
                        ObjectStorage.location(file).flatMap(store.objects::get).isDefined());
        List<FirmwareFile> unused = stored.reject(store::isUsed);
        if (!isDry) {
            unused.flatMap(ObjectStorage::location).forEach(store.objects::remove);
        }
        return stored.isEmpty() ? StoredFile.NOT_FOUND : unused.isEmpty() ? StoredFile.IN_USE : StoredFile.DELETED;
    }

    // Unfinished uploads

    @Override
    public Either<OtaFailure, List<UnfinishedUpload>> unfinishedUploads() {
        return store.read(
                Capability.UNFINISHED_UPLOADS,
                LIST_UPLOADS,
                () -> Either.right(List.ofAll(store.uploads.values())
                        .sorted(Comparator.comparing(upload -> upload.started().getOrElse(Instant.EPOCH)))));
    }

    @Override
    public Either<OtaFailure, DeleteResult> abort(UnfinishedUpload upload) {
        return store.deletion(isDry, Capability.UNFINISHED_UPLOADS, "AbortUpload", () -> {
            boolean exists = isDry ? store.uploads.containsKey(upload.id()) : store.uploads.remove(upload.id()) != null;
            return Either.right(exists ? DeleteResult.DELETED : DeleteResult.NOT_FOUND);
        });
    }
}
