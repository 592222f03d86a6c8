package io.otabridge.aliyun;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.JsonReader;
import io.vavr.collection.List;
import io.vavr.control.Either;

/** Asks the platform for an OTA module, which it knows only as an element of its product's list. */
final class AliyunModuleQuery implements ModuleQueryPort {

    private static final TextRule NAME = TextRule.matching(
            "Alibaba OTA module name",
            "[a-zA-Z0-9._-]{1,64}",
            "1 to 64 letters, digits, full stops, underscores and hyphens");
    private static final JsonReader<ModuleDto.Answer> READER = JsonReader.of(ModuleDto.Answer.class);

    private final AliyunApi api;
    private final AliyunSettings settings;
    private final BackendCalls calls;
    private final AliyunCalls answers;

    AliyunModuleQuery(AliyunApi api, AliyunSettings settings, BackendCalls calls) {
        this.api = api;
        this.settings = settings;
        this.calls = calls;
        this.answers = new AliyunCalls(calls);
    }

    @Override
    public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
        Origin origin = calls.origin("ListOTAModuleByProduct");
        if (ref instanceof ModuleRef.ByName byName) {
            return calls.check(origin, NAME, byName.name().value())
                    .flatMap(name -> modulesOf(origin, byName))
                    .flatMap(modules -> modules.find(module -> module.name().equals(byName.name()))
                            .toEither(() -> absent(origin, byName)));
        }
        return Either.left(new OtaFailure.Unsupported(FailureDetails.of(
                origin,
                "Alibaba Cloud IoT has no module ids, so backend " + origin.backend() + " cannot look up " + ref,
                "Ask by product and module name; nothing was sent")));
    }

    private Either<OtaFailure, List<OtaModule>> modulesOf(Origin origin, ModuleRef.ByName ref) {
        return answers.ask(
                origin,
                ref.toString(),
                api.listOtaModuleByProduct(
                        settings.instanceId().getOrNull(), ref.product().value()),
                READER,
                answer -> AliyunMapping.toModules(answer).flatMap(modules -> of(ref.product(), modules)));
    }

    /** Passes on the modules of the product that was asked for, and no others. */
    private static Either<String, List<OtaModule>> of(ProductId product, List<OtaModule> modules) {
        return modules.find(module -> !module.product().id().equals(product))
                .<Either<String, List<OtaModule>>>map(other ->
                        Either.left("it speaks of product " + other.product().id()))
                .getOrElse(Either.right(modules));
    }

    private static OtaFailure absent(Origin origin, ModuleRef.ByName ref) {
        return new OtaFailure.NotFound(FailureDetails.of(
                origin,
                "Backend " + origin.backend() + " has no " + ref,
                "Check the name's exact spelling, upper and lower case included"));
    }
}
