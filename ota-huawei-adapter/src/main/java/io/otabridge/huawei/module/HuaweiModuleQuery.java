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
import io.otabridge.domain.page.CompleteListIterator;
import io.otabridge.domain.page.PageIterator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.otabridge.huawei.operation.HuaweiOperations;
import io.otabridge.huawei.operation.MarkerCursor;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Iterator;

/** Asks IoTDA for OTA modules: for one by id with one call, by name by walking its product's modules. */
public final class HuaweiModuleQuery implements ModuleQueryPort {

    /** The document "Limitations" allows ten modules of its own to a product; whoever answers more than this has lost count. */
    private static final int MOST = 1_000;

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

    /** What was not found is absent only if the walk came to its end. */
    private Either<OtaFailure, OtaModule> findByName(ModuleRef.ByName ref) {
        OperationContext origin = client.origin(operations.listModules);
        Iterator<Either<OtaFailure, OtaModule>> modules = PageIterator.stream(
                        list(ref.product(), Option.some(ref.name())))
                .iterator();
        int passed = 0;
        while (modules.hasNext()) {
            Either<OtaFailure, OtaModule> next = modules.next();
            if (next.forAll(module -> module.name().equals(ref.name()))) {
                return next;
            }
            passed++;
            if (passed > MOST) {
                return Either.left(endless(origin, ref.product()));
            }
        }
        return Either.left(absent(origin, ref));
    }

    @Override
    public Pages<OtaModule> list(ProductId product) {
        return list(product, Option.none());
    }

    private Pages<OtaModule> list(ProductId product, Option<ModuleName> name) {
        return CompleteListIterator.byMarker(
                client.origin(operations.listModules),
                ENTRIES,
                module -> module.id().get(),
                from -> page(product, name, from));
    }

    private Either<OtaFailure, VendorPage<OtaModule>> page(ProductId product, Option<ModuleName> name, PageToken from) {
        return MarkerCursor.at(from)
                .toEither(() -> HuaweiOperations.foreignToken(client.origin(operations.listModules), from))
                .flatMap(position ->
                        client.read(operations.listModules, new HuaweiOperations.ModulePage(product, name, position)));
    }

    private OtaFailure absent(OperationContext origin, ModuleRef.ByName ref) {
        return new OtaFailure.NotFound(FailureDetails.of(
                origin,
                Message.of("Backend {0} has no {1}", origin.backend(), ref),
                Message.of("Check the product id and the name's exact spelling, upper and lower case included, and"
                        + " app-id")));
    }

    private static OtaFailure endless(OperationContext origin, ProductId product) {
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                origin,
                Message.of(
                        "Backend {0} answers more than {1} modules of product {2}, where the vendor allows ten",
                        origin.backend(), MOST, product),
                Message.of(
                        "Ask for the module by its id; if the product has so many, the API has changed: report it")));
    }
}
