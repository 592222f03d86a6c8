package io.otabridge.domain.firmware;

import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.function.Function;

/**
 * Publishes, updates and deletes firmware packages of one backend. Thread-safety, interrupts and failures are as in
 * {@link FirmwareQueryPort}.
 *
 * <p>After {@link OtaFailure.OutcomeUnknown}, {@link OtaFailure.Unavailable} or {@link OtaFailure.UnreadableResponse}
 * the vendor may or may not have made the change; repeating the command is safe. An interrupt or a deadline that passes
 * after the request was sent also returns {@link OtaFailure.OutcomeUnknown}.
 */
public interface FirmwareCommandPort {

    /**
     * Uploads files and creates a firmware package from them (documents "Create an OTA upgrade package" of Huawei Cloud
     * IoTDA and "CreateOTAFirmware" of Alibaba Cloud IoT Platform). It first looks for a package with the same identity,
     * so repeating the call is safe: it creates nothing that exists, and sends no bytes that are stored already.
     * Afterwards it reads the package back and compares it with what was sent. The vendor's constraints are checked
     * before anything is sent.
     *
     * <p>Two concurrent calls for one package can create two on Huawei Cloud IoTDA, where versions are not unique. The
     * later call warns about the other package.
     *
     * <p>Each call for an upload has the backend's deadline as its stall timeout: the time without any progress. There
     * is no limit for the whole upload; interrupt the thread to end it.
     *
     * @param firmware the package
     * @param files at least one; several only with {@link Capability#SEVERAL_FILES}
     * @param listener receives the progress of the uploads
     * @return the package; {@link OtaFailure.Rejected} if a package with the same identity and another or an unknown
     *     content exists, or a file changed while it was read; {@link OtaFailure.DigestMismatch} if the vendor stored
     *     something else than was sent; otherwise the failure
     * @throws IllegalArgumentException if there is no file
     */
    default Either<OtaFailure, PublishResult> publish(
            NewFirmware firmware, List<Artifact> files, TransferListener listener) {
        return Either.left(unsupported(Capability.PUBLISH_FIRMWARE));
    }

    /** Publishes without a listener; see {@link #publish(NewFirmware, List, TransferListener)}. */
    default Either<OtaFailure, PublishResult> publish(NewFirmware firmware, Artifact... files) {
        return publish(firmware, List.of(files), TransferListener.NONE);
    }

    /** Publishes with a listener; see {@link #publish(NewFirmware, List, TransferListener)}. */
    default Either<OtaFailure, PublishResult> publish(
            NewFirmware firmware, TransferListener listener, Artifact... files) {
        return publish(firmware, List.of(files), listener);
    }

    /**
     * Creates a firmware package from an object that is in the vendor's object store already. If the store has no
     * SHA-256 of the object, the object is read to compute it. Otherwise as {@link #publish(NewFirmware, List,
     * TransferListener)}.
     *
     * @param file bucket and key of the object
     * @return the package; {@link OtaFailure.NotFound} if the object does not exist; otherwise the failure
     */
    default Either<OtaFailure, PublishResult> publish(NewFirmware firmware, FileLocation.ObjectStore file) {
        return Either.left(unsupported(Capability.PUBLISH_STORED_FILE));
    }

    /**
     * Updates the texts of a package (document "ModifyOTAFirmware" of Alibaba Cloud IoT Platform; Huawei Cloud IoTDA has
     * no such operation). If the package has these texts already, nothing is sent.
     *
     * @return the updated package; {@link OtaFailure.NotFound} if it does not exist; otherwise the failure
     */
    default Either<OtaFailure, Firmware> update(FirmwareId id, FirmwareUpdate change) {
        return Either.left(unsupported(Capability.UPDATE_FIRMWARE));
    }

    /**
     * Deletes a package and then its object in the object store, unless another package of the backend uses the object.
     *
     * @return what was deleted; the failure if the package was not deleted. A failure to delete the object afterwards is
     *     part of the result
     */
    default Either<OtaFailure, FirmwareDeletion> deleteWithFile(FirmwareId id) {
        return Either.left(unsupported(Capability.DELETE_STORED_FILE));
    }

    /**
     * Returns the interrupted uploads in the configured bucket. Publishing the same file again continues them.
     *
     * @return the uploads, oldest first; otherwise the failure
     */
    default Either<OtaFailure, List<UnfinishedUpload>> unfinishedUploads() {
        return Either.left(unsupported(Capability.UNFINISHED_UPLOADS));
    }

    /** Aborts an interrupted upload and deletes its parts. */
    default Either<OtaFailure, DeleteResult> abort(UnfinishedUpload upload) {
        return Either.left(unsupported(Capability.UNFINISHED_UPLOADS));
    }

    /**
     * Deletes a firmware package (documents "Delete an OTA upgrade package" of Huawei Cloud IoTDA, which keeps the file
     * in the object store, and "DeleteOTAFirmware" of Alibaba Cloud IoT Platform).
     *
     * @param id the vendor's id. An id that violates the vendor's constraint is {@link OtaFailure.Rejected} before
     *     anything is sent
     * @return {@link DeleteResult#DELETED}; {@link DeleteResult#NOT_FOUND} if the package does not exist, also because
     *     of a concurrent deletion; {@link DeleteResult#NOT_FOUND_AFTER_RETRY} if an earlier attempt of this call may
     *     have deleted it; otherwise the failure
     */
    Either<OtaFailure, DeleteResult> delete(FirmwareId id);

    /**
     * Returns a port that changes nothing. It performs the same checks, looks up the package, and returns the result
     * that a deletion would have. It cannot detect errors that a vendor reports only for the deletion itself, such as a
     * missing permission.
     */
    FirmwareCommandPort dryRun();

    /**
     * Returns the failure of an operation that the backend does not support. Optional operations return it by default.
     */
    OtaFailure unsupported(Capability missing);

    /**
     * Returns a port whose operations return a failure. Nothing is sent.
     *
     * @param failure creates the failure for the missing capability
     */
    static FirmwareCommandPort unsupported(Function<Capability, OtaFailure> failure) {
        return new FirmwareCommandPort() {
            @Override
            public OtaFailure unsupported(Capability missing) {
                return failure.apply(missing);
            }

            @Override
            public Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
                return Either.left(failure.apply(Capability.DELETE_FIRMWARE));
            }

            @Override
            public FirmwareCommandPort dryRun() {
                return this;
            }
        };
    }
}
