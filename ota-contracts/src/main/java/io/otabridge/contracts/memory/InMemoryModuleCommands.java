package io.otabridge.contracts.memory;

import io.otabridge.domain.Capability;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.control.Either;

/** Changes the modules of an in-memory backend. */
final class InMemoryModuleCommands implements ModuleCommandPort {

    private static final String CREATE_MODULE = "CreateModule";
    private static final String UPDATE_MODULE = "UpdateModule";

    private final InMemoryStore store;
    private final boolean isDry;

    InMemoryModuleCommands(InMemoryStore store, boolean isDry) {
        this.store = store;
        this.isDry = isDry;
    }

    @Override
    public Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
        return store.change(
                isDry,
                Capability.CREATE_MODULE,
                CREATE_MODULE,
                () -> InMemoryModuleQuery.find(store, module.toRef())
                        .map(found -> existing(module, found))
                        .getOrElse(() ->
                                Either.right(new CreateResult<>(isDry ? module.toModule() : added(module), false))));
    }

    private Either<OtaFailure, CreateResult<OtaModule>> existing(NewModule module, OtaModule existing) {
        return module.describes(existing)
                ? Either.right(new CreateResult<>(existing, true))
                : Either.left(store.rejected(
                        CREATE_MODULE,
                        "Update the existing module or choose another name",
                        "{1} already exists in backend {0} with another alias or description",
                        store.origin(CREATE_MODULE).backend(),
                        module.toRef()));
    }

    private OtaModule added(NewModule module) {
        OtaModule made = module.toModule().toBuilder()
                .id(ModuleId.of("module-" + store.nextNumber()))
                .build();
        store.add(made);
        return made;
    }

    @Override
    public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
        return store.change(
                isDry,
                Capability.UPDATE_MODULE,
                UPDATE_MODULE,
                () -> InMemoryModuleQuery.find(store, ref)
                        .map(found -> isDry ? change.applyTo(found) : changed(found, change))
                        .toEither(() -> store.absent(UPDATE_MODULE, ref.toString())));
    }

    private OtaModule changed(OtaModule existing, ModuleUpdate change) {
        OtaModule changed = change.applyTo(existing);
        store.modules.replaceAll((number, module) -> module.equals(existing) ? changed : module);
        return changed;
    }

    @Override
    public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
        return store.deletion(isDry, Capability.DELETE_MODULE, "DeleteModule", () -> {
            boolean exists = isDry
                    ? InMemoryModuleQuery.find(store, ref).isDefined()
                    : store.modules.values().removeIf(InMemoryModuleQuery.matches(ref));
            return Either.right(exists ? DeleteResult.DELETED : DeleteResult.NOT_FOUND);
        });
    }

    @Override
    public ModuleCommandPort dryRun() {
        return new InMemoryModuleCommands(store, true);
    }
}
