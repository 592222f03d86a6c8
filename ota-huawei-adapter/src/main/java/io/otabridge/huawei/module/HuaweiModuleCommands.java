package io.otabridge.huawei.module;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.huawei.operation.HuaweiErrors;
import io.otabridge.huawei.operation.HuaweiOperations;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Creates, updates and deletes OTA modules of IoTDA, as described in the documents "Create an OTA module", "Modify an
 * OTA module" and "Delete an OTA module". IoTDA has no idempotency token, so each command first checks what exists.
 */
public record HuaweiModuleCommands(OperationClient client, HuaweiOperations operations, ModuleQueryPort modules)
        implements ModuleCommandPort {

    @Override
    public ModuleCommandPort dryRun() {
        return new HuaweiModuleCommands(client.dryRun(), operations, modules);
    }

    @Override
    public Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
        return client.check(operations.createModule, module)
                .flatMap(valid -> findExisting(module)
                        .getOrElse(() -> client.change(operations.createModule, module, module.toModule())
                                .<Either<OtaFailure, CreateResult<OtaModule>>>fold(
                                        failure -> resolveConflict(module, failure),
                                        created -> Either.right(new CreateResult<>(created, false)))));
    }

    /** The existing module with this name or the failure of the lookup; absent if no such module exists. */
    private Option<Either<OtaFailure, CreateResult<OtaModule>>> findExisting(NewModule module) {
        Either<OtaFailure, OtaModule> found = modules.find(module.toRef());
        return Option.when(
                found.isRight() || !(found.getLeft() instanceof OtaFailure.NotFound),
                () -> found.flatMap(current -> existing(module, current)));
    }

    /** Compares under the product id of the existing module, which may differ in case. */
    private Either<OtaFailure, CreateResult<OtaModule>> existing(NewModule module, OtaModule current) {
        NewModule asFound = new NewModule(current.product().id(), module.name(), module.alias(), module.description());
        return asFound.describes(current)
                ? Either.right(new CreateResult<>(current, true))
                : Either.left(new OtaFailure.Rejected(FailureDetails.of(
                        client.contextOf(operations.createModule),
                        Message.of(
                                "Backend {0} has {1} already, with another alias or description",
                                client.contextOf(operations.createModule).backend(), module.toRef()),
                        Message.of("Change that module, or choose another name"))));
    }

    /**
     * Another caller may have created the module first. IoTDA does not document the error code for a duplicate name and
     * uses 403 for many errors, so the module is looked up again after any rejection.
     */
    private Either<OtaFailure, CreateResult<OtaModule>> resolveConflict(NewModule module, OtaFailure failure) {
        boolean isRejected = failure instanceof OtaFailure.Rejected || failure instanceof OtaFailure.AccessDenied;
        Either<OtaFailure, OtaModule> found = isRejected ? modules.find(module.toRef()) : Either.left(failure);
        return found.isRight() ? existing(module, found.get()) : Either.left(withLimit(failure));
    }

    /** IoTDA does not document the error code for too many modules either. */
    private static OtaFailure withLimit(OtaFailure failure) {
        if (!(failure instanceof OtaFailure.Rejected)) {
            return failure;
        }
        return failure.withDetails(
                HuaweiErrors.hasUnknownCode(failure)
                        ? failure.details()
                                .withAdvice(
                                        Message.of(
                                                "Delete a module first if the product has ten custom modules, which is"
                                                        + " the maximum; otherwise check name, alias and description of the module"))
                        : failure.details()
                                .withMoreAdvice(Message.of("a product can have at most ten custom modules")));
    }

    @Override
    public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
        return client.check(operations.updateModule, HuaweiOperations.ALIAS, change.alias())
                .flatMap(alias ->
                        client.check(operations.updateModule, HuaweiOperations.DESCRIPTION, change.description()))
                .flatMap(description -> modules.find(ref))
                .flatMap(current -> {
                    OtaModule wanted = change.applyTo(current);
                    boolean isSame = wanted.alias().equals(current.alias())
                            && wanted.description().equals(current.description());
                    return isSame ? Either.right(current) : client.change(operations.updateModule, wanted, wanted);
                });
    }

    /** A dry run by id needs a lookup too. Every module that is found has an id. */
    @Override
    public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
        if (ref instanceof ModuleRef.ById byId) {
            return client.delete(operations.deleteModule, byId.id(), () -> modules.find(ref));
        }
        Either<OtaFailure, OtaModule> found = modules.find(ref);
        return found.isLeft() && found.getLeft() instanceof OtaFailure.NotFound
                ? Either.right(DeleteResult.NOT_FOUND)
                : found.flatMap(current ->
                        client.delete(operations.deleteModule, current.id().get(), () -> modules.find(ref)));
    }
}
