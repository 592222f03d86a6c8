package io.otabridge.domain.firmware;

import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.util.function.Function;

/**
 * Deletes firmware packages of one backend. Thread-safety, interrupts and failures are as in {@link FirmwareQueryPort}.
 *
 * <p>After {@link OtaFailure.OutcomeUnknown}, {@link OtaFailure.Unavailable} or {@link OtaFailure.UnreadableResponse}
 * the vendor may or may not have made the change; repeating the command is safe. An interrupt or a deadline that passes
 * after the request was sent also returns {@link OtaFailure.OutcomeUnknown}.
 */
public interface FirmwareCommandPort {

    /**
     * Deletes a firmware package (documents "Delete an OTA upgrade package" of Huawei Cloud IoTDA, which keeps the file
     * in the object store, and "DeleteOTAFirmware" of Alibaba Cloud IoT Platform).
     *
     * @param id the vendor's id. An id that violates the vendor's constraint is {@link OtaFailure.Rejected} before
     *     anything is sent
     * @return {@link DeleteResult#DELETED}; {@link DeleteResult#NOT_FOUND} if the package does not exist, also because of
     *     a concurrent deletion; {@link DeleteResult#NOT_FOUND_AFTER_RETRY} if an earlier attempt of this call may have deleted it;
     *     otherwise the failure
     */
    Either<OtaFailure, DeleteResult> delete(FirmwareId id);

    /**
     * Returns a port that changes nothing. It performs the same checks, looks up the package, and returns the result
     * that a deletion would have. It cannot detect errors that a vendor reports only for the deletion itself, such as a
     * missing permission.
     */
    FirmwareCommandPort dryRun();

    /**
     * Returns a port whose operations return a failure. Nothing is sent.
     *
     * @param failure creates the failure for the missing capability
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
