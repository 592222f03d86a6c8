package io.otabridge.app.copy;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.HashMap;
import java.util.Map;

/**
 * Determines the modules that copied packages need. The modules of a product are listed once, and each module is checked
 * once. It changes nothing. Safe for use by multiple threads.
 */
public final class ModuleCopy {

    private final Backend from;
    private final Backend to;
    private final Map<ProductId, Either<OtaFailure, List<ModuleName>>> existing = new HashMap<>();
    private final Map<ModuleRef, Either<OtaFailure, Either<String, Option<NewModule>>>> decided = new HashMap<>();

    ModuleCopy(Backend from, Backend to) {
        this.from = from;
        this.to = to;
    }

    /** Returns the module that a package is for; absent if it is for no module. */
    public static Option<ModuleRef> moduleOf(FirmwareCoordinates coordinates) {
        return coordinates.target() instanceof FirmwareTarget.Module module
                ? Option.some(ModuleRef.named(coordinates.product(), module.name()))
                : Option.none();
    }

    /**
     * Returns the module to create for a package of the target; absent if it exists or none is needed.
     *
     * @param source the product of the package on the source
     * @return the module, or why it cannot be created; the failure of a backend
     */
    synchronized Either<OtaFailure, Either<String, Option<NewModule>>> missing(
            FirmwareCoordinates coordinates, Option<ProductId> source) {
        Option<ModuleRef> ref = moduleOf(coordinates);
        if (ref.isEmpty()) {
            return Either.right(Either.right(Option.none()));
        }
        ModuleRef.ByName module = (ModuleRef.ByName) ref.get();
        Either<OtaFailure, Either<String, Option<NewModule>>> known = decided.get(module);
        if (known == null) {
            known = exists(module)
                    .flatMap(exists -> exists ? Either.right(Either.right(Option.none())) : creatable(module, source));
            decided.put(module, known);
        }
        return known;
    }

    private Either<OtaFailure, Boolean> exists(ModuleRef.ByName module) {
        if (!to.capabilities().has(Capability.LIST_MODULES)) {
            return Either.right(true);
        }
        return existing.computeIfAbsent(
                        module.product(),
                        product -> to.modules().list(product).toList().map(found -> found.map(OtaModule::name)))
                .map(names -> names.contains(module.name()));
    }

    private Either<OtaFailure, Either<String, Option<NewModule>>> creatable(
            ModuleRef.ByName module, Option<ProductId> source) {
        if (!to.capabilities().has(Capability.CREATE_MODULE)) {
            return Either.right(Either.left("backend " + to.name() + " has no " + module + " and cannot create it"));
        }
        return withTexts(NewModule.named(module.product(), module.name()), source)
                .flatMap(this::accepted);
    }

    /** Returns the module with the texts that it has on the source. */
    private Either<OtaFailure, NewModule> withTexts(NewModule plain, Option<ProductId> source) {
        if (source.isEmpty() || !from.capabilities().has(Capability.FIND_MODULE_BY_NAME)) {
            return Either.right(plain);
        }
        Either<OtaFailure, OtaModule> found = from.modules().find(ModuleRef.named(source.get(), plain.name()));
        return found.isLeft() && found.getLeft() instanceof OtaFailure.NotFound
                ? Either.right(plain)
                : found.map(module -> new NewModule(
                        plain.product(),
                        plain.name(),
                        module.alias().filter(text -> !text.isBlank()),
                        module.description().filter(text -> !text.isBlank())));
    }

    /** Texts that the target rejects are left out. */
    private Either<OtaFailure, Either<String, Option<NewModule>>> accepted(NewModule module) {
        List<NewModule> variants = List.of(
                        module,
                        new NewModule(module.product(), module.name(), module.alias(), Option.none()),
                        NewModule.named(module.product(), module.name()))
                .distinct();
        String reason = "";
        for (NewModule variant : variants) {
            Either<OtaFailure, ?> result = to.moduleCommands().dryRun().create(variant);
            if (result.isRight()) {
                return Either.right(Either.right(Option.some(variant)));
            }
            OtaFailure failure = result.getLeft();
            if (!(failure instanceof OtaFailure.Rejected || failure instanceof OtaFailure.NotFound)) {
                return Either.left(failure);
            }
            reason = failure.summary();
        }
        return Either.right(Either.left("its module cannot be created: " + reason));
    }
}
