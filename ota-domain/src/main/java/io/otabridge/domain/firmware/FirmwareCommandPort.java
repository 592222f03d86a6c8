package io.otabridge.domain.firmware;

import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.util.function.Function;

/**
 * Changes the firmware packages of one backend. Threads, interrupts and failures are as with {@link FirmwareQueryPort}. After
 * {@link OtaFailure.OutcomeUnknown}, {@link OtaFailure.Unavailable} or {@link OtaFailure.UnreadableResponse} the vendor may have
 * made the change or not; retrying the command is safe. An interrupt or a deadline that passes after the request was sent is
 * {@link OtaFailure.OutcomeUnknown} too.
 */
public interface FirmwareCommandPort {

    /**
     * Deletes a firmware package (documents "Delete an OTA upgrade package" of Huawei Cloud IoTDA, which leaves the file in
     * the object store, and "DeleteOTAFirmware" of Alibaba Cloud IoT Platform).
     *
     * @param id the vendor's id. One that breaks the vendor's own rule is {@link OtaFailure.Rejected} before anything is sent
     * @return {@link DeleteResult#DELETED}; {@link DeleteResult#ABSENT} if there is no such package, also because another call deletes
     *     it at the same time; {@link DeleteResult#GONE} if an earlier attempt of this call may have deleted it; otherwise the
     *     failure that says what to do next
     */
    Either<OtaFailure, DeleteResult> delete(FirmwareId id);

    /**
     * The same without any change: it checks as this port does, looks whether the package is there, and answers as if it had
     * been deleted. What a vendor says only when it is asked to delete, such as that a permission is missing, a dry run
     * cannot know.
     */
    FirmwareCommandPort dryRun();

    /**
     * The port of a backend that has none of these operations. Nothing is sent.
     *
     * @param failure the failure for an operation that needs this capability
     */
    static FirmwareCommandPort unsupported(Function<Capability, OtaFailure> failure) {
        return new FirmwareCommandPort() {
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
