package io.otabridge.acme;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.control.Either;

/** Creates and deletes modules of Acme Shelf. */
record AcmeModuleCommands(OperationClient client, AcmeOperations operations, ModuleQueryPort modules)
        implements ModuleCommandPort {

    @Override
    public ModuleCommandPort dryRun() {
        return new AcmeModuleCommands(client.dryRun(), operations, modules);
    }

    /** Looks the module up first, so that a retry after a lost response creates no second module. */
    @Override
    public Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
        Either<OtaFailure, OtaModule> found =
                client.check(operations.createModule, module).flatMap(valid -> modules.find(valid.toRef()));
        return found.isLeft() && found.getLeft() instanceof OtaFailure.NotFound
                ? client.change(operations.createModule, module, module.toModule())
                        .map(created -> new CreateResult<>(created, false))
                : found.flatMap(other -> existing(module, other));
    }

    private Either<OtaFailure, CreateResult<OtaModule>> existing(NewModule module, OtaModule other) {
        OperationContext origin = client.contextOf(operations.createModule);
        return module.describes(other)
                ? Either.right(new CreateResult<>(other, true))
                : Either.left(new OtaFailure.Rejected(FailureDetails.of(
                        origin,
                        Message.of(
                                "{1} already exists in backend {0} with another alias or description",
                                origin.backend(), module.toRef()),
                        Message.of("Delete the existing module or choose another name"))));
    }

    @Override
    public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
        return Either.left(client.unsupported(Capability.UPDATE_MODULE));
    }

    @Override
    public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
        return ref instanceof ModuleRef.ByName byName
                ? client.delete(operations.deleteModule, byName, () -> modules.find(byName))
                : Either.left(client.unsupported(Capability.FIND_MODULE_BY_ID));
    }
}
