package io.otabridge.aliyun.module;

import io.otabridge.aliyun.operation.AliyunOperations;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/** Finds and lists OTA modules. The platform returns them only as the list of a product. */
public final class AliyunModuleQuery implements ModuleQueryPort {

    private final OperationClient client;
    private final AliyunOperations operations;
    private final String title;

    /** @param title the platform's name for people */
    public AliyunModuleQuery(OperationClient client, AliyunOperations operations, String title) {
        this.client = client;
        this.operations = operations;
        this.title = title;
    }

    @Override
    public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
        if (ref instanceof ModuleRef.ByName byName) {
            return modules(byName.product(), Option.some(byName))
                    .flatMap(modules -> modules.find(module -> module.name().equals(byName.name()))
                            .toEither(() -> notFound(byName)));
        }
        return Either.left(client.unsupported(Capability.FIND_MODULE_BY_ID));
    }

    @Override
    public Pages<OtaModule> list(ProductId product) {
        return Pages.of(from -> page(product, from));
    }

    /** The platform returns all modules of a product on one page. */
    private Either<OtaFailure, Page<OtaModule>> page(ProductId product, PageToken from) {
        if (!from.equals(PageToken.FIRST)) {
            return Either.left(new OtaFailure.Rejected(FailureDetails.of(
                    client.contextOf(operations.listModules),
                    Message.of(
                            "{0} returns all modules on the first page, so there is no page {1}",
                            title, ConstraintViolation.quoted(from.value())),
                    Message.of("Start with the first page; nothing was sent"))));
        }
        return modulesOf(product).map(Page::last);
    }

    /** All modules of a product. Commands check them before a change. */
    Either<OtaFailure, List<OtaModule>> modulesOf(ProductId product) {
        return modules(product, Option.none());
    }

    private Either<OtaFailure, List<OtaModule>> modules(ProductId product, Option<ModuleRef.ByName> wanted) {
        return client.read(operations.listModules, new AliyunOperations.ModuleList(product, wanted));
    }

    private OtaFailure notFound(ModuleRef.ByName ref) {
        return new OtaFailure.NotFound(FailureDetails.of(
                client.contextOf(operations.listModules),
                Message.of(
                        "Backend {0} has no {1}",
                        client.contextOf(operations.listModules).backend(), ref),
                Message.of("Check the exact spelling of the name, including case")));
    }
}
