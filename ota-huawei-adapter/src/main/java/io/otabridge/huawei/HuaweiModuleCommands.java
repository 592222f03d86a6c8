package io.otabridge.huawei;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.Created;
import io.otabridge.domain.Deletion;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.module.ModuleChange;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.SentOnce;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Creates, changes and deletes OTA modules of IoTDA, after the documents "Create an OTA module", "Modify an OTA module" and
 * "Delete an OTA module". IoTDA knows no token that would make a creation safe to repeat, so each looks first, and what
 * changes something is sent once.
 */
final class HuaweiModuleCommands implements ModuleCommandPort {

    /** The document's rule has no blanks, but its example "Micro Controller Unit" has. */
    private static final TextRule ALIAS = TextRule.matching(
            "Huawei OTA module alias",
            "[\\u4e00-\\u9fa5a-zA-Z0-9_. -]{1,64}",
            "1 to 64 letters, digits, Chinese characters, underscores, full stops, hyphens and blanks");

    private static final TextRule DESCRIPTION =
            TextRule.matching("Huawei OTA module description", "(?s).{1,1024}", "1 to 1024 characters");

    private final HuaweiApi api;
    private final HuaweiSettings settings;
    private final BackendCalls calls;
    private final HuaweiCalls answers;
    private final ModuleQueryPort modules;
    private final boolean isDry;

    HuaweiModuleCommands(
            HuaweiApi api, HuaweiSettings settings, BackendCalls calls, ModuleQueryPort modules, boolean isDry) {
        this.api = api;
        this.settings = settings;
        this.calls = calls;
        this.answers = new HuaweiCalls(calls, isDry);
        this.modules = modules;
        this.isDry = isDry;
    }

    @Override
    public ModuleCommandPort dryRun() {
        return new HuaweiModuleCommands(api, settings, calls, modules, true);
    }

    @Override
    public Either<OtaFailure, Created<OtaModule>> create(NewModule module) {
        Origin origin = calls.origin("CreateOtaModule");
        return calls.check(origin, HuaweiCalls.PRODUCT, module.product().value())
                .flatMap(product -> calls.check(
                        origin, HuaweiModuleQuery.NAME, module.name().value()))
                .flatMap(name -> checkWords(origin, module.alias(), module.description()))
                .flatMap(words -> settings.appId().toEither(() -> withoutAppId(origin)))
                .flatMap(appId -> look(origin, module)
                        .getOrElse(() -> send(origin, module, appId)
                                .<Either<OtaFailure, Created<OtaModule>>>fold(
                                        refusal -> lookAgain(origin, module, refusal),
                                        made -> Either.right(new Created<>(made, false)))));
    }

    /** What is there already under this name; absent if nothing is. */
    private Option<Either<OtaFailure, Created<OtaModule>>> look(Origin origin, NewModule module) {
        Either<OtaFailure, OtaModule> found = modules.find(module.toRef());
        return Option.when(
                found.isRight() || !(found.getLeft() instanceof OtaFailure.NotFound),
                () -> found.flatMap(there -> existing(origin, module, there)));
    }

    /** It was found under the requested product, whose id may be spelt in another case. */
    private Either<OtaFailure, Created<OtaModule>> existing(Origin origin, NewModule module, OtaModule there) {
        NewModule asFound = new NewModule(there.product().id(), module.name(), module.alias(), module.description());
        return asFound.describes(there)
                ? Either.right(new Created<>(there, true))
                : Either.left(new OtaFailure.Rejected(FailureDetails.of(
                        origin,
                        "Backend " + origin.backend() + " has " + module.toRef()
                                + " already, with another alias or description",
                        "Change that module, or choose another name")));
    }

    private Either<OtaFailure, OtaModule> send(Origin origin, NewModule module, String appId) {
        ObjectNode body = words(module.alias(), module.description());
        body.put("app_id", appId);
        body.put("product_id", module.product().value());
        body.put("module_name", module.name().value());
        return answers.change(
                origin,
                "the new " + module.toRef(),
                api.createOtaModule(settings.instanceId().getOrNull(), SentOnce.json(body.toString())),
                HuaweiModuleQuery.MODULE,
                dto -> HuaweiMapping.toModule(dto).flatMap(made -> about(module.product(), module.name(), made)),
                module.toModule());
    }

