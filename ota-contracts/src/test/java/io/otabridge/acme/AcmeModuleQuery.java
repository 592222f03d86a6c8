package io.otabridge.acme;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
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
import io.vavr.control.Either;
import io.vavr.control.Option;

/** Finds and lists modules of Acme Shelf. It has no operation that returns one module, so the list is searched. */
record AcmeModuleQuery(OperationClient client, AcmeOperations operations) implements ModuleQueryPort {

    @Override
    public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
        return ref instanceof ModuleRef.ByName byName
                ? find(byName)
                : Either.left(client.unsupported(Capability.FIND_MODULE_BY_ID));
    }

    private Either<OtaFailure, OtaModule> find(ModuleRef.ByName ref) {
        return PageIterator.stream(list(ref.product(), Option.some(ref.name())))
                .filter(next -> next.forAll(module -> module.name().equals(ref.name())))
                .findFirst()
                .orElseGet(() -> Either.left(notFound(ref)));
    }

    @Override
    public Pages<OtaModule> list(ProductId product) {
        return list(product, Option.none());
    }

    private Pages<OtaModule> list(ProductId product, Option<ModuleName> name) {
        return Pages.of(
                from -> client.read(operations.listModules, new AcmeOperations.ModulePage(product, name, from)));
    }

    private OtaFailure notFound(ModuleRef ref) {
        OperationContext origin = client.contextOf(operations.listModules);
        return new OtaFailure.NotFound(FailureDetails.of(
                origin,
                Message.of("Backend {0} has no {1}", origin.backend(), ref),
                Message.of("Check product and name, upper and lower case included")));
    }
}
