package io.otabridge.aliyun;

import io.otabridge.domain.Capability;
import io.otabridge.domain.Created;
import io.otabridge.domain.Deletion;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.module.ModuleChange;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.SentOnce;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Creates, changes and deletes OTA modules. Every command looks at the product's list first, because the platform says
 * neither what it made nor, in its documents, which code a missing module answers with.
 */
final class AliyunModuleCommands implements ModuleCommandPort {

    private final AliyunApi api;
    private final AliyunSettings settings;
    private final BackendCalls calls;
    private final AliyunCalls answers;
    private final AliyunModuleQuery modules;

    AliyunModuleCommands(
            AliyunApi api, AliyunSettings settings, BackendCalls calls, AliyunModuleQuery modules, boolean isDry) {
        this.api = api;
        this.settings = settings;
        this.calls = calls;
        this.answers = new AliyunCalls(calls, settings.dialect(), isDry);
        this.modules = modules;
    }

    @Override
    public ModuleCommandPort dryRun() {
        return new AliyunModuleCommands(api, settings, calls, modules, true);
    }

    @Override
    public Either<OtaFailure, Created<OtaModule>> create(NewModule module) {
        Origin origin = calls.origin("CreateOTAModule");
        return calls.check(
                        origin,
                        settings.dialect().rules().moduleName(),
                        module.name().value())
                .flatMap(name -> checkTexts(origin, module.alias(), module.description()))
                .flatMap(checked -> namesake(module))
                .flatMap(found ->
                        found.map(there -> existing(origin, module, there)).getOrElse(() -> send(origin, module)));
    }

    /** Where somebody else was quicker, what they made decides. */
    private Either<OtaFailure, Created<OtaModule>> send(Origin origin, NewModule module) {
        Either<OtaFailure, EnvelopeDto> answer = answers.change(
                origin,
                "the creation of " + module.toRef(),
                "the new " + module.toRef(),
                api.createOtaModule(
                        settings.instanceId().getOrNull(),
                        module.product().value(),
                        module.name().value(),
                        module.alias().getOrNull(),
                        module.description().getOrNull(),
                        SentOnce.empty()));
        if (answer.isLeft() && AliyunFailures.saysThatNameExists(answer.getLeft())) {
            return namesake(module)
                    .flatMap(found -> found.map(there -> existing(origin, module, there))
                            .getOrElse(Either.left(answer.getLeft())));
        }
        return answer.map(done -> new Created<>(module.toModule(), false));
    }

    private Either<OtaFailure, Option<OtaModule>> namesake(NewModule module) {
        return modules.modulesOf(module.product())
                .map(all -> all.find(there ->
                        there.name().value().equalsIgnoreCase(module.name().value())));
    }

    private static Either<OtaFailure, Created<OtaModule>> existing(Origin origin, NewModule asked, OtaModule there) {
        if (asked.describes(there)) {
            return Either.right(new Created<>(there, true));
        }
        boolean isSameName = there.name().equals(asked.name());
        return Either.left(new OtaFailure.Rejected(FailureDetails.of(
                origin,
                "Backend " + origin.backend() + " has "
                        + (isSameName
                                ? asked.toRef() + " already, with another alias or description"
                                : "module " + there.name() + " already, so that there can be no " + asked.toRef()),
                isSameName
                        ? "Change that module, or choose another name"
                        : "Choose a name that differs not only in case")));
    }

    @Override
    public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleChange change) {
        Origin origin = calls.origin("UpdateOTAModule");
        return checkTexts(origin, change.alias(), change.description())
                .flatMap(checked -> modules.find(ref))
                .flatMap(there -> send(origin, there, change.applyTo(there)));
    }

    private Either<OtaFailure, OtaModule> send(Origin origin, OtaModule there, OtaModule wanted) {
        if (wanted.alias().equals(there.alias()) && wanted.description().equals(there.description())) {
            return Either.right(there);
        }
        String module = ModuleRef.named(there.product().id(), there.name()).toString();
        return answers.change(
                        origin,
                        "the change of " + module,
                        module,
                        api.updateOtaModule(
                                settings.instanceId().getOrNull(),
                                wanted.product().id().value(),
                                wanted.name().value(),
                                wanted.alias().getOrNull(),
                                wanted.description().getOrNull(),
                                SentOnce.empty()))
                .map(done -> wanted);
    }

    @Override
    public Either<OtaFailure, Deletion> delete(ModuleRef ref) {
        Origin origin = calls.origin("DeleteOTAModule");
        if (ref instanceof ModuleRef.ByName byName) {
            return AliyunCalls.orAbsent(
                    byName.name().value().equals(AliyunMapping.DEFAULT_MODULE)
                            ? Either.left(keptForEver(origin, byName))
                            : modules.find(byName).flatMap(there -> send(origin, byName)),
                    OtaFailure.NotFound.class::isInstance);
        }
        return settings.dialect()
                .capabilities()
                .require(origin, Capability.FIND_MODULE_BY_ID)
                .map(never -> Deletion.ABSENT);
    }

    /**
     * Sends the deletion once, because a retry could delete a module of the same name that was created in between. The
     * documents do not say which code a missing module has, so after a refusal the list tells whether another caller has
     * deleted the module since it was found.
     */
    private Either<OtaFailure, Deletion> send(Origin origin, ModuleRef.ByName ref) {
        Either<OtaFailure, Deletion> deletion = answers.change(
                        origin,
                        "the deletion of " + ref,
                        ref.toString(),
                        api.deleteOtaModule(
                                settings.instanceId().getOrNull(),
                                ref.product().value(),
                                ref.name().value(),
                                SentOnce.empty()))
                .map(done -> Deletion.DELETED);
        return BackendCalls.absentIfGone(
                deletion, () -> AliyunCalls.says(modules.find(ref), OtaFailure.NotFound.class::isInstance));
    }

    private static OtaFailure keptForEver(Origin origin, ModuleRef.ByName ref) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                "Backend " + origin.backend() + " keeps " + ref + ", because it stands for the whole device",
                "Delete modules of your own only; nothing was sent"));
    }

    private Either<OtaFailure, String> checkTexts(Origin origin, Option<String> alias, Option<String> description) {
        Either<OtaFailure, String> good = Either.right("");
        return alias.map(text -> calls.check(origin, settings.dialect().rules().alias(), text))
                .getOrElse(good)
                .flatMap(checked -> description
                        .map(text ->
                                calls.check(origin, settings.dialect().rules().description(), text))
                        .getOrElse(good));
    }
}
