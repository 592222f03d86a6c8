package io.otabridge.huawei.firmware;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwarePublisher;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.huawei.obs.ObsStorage;
import io.otabridge.huawei.operation.HuaweiErrors;
import io.otabridge.huawei.operation.HuaweiOperations;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Supplier;

/**
 * Creates a package for an object.
 *
 * @param upload stores the object and returns the number of bytes that were sent; absent if the object existed
 */
record PackagePublication(
        OperationClient client,
        HuaweiOperations operations,
        ObsStorage storage,
        ObjectUsers users,
        NewFirmware firmware,
        ObsStorage.Address address,
        Checksum sha256,
        Supplier<Either<OtaFailure, Option<Long>>> upload)
        implements FirmwarePublisher.VendorSteps {

    HuaweiOperations.NewPackage input() {
        return new HuaweiOperations.NewPackage(firmware, address.location(), sha256);
    }

    @Override
    public Either<OtaFailure, Firmware> withStoredDigests(Firmware existing) {
        Either<OtaFailure, List<FirmwareFile>> files =
                Either.sequenceRight(existing.files().map(storage::withDigest)).map(List::ofAll);
        return files.map(known -> existing.toBuilder().files(known).build());
    }

    /** Deleting an object does not change the packages that refer to it. */
    @Override
    public Either<OtaFailure, Long> ensureStored(Firmware existing) {
        Option<FileLocation.ObjectStore> object = ObjectUsers.objects(existing).headOption();
        if (object.contains(address.location())) {
            return upload.get().map(sent -> sent.getOrElse(0L));
        }
        boolean isMissing = object.exists(
                location -> storage.address(location).flatMap(storage::head).exists(Option::isEmpty));
        return isMissing
                ? Either.left(new OtaFailure.Rejected(FailureDetails.of(
                        client.contextOf(operations.createPackage),
                        Message.of(
                                "Firmware {0} exists, but its object {1} of bucket {2} does not",
                                existing.id(),
                                object.flatMap(FileLocation.ObjectStore::key).getOrElse("-"),
                                object.flatMap(FileLocation.ObjectStore::bucket).getOrElse("-")),
                        Message.of("Delete the package and publish it again; nothing was created"))))
                : Either.right(0L);
    }

    @Override
    public Either<OtaFailure, FirmwarePublisher.Created> create() {
        return upload.get()
                .flatMap(sent -> client.change(operations.createPackage, input(), Option.none())
                        .map(created -> new FirmwarePublisher.Created(created.get(), sent.getOrElse(0L)))
                        .mapLeft(PackagePublication::withLimit)
                        .mapLeft(failure -> sent.isDefined() ? withoutUpload(failure) : failure));
    }

    /** The vendor does not document the error code for too many packages. */
    private static OtaFailure withLimit(OtaFailure failure) {
        return failure instanceof OtaFailure.Rejected && HuaweiErrors.hasUnknownCode(failure)
                ? failure.withDetails(failure.details()
                        .withMoreAdvice(Message.of("a resource space holds at most 200 packages: delete old ones")))
                : failure;
    }

    /** Deletes the object that this call has uploaded, if the vendor has not created the package for certain. */
    private OtaFailure withoutUpload(OtaFailure failure) {
        boolean isCertain = failure instanceof OtaFailure.Rejected
                || failure instanceof OtaFailure.AccessDenied
                || failure instanceof OtaFailure.NotFound;
        return isCertain && isDeleted()
                ? failure
                : failure.withDetails(failure.details()
                        .withMoreAdvice(Message.of(
                                "the uploaded file is object {0} of bucket {1}; publishing it again does not upload it"
                                        + " again",
                                address.key(), address.bucket().name())));
    }

    /** The key contains the coordinates, so only packages with the same coordinates are looked at. */
    private boolean isDeleted() {
        FirmwareFilter sameCoordinates = firmware.coordinates().toFilter();
        Either<OtaFailure, DeleteResult> deletion = users.isUsed(address.location(), sameCoordinates, List.empty())
                .flatMap(isUsed -> isUsed ? Either.right(DeleteResult.NOT_FOUND) : storage.delete(address));
        return deletion.contains(DeleteResult.DELETED);
    }
}
