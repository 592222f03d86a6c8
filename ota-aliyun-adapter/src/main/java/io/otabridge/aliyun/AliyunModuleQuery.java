package io.otabridge.aliyun;

import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.InvalidValue;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.JsonReader;
import io.vavr.collection.List;
import io.vavr.control.Either;

/** Asks the platform for OTA modules, which it knows only as elements of their product's list. */
final class AliyunModuleQuery implements ModuleQueryPort {

    private static final String LIST = "ListOTAModuleByProduct";
    private static final JsonReader<ModuleDto.Answer> READER = JsonReader.of(ModuleDto.Answer.class);

    private final AliyunApi api;
    private final AliyunSettings settings;
    private final BackendCalls calls;
    private final AliyunCalls answers;

    AliyunModuleQuery(AliyunApi api, AliyunSettings settings, BackendCalls calls) {
        this.api = api;
        this.settings = settings;
        this.calls = calls;
        this.answers = new AliyunCalls(calls, settings.dialect());
    }

    @Override
    public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
        Origin origin = calls.origin(LIST);
        if (ref instanceof ModuleRef.ByName byName) {
            return calls.check(
                            origin,
                            settings.dialect().rules().moduleName(),
                            byName.name().value())
                    .flatMap(name -> modulesOf(origin, byName.product(), byName.toString()))
                    .flatMap(modules -> modules.find(module -> module.name().equals(byName.name()))
                            .toEither(() -> absent(origin, byName)));
        }
        return settings.dialect()
                .capabilities()
                .require(origin, Capability.FIND_MODULE_BY_ID)
                .flatMap(never -> Either.left(absent(origin, ref)));
    }

    @Override
    public Pages<OtaModule> list(ProductId product) {
        return Pages.of(from -> page(product, from));
    }

    /** The platform answers all modules of a product on one page. */
    private Either<OtaFailure, Page<OtaModule>> page(ProductId product, PageToken from) {
        Origin origin = calls.origin(LIST);
        if (!from.equals(PageToken.FIRST)) {
            return Either.left(new OtaFailure.Rejected(FailureDetails.of(
                    origin,
                    settings.dialect().title() + " answers all modules on the first page, so there is none at "
                            + InvalidValue.quoted(from.value()),
                    "Begin with the first page; nothing was sent")));
        }
        return modulesOf(product).map(Page::last);
    }

    /** All modules of a product. Commands look at them before they change anything. */
    Either<OtaFailure, List<OtaModule>> modulesOf(ProductId product) {
        return modulesOf(calls.origin(LIST), product, "modules of product " + product);
    }

    private Either<OtaFailure, List<OtaModule>> modulesOf(Origin origin, ProductId product, String subject) {
        return answers.ask(
                origin,
                subject,
                api.listOtaModuleByProduct(settings.instanceId().getOrNull(), product.value()),
                READER,
                answer -> AliyunMapping.toModules(answer).flatMap(modules -> of(product, modules)));
    }

    /** Passes on the modules of the product that was asked for, and no others. */
    private static Either<String, List<OtaModule>> of(ProductId product, List<OtaModule> modules) {
        return modules.find(module -> !module.product().id().equals(product))
                .<Either<String, List<OtaModule>>>map(other ->
                        Either.left("it speaks of product " + other.product().id()))
                .getOrElse(Either.right(modules));
    }

    private static OtaFailure absent(Origin origin, ModuleRef ref) {
        return new OtaFailure.NotFound(FailureDetails.of(
                origin,
                "Backend " + origin.backend() + " has no " + ref,
                "Check the name's exact spelling, upper and lower case included"));
    }
}
