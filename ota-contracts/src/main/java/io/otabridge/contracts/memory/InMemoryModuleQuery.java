package io.otabridge.contracts.memory;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The modules of an in-memory backend, in the order in which they were added. */
final class InMemoryModuleQuery implements ModuleQueryPort {

    private static final String LIST_MODULES = "ListModules";

    private final InMemoryStore store;

    InMemoryModuleQuery(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
        Capability needed =
                ref instanceof ModuleRef.ById ? Capability.FIND_MODULE_BY_ID : Capability.FIND_MODULE_BY_NAME;
        return store.read(
                needed,
                "FindModule",
                () -> find(store, ref).toEither(() -> store.absent("FindModule", ref.toString())));
    }

    @Override
    public Pages<OtaModule> list(ProductId product) {
        return CompleteListPaginator.byMarker(
                store.origin(LIST_MODULES), "modules", OtaModule::name, from -> entries(product, from));
    }

    private Either<OtaFailure, VendorPage<OtaModule>> entries(ProductId product, PageToken from) {
        NavigableMap<Long, OtaModule> ofProduct = new TreeMap<>(store.modules);
        ofProduct.values().removeIf(module -> !module.product().id().equals(product));
        return store.pageOf(Capability.LIST_MODULES, LIST_MODULES, ofProduct, from, InMemoryStore::number);
    }

    static Option<OtaModule> find(InMemoryStore store, ModuleRef ref) {
        return Option.ofOptional(
                store.modules.values().stream().filter(matches(ref)).findFirst());
    }

    static Predicate<OtaModule> matches(ModuleRef ref) {
        if (ref instanceof ModuleRef.ById byId) {
            return module -> module.id().contains(byId.id());
        }
        ModuleRef.ByName byName = (ModuleRef.ByName) ref;
        return module ->
                module.product().id().equals(byName.product()) && module.name().equals(byName.name());
    }
}
