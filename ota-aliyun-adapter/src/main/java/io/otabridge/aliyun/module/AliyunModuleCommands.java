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
 * Creates, changes and deletes OTA modules. Every command looks at the product's list first, because the platform says
 * neither what it made nor, in its documents, which code a missing module answers with.
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
                .flatMap(this::namesake)
                .flatMap(found -> found.map(there -> existing(module, there)).getOrElse(() -> send(module)));
    }

    /** If another caller was quicker, what that caller made decides. */
    private Either<OtaFailure, CreateResult<OtaModule>> send(NewModule module) {
        Either<OtaFailure, OtaModule> made = client.change(operations.createModule, module, module.toModule());
        if (made.isLeft() && AliyunErrors.saysThatNameExists(made.getLeft())) {
            return namesake(module)
                    .flatMap(found ->
                            found.map(there -> existing(module, there)).getOrElse(Either.left(made.getLeft())));
        }
        return made.map(created -> new CreateResult<>(created, false));
    }

    private Either<OtaFailure, Option<OtaModule>> namesake(NewModule module) {
        return modules.modulesOf(module.product())
                .map(all -> all.find(there ->
                        there.name().value().equalsIgnoreCase(module.name().value())));
    }

    private Either<OtaFailure, CreateResult<OtaModule>> existing(NewModule asked, OtaModule there) {
        if (asked.describes(there)) {
            return Either.right(new CreateResult<>(there, true));
        }
        String backend = client.origin(operations.createModule).backend();
        return Either.left(new OtaFailure.Rejected(
                there.name().equals(asked.name())
                        ? FailureDetails.of(
                                client.origin(operations.createModule),
                                Message.of(
                                        "Backend {0} has {1} already, with another alias or description",
                                        backend, asked.toRef()),
                                Message.of("Change that module, or choose another name"))
                        : FailureDetails.of(
                                client.origin(operations.createModule),
                                Message.of(
                                        "Backend {0} has module {1} already, so that there can be no {2}",
                                        backend, there.name(), asked.toRef()),
                                Message.of("Choose a name that differs not only in case"))));
    }

    @Override
    public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
        return client.check(operations.updateModule, rules.alias(), change.alias())
                .flatMap(alias -> client.check(operations.updateModule, rules.description(), change.description()))
                .flatMap(description -> modules.find(ref))
                .flatMap(there -> update(there, change.applyTo(there)));
    }

    private Either<OtaFailure, OtaModule> update(OtaModule there, OtaModule wanted) {
        return wanted.alias().equals(there.alias()) && wanted.description().equals(there.description())
                ? Either.right(there)
                : client.change(operations.updateModule, wanted, wanted);
    }

    /**
     * Looks first, as the documents do not say which code a missing module has. After a refusal the list shows whether another
     * caller has deleted the module in between.
     */
    @Override
    public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
        if (!(ref instanceof ModuleRef.ByName byName)) {
            return Either.left(client.unsupported(Capability.FIND_MODULE_BY_ID));
        }
        if (byName.name().value().equals(AliyunMapping.DEFAULT_MODULE)) {
            return Either.left(keptForEver(client.origin(operations.deleteModule), byName));
        }
        Either<OtaFailure, OtaModule> found = modules.find(byName);
        return found.isLeft() && found.getLeft() instanceof OtaFailure.NotFound
                ? Either.right(DeleteResult.ABSENT)
                : found.flatMap(there -> client.delete(operations.deleteModule, byName, () -> modules.find(byName)));
    }

    private static OtaFailure keptForEver(OperationContext origin, ModuleRef.ByName ref) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of("Backend {0} keeps {1}, because it stands for the whole device", origin.backend(), ref),
                Message.of("Delete modules of your own only; nothing was sent")));
    }
}
