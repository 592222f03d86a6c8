package io.otabridge.huawei;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.JsonReader;
import io.otabridge.http.Members;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks IoTDA for an OTA module: by id with one call, by name by walking the product's modules. */
final class HuaweiModuleQuery implements ModuleQueryPort {

    private static final int PAGE = 50;

    /** A product has about ten modules; whoever answers this many pages has lost count. */
    private static final int MOST_PAGES = 1_000;

    private static final TextRule ID =
            TextRule.matching("Huawei OTA module id", "[a-zA-Z0-9-]{1,36}", "1 to 36 letters, digits and hyphens");
    private static final TextRule PRODUCT = TextRule.matching(
            "Huawei product id", "[a-zA-Z0-9_-]{1,36}", "1 to 36 letters, digits, underscores and hyphens");
    private static final TextRule NAME = TextRule.matching(
            "Huawei OTA module name",
            "[a-zA-Z0-9_.-]{1,64}",
            "1 to 64 letters, digits, underscores, full stops and hyphens");
    private static final JsonReader<ModuleDto> MODULE = JsonReader.of(ModuleDto.class);
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
                        api.showOtaModule(
                                settings.projectId(), settings.instanceId().getOrNull(), moduleId),
                        MODULE,
                        dto -> HuaweiMapping.toModule(dto).flatMap(found -> about(id, found))));
    }

    private Either<OtaFailure, OtaModule> findByName(ModuleRef.ByName ref) {
        Origin origin = calls.origin("ListOtaModules");
        return calls.check(origin, PRODUCT, ref.product().value())
                .flatMap(product -> calls.check(origin, NAME, ref.name().value()))
                .flatMap(name -> settings.appId().toEither(() -> withoutAppId(origin)))
                .flatMap(appId -> walk(origin, ref, appId));
    }

    /** Passes on the module that was asked for, and no other. */
    private static Either<String, OtaModule> about(ModuleId id, OtaModule found) {
        return found.id().exists(other -> other.value().equalsIgnoreCase(id.value()))
                ? Either.right(found)
                : Either.left("it speaks of module " + found.id().get());
    }

    /** Walks by marker, which unlike offset has no end at 550 records, until the name is found or a page is not full. */
    private Either<OtaFailure, OtaModule> walk(Origin origin, ModuleRef.ByName ref, String appId) {
        Set<String> markers = new HashSet<>();
        @Nullable String marker = null;
        while (true) {
            Either<OtaFailure, Page> answer = page(origin, ref, appId, marker, markers);
            if (answer.isLeft()) {
                return Either.left(answer.getLeft());
            }
            Page page = answer.get();
            Option<OtaModule> found = page.modules()
                    .find(module -> module.name().equals(ref.name())
                            && module.product().id().equals(ref.product()));
            if (found.isDefined() || page.next().isEmpty()) {
                return found.toEither(() -> absent(origin, ref));
            }
            marker = page.next().get();
        }
    }

    private Either<OtaFailure, Page> page(
            Origin origin, ModuleRef.ByName ref, String appId, @Nullable String marker, Set<String> markers) {
        return answers.ask(
                origin,
                ref.toString(),
                api.listOtaModules(
                        settings.projectId(),
                        settings.instanceId().getOrNull(),
                        appId,
                        ref.product().value(),
                        PAGE,
                        marker),
                MODULES,
                dto -> HuaweiMapping.toModules(dto).flatMap(modules -> next(dto, modules, markers)));
    }

    /** A page and where the next begins; a full page must lead somewhere new, and a walk has an end. */
    private static Either<String, Page> next(ModulePageDto dto, List<OtaModule> modules, Set<String> markers) {
        if (modules.size() < PAGE) {
            return Either.right(new Page(modules, Option.none()));
        }
        Option<String> next = Option.of(dto.page()).flatMap(page -> Members.text(page.marker()));
        if (next.isEmpty() || !markers.add(next.get()) || markers.size() > MOST_PAGES) {
            return Either.left("page.marker of a full page does not lead to an end of the list");
        }
        return Either.right(new Page(modules, next));
    }

    private OtaFailure absent(Origin origin, ModuleRef.ByName ref) {
        return new OtaFailure.NotFound(FailureDetails.of(
                origin,
                "Backend " + origin.backend() + " has no " + ref,
                "Check the product id and the name's exact spelling, upper and lower case included, and app-id"));
    }

    private static OtaFailure withoutAppId(Origin origin) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                "Huawei finds modules by name only within a resource space, and backend " + origin.backend()
                        + " names none",
                "Set app-id to the id of the resource space, or ask by module id; nothing was sent"));
    }

    private record Page(List<OtaModule> modules, Option<String> next) {}
}
