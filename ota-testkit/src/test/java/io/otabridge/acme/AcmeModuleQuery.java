package io.otabridge.acme;

import io.otabridge.domain.Capability;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageIterator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.http.JsonReader;
import io.vavr.control.Either;
import io.vavr.control.Option;

/** Asks Acme Shelf for modules. It can only list those of a product, so one by name is found by iterating over the pages. */
final class AcmeModuleQuery implements ModuleQueryPort {

    static final TextRule NAME = TextRule.matching(
            "Acme module name",
            "[A-Za-z0-9][A-Za-z0-9._-]{0,39}",
            "1 to 40 letters, digits, full stops, underscores and hyphens, beginning with a letter or digit");

    private static final String LIST = "ListModules";
    private static final JsonReader<ModuleDto.PageDto> PAGE = JsonReader.of(ModuleDto.PageDto.class);

    private final AcmeApi api;
    private final AcmeCalls calls;

    AcmeModuleQuery(AcmeApi api, AcmeCalls calls) {
        this.api = api;
        this.calls = calls;
    }

    @Override
    public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
        Origin origin = calls.origin(LIST);
        if (!(ref instanceof ModuleRef.ByName byName)) {
            return calls.require(origin, Capability.FIND_MODULE_BY_ID).flatMap(can -> Either.left(absent(origin, ref)));
        }
        return calls.check(origin, NAME, byName.name().value())
                .flatMap(name -> Option.ofOptional(PageIterator.stream(list(ref.toString(), byName.product()))
                                .filter(next ->
                                        next.isLeft() || next.get().name().equals(byName.name()))
                                .findFirst())
                        .getOrElse(() -> Either.left(absent(origin, ref))));
    }

    @Override
    public Pages<OtaModule> list(ProductId product) {
        return list("product " + product, product);
    }

    private Pages<OtaModule> list(String subject, ProductId product) {
        return Pages.of(from -> page(calls.origin(LIST), subject, product, from));
    }

    private Either<OtaFailure, Page<OtaModule>> page(Origin origin, String subject, ProductId product, PageToken from) {
        return calls.check(origin, AcmeCalls.PRODUCT, product.value())
                .flatMap(asked -> calls.page(origin, from))
                .flatMap(page -> calls.ask(
                        origin,
                        subject,
                        api.listModules(product.value(), page.getOrNull()),
                        PAGE,
                        dto -> AcmeMapping.toPage(
                                "modules",
                                dto.modules(),
                                dto.next(),
                                from,
                                module -> AcmeMapping.toModule(module).flatMap(found -> of(product, found)))));
    }

    /** Passes on a module of the product that was asked for, and no other. */
    private static Either<String, OtaModule> of(ProductId product, OtaModule found) {
        ProductId other = found.product().id();
        return other.equals(product) ? Either.right(found) : Either.left("it speaks of product " + other);
    }

    private static OtaFailure absent(Origin origin, ModuleRef ref) {
        return new OtaFailure.NotFound(
                AcmeCalls.details(origin, "has no " + ref, "Check product and name, upper and lower case included"));
    }
}
