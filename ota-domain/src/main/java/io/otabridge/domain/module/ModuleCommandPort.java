package io.otabridge.domain.module;

import io.otabridge.domain.Capability;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.util.function.Function;

/**
 * Changes the OTA modules of one backend. Threads, interrupts and failures are as with {@link ModuleQueryPort}. After
 * {@link OtaFailure.OutcomeUnknown}, {@link OtaFailure.Unavailable} or {@link OtaFailure.UnreadableResponse} the vendor may have
 * made the change or not; retrying the command is safe, because every command checks first and both vendors keep names unique
 * in a product. An interrupt or a deadline that passes after the request was sent is {@link OtaFailure.OutcomeUnknown} too. A
 * creation or update is not sent a second time by itself unless the vendor has certainly not made it; a deletion may be.
 */
public interface ModuleCommandPort {

    /**
     * Creates a module (documents "Create an OTA module" of Huawei Cloud IoTDA and "CreateOTAModule" of Alibaba Cloud IoT
     * Platform). Both allow about ten in a product.
     *
     * @param module a part that breaks the vendor's own rule is {@link OtaFailure.Rejected} before anything is sent
     * @return the module; on Alibaba, which answers a creation with no words about it, as it was sent and without times. One
     *     that is there already with the same alias and description {@link CreateResult#existed existed}, with others it is
     *     {@link OtaFailure.Rejected}. An unknown product is {@link OtaFailure.NotFound} where the vendor says so
     */
    Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module);

    /**
     * Changes a module's alias and description (documents "Modify an OTA module" and "UpdateOTAModule"). Whether vendors
     * keep what a change leaves out is not documented, so both are always sent, and a change made by somebody else between
     * the look and the change may be lost. Nothing is sent if nothing would change.
     *
     * @return the module as it is now, on Alibaba without the time of its last change; {@link OtaFailure.NotFound} if there
     *     is no such module; otherwise the failure that says what to do next
     */
    Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change);

    /**
     * Deletes a module (documents "Delete an OTA module" and "DeleteOTAModule"). Alibaba refuses this for a module that still
     * has packages.
     *
     * @return {@link DeleteResult#DELETED}; {@link DeleteResult#ABSENT} if there is no such module or product, also because another
     *     call deletes it at the same time; {@link DeleteResult#GONE} if an earlier attempt of this call may have deleted it;
     *     otherwise the failure that says what to do next
     */
    Either<OtaFailure, DeleteResult> delete(ModuleRef ref);

    /**
     * The same without any change: it checks and looks as this port does, refuses what this port refuses, and where this port
     * would send a change, answers as if that had been done; a new module then has neither id nor times. What a vendor says
     * only when it is asked to change something, such as that a product is full, a dry run cannot know.
     */
    ModuleCommandPort dryRun();

    /**
     * The port of a backend that has none of these operations. Nothing is sent.
     *
     * @param failure the failure for an operation that needs this capability
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
