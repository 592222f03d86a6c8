package io.otabridge.aliyun.module;

import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.operation.AliyunErrors;
import io.otabridge.aliyun.operation.AliyunMapping;
import io.otabridge.aliyun.operation.AliyunOperations;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Creates, updates and deletes OTA modules. Each command first lists the modules of the product, because the platform
 * neither returns the created module nor documents the error code for a missing one.
 */
public final class AliyunModuleCommands implements ModuleCommandPort {

    private final OperationClient client;
    private final AliyunOperations operations;
    private final AliyunModuleQuery modules;
    private final Dialect.Rules rules;

    public AliyunModuleCommands(
            OperationClient client, AliyunOperations operations, AliyunModuleQuery modules, Dialect.Rules rules) {
        this.client = client;
        this.operations = operations;
        this.modules = modules;
        this.rules = rules;
    }

    @Override
    public ModuleCommandPort dryRun() {
        return new AliyunModuleCommands(client.dryRun(), operations, modules, rules);
    }

    @Override
    public Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
        return client.check(operations.createModule, module)
                .flatMap(this::findExisting)
                .flatMap(
                        found -> found.map(current -> existing(module, current)).getOrElse(() -> createOrFind(module)));
    }

    /** If another caller created the module first, that module is the result. */
    private Either<OtaFailure, CreateResult<OtaModule>> createOrFind(NewModule module) {
        Either<OtaFailure, OtaModule> result = client.change(operations.createModule, module, module.toModule());
        if (result.isLeft() && AliyunErrors.isNameTaken(result.getLeft())) {
            return findExisting(module)
                    .flatMap(found ->
                            found.map(current -> existing(module, current)).getOrElse(Either.left(result.getLeft())));
        }
        return result.map(created -> new CreateResult<>(created, false));
    }

    private Either<OtaFailure, Option<OtaModule>> findExisting(NewModule module) {
        return modules.modulesOf(module.product())
                .map(all -> all.find(current ->
                        current.name().value().equalsIgnoreCase(module.name().value())));
    }

    private Either<OtaFailure, CreateResult<OtaModule>> existing(NewModule requested, OtaModule current) {
        if (requested.describes(current)) {
            return Either.right(new CreateResult<>(current, true));
        }
        String backend = client.contextOf(operations.createModule).backend();
        return Either.left(new OtaFailure.Rejected(
                current.name().equals(requested.name())
                        ? FailureDetails.of(
                                client.contextOf(operations.createModule),
                                Message.of(
                                        "Backend {0} has {1} already, with another alias or description",
                                        backend, requested.toRef()),
                                Message.of("Change that module, or choose another name"))
                        : FailureDetails.of(
                                client.contextOf(operations.createModule),
                                Message.of(
                                        "Backend {0} has module {1} already, so {2} cannot be created",
                                        backend, current.name(), requested.toRef()),
                                Message.of("Choose a name that differs in more than case"))));
    }

    @Override
    public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
        return client.check(operations.updateModule, rules.alias(), change.alias())
                .flatMap(alias -> client.check(operations.updateModule, rules.description(), change.description()))
                .flatMap(description -> modules.find(ref))
                .flatMap(current -> update(current, change.applyTo(current)));
    }

    private Either<OtaFailure, OtaModule> update(OtaModule current, OtaModule wanted) {
        return wanted.alias().equals(current.alias()) && wanted.description().equals(current.description())
                ? Either.right(current)
                : client.change(operations.updateModule, wanted, wanted);
    }

    /**
     * Lists the modules first, because the error code for a missing module is not documented. After a rejection, the
     * list shows whether another caller deleted the module.
     */
    @Override
    public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
        if (!(ref instanceof ModuleRef.ByName byName)) {
            return Either.left(client.unsupported(Capability.FIND_MODULE_BY_ID));
        }
        if (byName.name().value().equals(AliyunMapping.DEFAULT_MODULE)) {
            return Either.left(undeletable(client.contextOf(operations.deleteModule), byName));
        }
        Either<OtaFailure, OtaModule> found = modules.find(byName);
        return found.isLeft() && found.getLeft() instanceof OtaFailure.NotFound
                ? Either.right(DeleteResult.NOT_FOUND)
                : found.flatMap(current -> client.delete(operations.deleteModule, byName, () -> modules.find(byName)));
    }

    private static OtaFailure undeletable(OperationContext origin, ModuleRef.ByName ref) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        "Backend {0} cannot delete {1}, because it represents the whole device", origin.backend(), ref),
                Message.of("Delete custom modules only; nothing was sent")));
    }
}
