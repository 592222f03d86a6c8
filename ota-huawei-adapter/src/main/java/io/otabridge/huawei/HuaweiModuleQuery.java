package io.otabridge.huawei;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.CountedList;
import io.otabridge.domain.page.CountedPage;
import io.otabridge.domain.page.PageIterator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.JsonReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Iterator;

/** Asks IoTDA for OTA modules: for one by id with one call, by name by walking its product's modules. */
final class HuaweiModuleQuery implements ModuleQueryPort {

    /** The document "Limitations" allows ten modules of its own to a product; whoever answers more than this has lost count. */
    private static final int MOST = 1_000;

    private static final String LIST = "ListOtaModules";
    private static final String ENTRIES = "modules";

    static final TextRule ID =
            TextRule.matching("Huawei OTA module id", "[a-zA-Z0-9-]{1,36}", "1 to 36 letters, digits and hyphens");
    static final TextRule NAME = TextRule.matching(
            "Huawei OTA module name",
            "[a-zA-Z0-9_.-]{1,64}",
            "1 to 64 letters, digits, underscores, full stops and hyphens");
    static final JsonReader<ModuleDto> MODULE = JsonReader.of(ModuleDto.class);
    private static final JsonReader<ModulePageDto> MODULES = JsonReader.of(ModulePageDto.class);

    private final HuaweiApi api;
    private final HuaweiSettings settings;
    private final BackendCalls calls;
    private final HuaweiCalls answers;

    HuaweiModuleQuery(HuaweiApi api, HuaweiSettings settings, BackendCalls calls) {
        this.api = api;
        this.settings = settings;
        this.calls = calls;
        this.answers = new HuaweiCalls(calls);
    }

    @Override
    public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
        return ref instanceof ModuleRef.ById byId ? findById(byId.id()) : findByName((ModuleRef.ByName) ref);
    }

    private Either<OtaFailure, OtaModule> findById(ModuleId id) {
        Origin origin = calls.origin("ShowOtaModule");
        return calls.check(origin, ID, id.value())
                .flatMap(moduleId -> answers.ask(
                        origin,
                        "module " + moduleId,
                        api.showOtaModule(settings.instanceId().getOrNull(), moduleId),
                        MODULE,
                        dto -> HuaweiMapping.toModule(dto).flatMap(found -> about(id, found))));
    }

    /** Walks the product's modules until the name is found. */
    private Either<OtaFailure, OtaModule> findByName(ModuleRef.ByName ref) {
        Origin origin = calls.origin(LIST);
        return calls.check(origin, NAME, ref.name().value()).flatMap(name -> findAmong(origin, ref));
    }

    /** What was not found is absent only if the walk came to its end. */
    private Either<OtaFailure, OtaModule> findAmong(Origin origin, ModuleRef.ByName ref) {
        Iterator<Either<OtaFailure, OtaModule>> modules =
                PageIterator.stream(list(ref.product())).iterator();
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
        return CountedList.marked(
                calls.origin(LIST), ENTRIES, module -> module.id().get(), from -> records(product, from));
    }

    private Either<OtaFailure, CountedPage<OtaModule>> records(ProductId product, PageToken from) {
        Origin origin = calls.origin(LIST);
        Option<MarkerPosition> position =
                from.equals(PageToken.FIRST) ? Option.some(MarkerPosition.FIRST) : MarkerPosition.parse(from.value());
        return position.toEither(() -> HuaweiCalls.foreignToken(origin, from))
                .flatMap(known -> records(origin, product, known));
    }

    private Either<OtaFailure, CountedPage<OtaModule>> records(
            Origin origin, ProductId product, MarkerPosition position) {
        return calls.check(origin, HuaweiCalls.PRODUCT, product.value())
                .flatMap(id -> settings.appId().toEither(() -> withoutAppId(origin)))
                .flatMap(appId -> answers.ask(
                        origin,
                        "modules of product " + product,
                        api.listOtaModules(
                                settings.instanceId().getOrNull(),
                                appId,
                                product.value(),
                                PageDto.SIZE,
                                position.sent()),
                        MODULES,
                        dto -> HuaweiMapping.toModules(dto)
                                .flatMap(modules -> of(product, modules))
                                .flatMap(modules -> position.page(dto.page(), modules))));
    }

    /** Passes on the modules of the product that was asked for, and no others. */
    private static Either<String, List<OtaModule>> of(ProductId product, List<OtaModule> modules) {
        return modules.find(module -> !HuaweiCalls.isSame(module.product().id(), product))
                .<Either<String, List<OtaModule>>>map(other ->
                        Either.left("it speaks of product " + other.product().id() + ", requested was " + product))
                .getOrElse(Either.right(modules));
    }

    /** Passes on the module that was asked for, and no other. */
    static Either<String, OtaModule> about(ModuleId id, OtaModule found) {
        return found.id().exists(other -> HuaweiCalls.isSameId(other.value(), id.value()))
                ? Either.right(found)
                : Either.left("it speaks of module " + found.id().get() + ", requested was " + id);
    }

    private OtaFailure absent(Origin origin, ModuleRef.ByName ref) {
        return new OtaFailure.NotFound(FailureDetails.of(
                origin,
                "Backend " + origin.backend() + " has no " + ref,
                "Check the product id and the name's exact spelling, upper and lower case included, and app-id"));
    }

    private static OtaFailure endless(Origin origin, ProductId product) {
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                origin,
                "Backend " + origin.backend() + " answers more than " + MOST + " modules of product " + product
                        + ", where the vendor allows ten",
                "Ask for the module by its id; if the product has so many, the API has changed: report it"));
    }

    private static OtaFailure withoutAppId(Origin origin) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                "Huawei lists modules, and finds them by name, only within a resource space, and backend "
                        + origin.backend() + " names none",
                "Set app-id to the id of the resource space, or ask by module id; nothing was sent"));
    }
}
