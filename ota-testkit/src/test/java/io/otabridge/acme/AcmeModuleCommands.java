package io.otabridge.acme;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.Capability;
import io.otabridge.domain.Created;
import io.otabridge.domain.Deletion;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.module.ModuleChange;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.http.JsonReader;
import io.otabridge.http.SentOnce;
import io.vavr.control.Either;

/** Creates and deletes modules of Acme Shelf. A creation looks first, so that asking again after a lost answer is safe. */
final class AcmeModuleCommands implements ModuleCommandPort {

    private static final JsonReader<ModuleDto> MODULE = JsonReader.of(ModuleDto.class);

    private final AcmeApi api;
    private final AcmeCalls calls;
    private final AcmeModuleQuery modules;
    private final boolean isDry;

    AcmeModuleCommands(AcmeApi api, AcmeCalls calls, AcmeModuleQuery modules, boolean isDry) {
        this.api = api;
        this.calls = calls;
        this.modules = modules;
        this.isDry = isDry;
    }

    @Override
    public ModuleCommandPort dryRun() {
        return new AcmeModuleCommands(api, calls, modules, true);
    }

    @Override
    public Either<OtaFailure, Created<OtaModule>> create(NewModule module) {
        Origin origin = calls.origin("CreateModule");
        Either<OtaFailure, OtaModule> there = modules.find(module.toRef());
        if (there.isRight()) {
            return existing(origin, module, there.get());
        }
        return there.getLeft() instanceof OtaFailure.NotFound
                ? added(origin, module).map(made -> new Created<>(made, false))
                : Either.left(there.getLeft());
    }

    @Override
    public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleChange change) {
        Origin origin = calls.origin("UpdateModule");
        return calls.require(origin, Capability.UPDATE_MODULE).flatMap(can -> modules.find(ref));
    }

    @Override
    public Either<OtaFailure, Deletion> delete(ModuleRef ref) {
        Origin origin = calls.origin("DeleteModule");
        if (!(ref instanceof ModuleRef.ByName byName)) {
            return calls.require(origin, Capability.FIND_MODULE_BY_ID).map(can -> Deletion.ABSENT);
        }
        return calls.check(origin, AcmeCalls.PRODUCT, byName.product().value())
                .flatMap(product -> calls.check(
                                origin, AcmeModuleQuery.NAME, byName.name().value())
                        .flatMap(name -> isDry
                                ? AcmeCalls.foreseen(modules.find(ref))
                                : calls.delete(origin, ref.toString(), api.deleteModule(product, name))));
    }

    private Either<OtaFailure, OtaModule> added(Origin origin, NewModule module) {
        if (isDry) {
            return Either.right(module.toModule());
        }
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("name", module.name().value());
        module.alias().forEach(alias -> body.put("alias", alias));
        module.description().forEach(description -> body.put("description", description));
        return calls.change(
                origin,
                module.toRef().toString(),
                api.createModule(module.product().value(), SentOnce.json(body.toString())),
                MODULE,
                dto -> AcmeMapping.toModule(dto)
                        .flatMap(made -> module.describes(made)
                                ? Either.right(made)
                                : Either.left("it speaks of a module that was not asked for")));
    }

    private static Either<OtaFailure, Created<OtaModule>> existing(Origin origin, NewModule asked, OtaModule there) {
        return asked.describes(there)
                ? Either.right(new Created<>(there, true))
                : Either.left(new OtaFailure.Rejected(AcmeCalls.details(
                        origin,
                        "has " + asked.toRef() + " already, with another alias or description",
                        "Delete that module, or choose another name")));
    }
}
