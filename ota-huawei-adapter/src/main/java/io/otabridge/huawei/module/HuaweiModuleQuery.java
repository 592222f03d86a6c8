package io.otabridge.huawei.module;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.PageIterator;
import io.otabridge.domain.page.Pages;
import io.otabridge.huawei.operation.HuaweiOperations;
import io.otabridge.huawei.operation.MarkerPages;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Iterator;

/**
 * Finds and lists OTA modules of IoTDA. A lookup by id takes one call; a lookup by name iterates over the modules of
 * the product.
 */
public final class HuaweiModuleQuery implements ModuleQueryPort {

    /**
     * The document "Limitations" allows ten custom modules per product. More than this is a defect of the vendor's
     * pagination.
     */
    private static final int MAX_MODULES = 1_000;

    private static final String ENTRIES = "modules";

    private final OperationClient client;
    private final HuaweiOperations operations;

    public HuaweiModuleQuery(OperationClient client, HuaweiOperations operations) {
        this.client = client;
        this.operations = operations;
    }

    @Override
    public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
        return ref instanceof ModuleRef.ById byId
                ? client.read(operations.showModule, byId.id())
                : findByName((ModuleRef.ByName) ref);
    }

    /** Returns {@code NotFound} only after the last page. */
    private Either<OtaFailure, OtaModule> findByName(ModuleRef.ByName ref) {
        OperationContext origin = client.contextOf(operations.listModules);
        Iterator<Either<OtaFailure, OtaModule>> modules = PageIterator.stream(
                        list(ref.product(), Option.some(ref.name())))
                .iterator();
        int seen = 0;
        while (modules.hasNext()) {
            Either<OtaFailure, OtaModule> next = modules.next();
            if (next.forAll(module -> module.name().equals(ref.name()))) {
                return next;
            }
            seen++;
            if (seen > MAX_MODULES) {
                return Either.left(tooManyModules(origin, ref.product()));
            }
        }
        return Either.left(notFound(origin, ref));
    }

    @Override
    public Pages<OtaModule> list(ProductId product) {
        return list(product, Option.none());
    }

    private Pages<OtaModule> list(ProductId product, Option<ModuleName> name) {
        return MarkerPages.of(
                client,
                operations.listModules,
                ENTRIES,
                module -> module.id().get(),
                cursor -> new HuaweiOperations.ModulePage(product, name, cursor));
    }

    private OtaFailure notFound(OperationContext origin, ModuleRef.ByName ref) {
        return new OtaFailure.NotFound(FailureDetails.of(
                origin,
                Message.of("Backend {0} has no {1}", origin.backend(), ref),
                Message.of(
                        "Check the product id (or map its name in products), app-id and the exact spelling of the module's"
                                + " name, including case")));
    }

    private static OtaFailure tooManyModules(OperationContext origin, ProductId product) {
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                origin,
                Message.of(
                        "Backend {0} returned more than {1} modules of product {2}, although the vendor allows ten",
                        origin.backend(), MAX_MODULES, product),
                Message.of(
                        "Find the module by its id; if the product really has that many modules, the API has changed:"
                                + " report it")));
    }
}
