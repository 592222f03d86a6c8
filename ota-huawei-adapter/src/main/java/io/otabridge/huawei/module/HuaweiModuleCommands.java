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
import io.otabridge.huawei.operation.HuaweiOperations;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Creates, changes and deletes OTA modules of IoTDA, after the documents "Create an OTA module", "Modify an OTA module" and
 * "Delete an OTA module". IoTDA has no token that makes a creation safe to repeat, so each command looks first.
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
                .flatMap(valid -> look(module)
                        .getOrElse(() -> client.change(operations.createModule, module, module.toModule())
                                .<Either<OtaFailure, CreateResult<OtaModule>>>fold(
                                        refusal -> lookAgain(module, refusal),
                                        made -> Either.right(new CreateResult<>(made, false)))));
    }

    /** What exists already under this name; absent if nothing does. */
    private Option<Either<OtaFailure, CreateResult<OtaModule>>> look(NewModule module) {
        Either<OtaFailure, OtaModule> found = modules.find(module.toRef());
        return Option.when(
                found.isRight() || !(found.getLeft() instanceof OtaFailure.NotFound),
                () -> found.flatMap(there -> existing(module, there)));
    }

    /** It was found under the requested product, whose id may be spelt in another case. */
    private Either<OtaFailure, CreateResult<OtaModule>> existing(NewModule module, OtaModule there) {
        NewModule asFound = new NewModule(there.product().id(), module.name(), module.alias(), module.description());
        return asFound.describes(there)
                ? Either.right(new CreateResult<>(there, true))
                : Either.left(new OtaFailure.Rejected(FailureDetails.of(
                        client.origin(operations.createModule),
                        Message.of(
                                "Backend {0} has {1} already, with another alias or description",
                                client.origin(operations.createModule).backend(), module.toRef()),
                        Message.of("Change that module, or choose another name"))));
    }

    /**
     * Another caller may have been quicker. IoTDA does not publish with which code it rejects a second module of a name, and
     * rejects much with 403, so that any refusal is worth another look.
     */
    private Either<OtaFailure, CreateResult<OtaModule>> lookAgain(NewModule module, OtaFailure refusal) {
        boolean isRefused = refusal instanceof OtaFailure.Rejected || refusal instanceof OtaFailure.AccessDenied;
        Either<OtaFailure, OtaModule> found = isRefused ? modules.find(module.toRef()) : Either.left(refusal);
        return found.isRight() ? existing(module, found.get()) : Either.left(withLimit(refusal));
    }

    /** Nor does it publish with which code it rejects one module too many. */
    private static OtaFailure withLimit(OtaFailure refusal) {
        return refusal instanceof OtaFailure.Rejected
                ? refusal.withDetails(refusal.details()
                        .withMoreAdvice(Message.of("a product can have ten modules of its own at most")))
                : refusal;
    }

    @Override
    public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
        return client.check(operations.updateModule, HuaweiOperations.ALIAS, change.alias())
                .flatMap(alias ->
                        client.check(operations.updateModule, HuaweiOperations.DESCRIPTION, change.description()))
                .flatMap(description -> modules.find(ref))
                .flatMap(there -> {
                    OtaModule wanted = change.applyTo(there);
                    boolean isSame = wanted.alias().equals(there.alias())
                            && wanted.description().equals(there.description());
                    return isSame ? Either.right(there) : client.change(operations.updateModule, wanted, wanted);
                });
    }

    /** A dry run of a deletion by id looks too, and every module that is found has an id. */
    @Override
    public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
        if (ref instanceof ModuleRef.ById byId) {
            return client.delete(operations.deleteModule, byId.id(), () -> modules.find(ref));
        }
        Either<OtaFailure, OtaModule> found = modules.find(ref);
        return found.isLeft() && found.getLeft() instanceof OtaFailure.NotFound
                ? Either.right(DeleteResult.ABSENT)
                : found.flatMap(there ->
                        client.delete(operations.deleteModule, there.id().get(), () -> modules.find(ref)));
    }
}