    /**
     * Somebody may have been quicker. IoTDA does not publish with which code it refuses a second module of a name, and says
     * much with 403, so that any refusal is worth another look.
     */
    private Either<OtaFailure, Created<OtaModule>> lookAgain(Origin origin, NewModule module, OtaFailure refusal) {
        boolean isRefused = refusal instanceof OtaFailure.Rejected || refusal instanceof OtaFailure.AccessDenied;
        Either<OtaFailure, OtaModule> found = isRefused ? modules.find(module.toRef()) : Either.left(refusal);
        return found.isRight() ? existing(origin, module, found.get()) : Either.left(withLimit(refusal));
    }

    /** Nor does it publish with which code it refuses one module too many. */
    private static OtaFailure withLimit(OtaFailure refusal) {
        FailureDetails details = refusal.details();
        return refusal instanceof OtaFailure.Rejected
                ? new OtaFailure.Rejected(
                        details.withAdvice(details.advice() + "; a product can have ten modules of its own at most"))
                : refusal;
    }

    @Override
    public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleChange change) {
        Origin origin = calls.origin("UpdateOtaModule");
        return checkWords(origin, change.alias(), change.description())
                .flatMap(words -> modules.find(ref))
                .flatMap(there -> {
                    OtaModule meant = change.applyTo(there);
                    boolean isSo = meant.alias().equals(there.alias())
                            && meant.description().equals(there.description());
                    return isSo ? Either.right(there) : send(origin, meant);
                });
    }

    private Either<OtaFailure, OtaModule> send(Origin origin, OtaModule meant) {
        return idOf(origin, meant)
                .flatMap(id -> answers.change(
                        origin,
                        "module " + id,
                        api.updateOtaModule(
                                settings.instanceId().getOrNull(),
                                id,
                                SentOnce.jsonInUtf8(words(meant.alias(), meant.description())
                                        .toString())),
                        HuaweiModuleQuery.MODULE,
                        dto -> HuaweiMapping.toModule(dto)
                                .flatMap(now ->
                                        HuaweiModuleQuery.about(meant.id().get(), now))
                                .flatMap(now -> about(meant.product().id(), meant.name(), now)),
                        meant));
    }

    @Override
    public Either<OtaFailure, Deletion> delete(ModuleRef ref) {
        Origin origin = calls.origin("DeleteOtaModule");
        Either<OtaFailure, String> id = ref instanceof ModuleRef.ById byId && !isDry
                ? calls.check(origin, HuaweiModuleQuery.ID, byId.id().value())
                : modules.find(ref).flatMap(there -> idOf(origin, there));
        return HuaweiCalls.orAbsent(id.flatMap(moduleId -> answers.delete(
                origin,
                "module " + moduleId,
                api.deleteOtaModule(settings.instanceId().getOrNull(), moduleId, SentOnce.empty()),
                () -> modules.find(ref))));
    }

    /** Every module that is read has an id; whether it can stand in a path is another matter. */
    private Either<OtaFailure, String> idOf(Origin origin, OtaModule module) {
        return calls.check(origin, HuaweiModuleQuery.ID, module.id().get().value());
    }

    private Either<OtaFailure, Option<String>> checkWords(
            Origin origin, Option<String> alias, Option<String> description) {
        return answers.check(origin, ALIAS, alias).flatMap(good -> answers.check(origin, DESCRIPTION, description));
    }

    private static ObjectNode words(Option<String> alias, Option<String> description) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        alias.forEach(text -> body.put("alias_name", text));
        description.forEach(text -> body.put("description", text));
        return body;
    }

    /** Passes on the module that was to be made or changed, and no other. */
    private static Either<String, OtaModule> about(ProductId product, ModuleName name, OtaModule found) {
        return HuaweiCalls.isSame(found.product().id(), product) && found.name().equals(name)
                ? Either.right(found)
                : Either.left("it speaks of module " + found.name() + " of product "
                        + found.product().id() + ", requested was module " + name + " of product " + product);
    }

    private static OtaFailure withoutAppId(Origin origin) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                "Huawei creates modules only within a resource space, and backend " + origin.backend() + " names none",
                "Set app-id to the id of the resource space; nothing was sent"));
    }
}
