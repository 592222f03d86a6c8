package io.otabridge.domain.module;

import io.otabridge.domain.Capability;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.util.function.Function;

/**
 * Creates, updates and deletes OTA modules of one backend. Thread-safety, interrupts and failures are as in {@link
 * ModuleQueryPort}.
 *
 * <p>After {@link OtaFailure.OutcomeUnknown}, {@link OtaFailure.Unavailable} or {@link OtaFailure.UnreadableResponse}
 * the vendor may or may not have made the change; repeating the command is safe, because every command checks the
 * current state first and both vendors keep names unique in a product. An interrupt or a deadline that passes after the
 * request was sent also returns {@link OtaFailure.OutcomeUnknown}. A creation or update is retried automatically only
 * if the vendor has certainly not made it; a deletion may be retried.
 */
public interface ModuleCommandPort {

    /**
     * Creates a module (documents "Create an OTA module" of Huawei Cloud IoTDA and "CreateOTAModule" of Alibaba Cloud
     * IoT Platform). Both allow about ten modules in a product.
     *
     * @param module a part that violates the vendor's constraint is {@link OtaFailure.Rejected} before anything is sent
     * @return the module. Alibaba's response does not contain it, so it is returned as it was sent, without times. If
     *     the module already exists with the same alias and description, {@link CreateResult#alreadyExisted} is true;
     *     with others it is {@link OtaFailure.Rejected}. An unknown product is {@link OtaFailure.NotFound} if the
     *     vendor reports it
     */
    Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module);

    /**
     * Updates a module's alias and description (documents "Modify an OTA module" and "UpdateOTAModule"). The vendors do
     * not document whether omitted fields are kept, so both are always sent; a concurrent change between the lookup and
     * the update may be lost. Nothing is sent if nothing would change.
     *
     * @return the updated module, on Alibaba without its modification time; {@link OtaFailure.NotFound} if it does not
     *     exist; otherwise the failure
     */
    Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change);

    /**
     * Deletes a module (documents "Delete an OTA module" and "DeleteOTAModule"). Alibaba rejects the deletion of a
     * module that still has packages.
     *
     * @return {@link DeleteResult#DELETED}; {@link DeleteResult#NOT_FOUND} if the module or product does not exist, also
     *     because of a concurrent deletion; {@link DeleteResult#NOT_FOUND_AFTER_RETRY} if an earlier attempt of this call may have
     *     deleted it; otherwise the failure
     */
    Either<OtaFailure, DeleteResult> delete(ModuleRef ref);

    /**
     * Returns a port that changes nothing. It performs the same checks and lookups, returns the same failures, and
     * returns the result that the change would have; a new module then has neither id nor times. It cannot detect
     * errors that a vendor reports only for the change itself, such as a product that is full.
     */
    ModuleCommandPort dryRun();

    /**
     * Returns a port whose operations return a failure. Nothing is sent.
     *
     * @param failure creates the failure for the missing capability
     */
    static ModuleCommandPort unsupported(Function<Capability, OtaFailure> failure) {
        return new ModuleCommandPort() {
            @Override
            public Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
                return Either.left(failure.apply(Capability.CREATE_MODULE));
            }

            @Override
            public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
                return Either.left(failure.apply(Capability.UPDATE_MODULE));
            }

            @Override
            public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
                return Either.left(failure.apply(Capability.DELETE_MODULE));
            }

            @Override
            public ModuleCommandPort dryRun() {
                return this;
            }
        };
    }
}
