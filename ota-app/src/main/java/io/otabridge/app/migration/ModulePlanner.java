package io.otabridge.app.migration;

import io.otabridge.app.copy.ModuleCopy;
import io.otabridge.app.migration.MigrationPlan.Planned;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.HashMap;

/** Determines which modules the target needs for packages. Sends only reads and dry runs. For one thread. */
final class ModulePlanner {

    /**
     * The modules for packages.
     *
     * @param packages the packages whose module exists or can be created
     * @param missing the modules to create, by their references on the target
     * @param refused the packages whose module cannot be created, with the reason
     */
    record Result(List<Planned> packages, Map<ModuleRef, NewModule> missing, Map<Planned, String> refused) {

        /** Returns the modules to create for some of the packages. */
        List<NewModule> neededBy(List<Planned> chosen) {
            return chosen.flatMap(one -> moduleOf(one).flatMap(missing::get)).distinct();
        }
    }

    private final Backend from;
    private final Backend to;
    private final java.util.Map<ProductId, Either<OtaFailure, List<ModuleName>>> existing = new HashMap<>();
    private final java.util.Map<ModuleRef, Either<String, Option<NewModule>>> decided = new HashMap<>();

    ModulePlanner(Backend from, Backend to) {
        this.from = from;
        this.to = to;
    }

    /** Returns the modules for these packages, or the failure of a backend. */
    Either<OtaFailure, Result> plan(List<Planned> packages) {
        java.util.List<Planned> possible = new ArrayList<>();
        java.util.Map<ModuleRef, NewModule> missing = new java.util.LinkedHashMap<>();
        java.util.Map<Planned, String> refused = new java.util.LinkedHashMap<>();
        for (Planned one : packages) {
            Option<ModuleRef> ref = moduleOf(one);
            if (ref.isEmpty()) {
                possible.add(one);
                continue;
            }
            Either<OtaFailure, Either<String, Option<NewModule>>> decision = decide(ref.get(), one);
            if (decision.isLeft()) {
                return Either.left(decision.getLeft());
            }
            decision.get().peekLeft(reason -> refused.put(one, reason)).peek(module -> {
                possible.add(one);
                module.forEach(created -> missing.put(ref.get(), created));
            });
        }
        return Either.right(
                new Result(List.ofAll(possible), LinkedHashMap.ofAll(missing), LinkedHashMap.ofAll(refused)));
    }

    private static Option<ModuleRef> moduleOf(Planned planned) {
        return planned.target().map(firmware -> firmware.coordinates()).flatMap(ModuleCopy::moduleOf);
    }

    private Either<OtaFailure, Either<String, Option<NewModule>>> decide(ModuleRef ref, Planned first) {
        Either<String, Option<NewModule>> known = decided.get(ref);
        if (known != null) {
            return Either.right(known);
        }
        ModuleRef.ByName module = (ModuleRef.ByName) ref;
        return exists(module)
                .flatMap(exists -> exists
                        ? Either.<OtaFailure, Either<String, Option<NewModule>>>right(Either.right(Option.none()))
                        : creatable(module, first.source().product()))
                .peek(decision -> decided.put(ref, decision));
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
            ModuleRef.ByName module, Option<Product> sourceProduct) {
        if (!to.capabilities().has(Capability.CREATE_MODULE)) {
            return Either.right(Either.left("backend " + to.name() + " has no " + module + " and cannot create it"));
        }
        return newModule(module, sourceProduct.map(Product::id)).flatMap(this::accepted);
    }

    /** Returns the module with the texts that it has on the source. */
    private Either<OtaFailure, NewModule> newModule(ModuleRef.ByName module, Option<ProductId> sourceProduct) {
        NewModule plain = NewModule.named(module.product(), module.name());
        if (sourceProduct.isEmpty() || !from.capabilities().has(Capability.FIND_MODULE_BY_NAME)) {
            return Either.right(plain);
        }
        return ModuleCopy.of(from, ModuleRef.named(sourceProduct.get(), module.name()), plain);
    }

    /** Texts that the target rejects are left out. */
    private Either<OtaFailure, Either<String, Option<NewModule>>> accepted(NewModule module) {
        List<NewModule> variants = List.of(
                        module,
                        new NewModule(module.product(), module.name(), module.alias(), Option.none()),
                        NewModule.named(module.product(), module.name()))
                .distinct();
        Option<String> reason = Option.none();
        for (NewModule variant : variants) {
            Either<OtaFailure, ?> result = to.moduleCommands().dryRun().create(variant);
            if (result.isRight()) {
                return Either.right(Either.right(Option.some(variant)));
            }
            OtaFailure failure = result.getLeft();
            if (!(failure instanceof OtaFailure.Rejected || failure instanceof OtaFailure.NotFound)) {
                return Either.left(failure);
            }
            reason = reason.orElse(Option.some(failure.summary()));
        }
        return Either.right(Either.left("its module cannot be created: " + reason.get()));
    }
}
