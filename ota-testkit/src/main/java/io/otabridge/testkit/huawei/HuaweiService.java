package io.otabridge.testkit.huawei;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.testkit.internal.HttpCall;
import io.otabridge.testkit.internal.HttpReply;
import io.otabridge.testkit.internal.LoopbackServer;
import io.otabridge.testkit.internal.PercentCoding;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the operation a request is for, checks its parameters and answers it from the catalogues. */
final class HuaweiService implements LoopbackServer.Service {

    private static final Pattern ROUTE =
            Pattern.compile("/v5/iot/(?<project>[^/]+)/ota-upgrades/(?<kind>modules|packages)(?:/(?<id>[^/]+))?/?");
    private static final Pattern PROJECT_ID = Pattern.compile("[a-fA-F0-9]{1,32}");
    private static final Pattern RECORD_ID = Pattern.compile("[a-zA-Z0-9-]{1,36}");
    private static final Pattern SPACE_OR_PRODUCT_ID = Pattern.compile("[a-zA-Z0-9_-]{1,36}");
    private static final Pattern MARKER = Pattern.compile("[a-f0-9]{24}");
    private static final Set<String> PACKAGE_TYPES = Set.of("firmwarePackage", "softwarePackage", "modulePackage");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final HuaweiGate gate;
    private final HuaweiCatalogue<HuaweiModule> modules;
    private final HuaweiCatalogue<HuaweiPackage> packages;
    private final AtomicLong lastRequest = new AtomicLong();

    HuaweiService(HuaweiGate gate, HuaweiCatalogue<HuaweiModule> modules, HuaweiCatalogue<HuaweiPackage> packages) {
        this.gate = gate;
        this.modules = modules;
        this.packages = packages;
    }

    @Override
    public HttpReply answer(HttpCall call) {
        String requestId = nextRequestId();
        return answerTo(call)
                .fold(
                        refusal -> HuaweiAnswers.refused(refusal, requestId),
                        body -> HuaweiAnswers.found(body, requestId));
    }

    @Override
    public HttpReply refusal(int status) {
        return HuaweiAnswers.refused(HuaweiRefusal.unreadable(status), nextRequestId());
    }

    private String nextRequestId() {
        return String.format("%032x", lastRequest.incrementAndGet());
    }

    private Either<HuaweiRefusal, ObjectNode> answerTo(HttpCall call) {
        Matcher route = ROUTE.matcher(call.rawPath());
        if (!call.method().equals("GET") || !route.matches()) {
            return Either.left(HuaweiRefusal.noSuchApi());
        }
        boolean isModule = route.group("kind").equals("modules");
        Option<String> id = Option.of(route.group("id")).map(PercentCoding::decodeSegment);
        Option<HuaweiRefusal> refusal = gate.refusal(call)
                .orElse(() -> projectRefusal(PercentCoding.decodeSegment(route.group("project"))))
                .orElse(() -> instanceRefusal(call));
        if (refusal.isDefined()) {
            return Either.left(refusal.get());
        }
        if (id.isEmpty()) {
            return isModule ? listModules(call) : listPackages(call);
        }
        return isModule
                ? show("module", id.get(), modules, HuaweiAnswers::module)
                : show("package", id.get(), packages, HuaweiAnswers::detail);
    }

    private static Option<HuaweiRefusal> projectRefusal(String projectId) {
        return Option.when(!PROJECT_ID.matcher(projectId).matches(), () -> HuaweiRefusal.invalid("project_id"))
                .orElse(() -> Option.when(
                        !projectId.equals(HuaweiSimulator.PROJECT_ID), () -> HuaweiRefusal.foreignProject(projectId)));
    }

    private static Option<HuaweiRefusal> instanceRefusal(HttpCall call) {
        return call.header("instance-id")
                .filter(sent -> !sent.equals(HuaweiSimulator.INSTANCE_ID))
                .map(HuaweiRefusal::foreignInstance);
    }

    private static <T> Either<HuaweiRefusal, ObjectNode> show(
            String what, String id, HuaweiCatalogue<T> catalogue, Function<T, ObjectNode> writer) {
        if (!RECORD_ID.matcher(id).matches()) {
            return Either.left(HuaweiRefusal.invalid(what + "_id"));
        }
        return catalogue.find(id).map(writer).toEither(() -> HuaweiRefusal.unknown(what, id));
    }

    /** The resource space must be named. */
    private Either<HuaweiRefusal, ObjectNode> listModules(HttpCall call) {
        Option<String> productId = parameter(call, "product_id");
        return parameter(call, "app_id").isEmpty()
                ? Either.left(HuaweiRefusal.invalid("app_id"))
                : list(
                        call,
                        modules,
                        module -> productId.forAll(module.productId()::equals),
                        page -> HuaweiAnswers.page("modules", page, HuaweiAnswers::module));
    }

    /** The type must be named, the resource space need not be. */
    private Either<HuaweiRefusal, ObjectNode> listPackages(HttpCall call) {
        Option<String> productId = parameter(call, "product_id");
        Option<String> version = parameter(call, "version");
        String type = parameter(call, "package_type").getOrElse("");
        return PACKAGE_TYPES.contains(type)
                ? list(
                        call,
                        packages,
                        kept -> kept.packageType().equals(type)
                                && productId.forAll(kept.productId()::equals)
                                && version.forAll(kept.version()::equals),
                        page -> HuaweiAnswers.page("packages", page, HuaweiAnswers::summary))
                : Either.left(HuaweiRefusal.invalid("package_type"));
    }

    private <T> Either<HuaweiRefusal, ObjectNode> list(
            HttpCall call,
            HuaweiCatalogue<T> catalogue,
            Predicate<T> meant,
            Function<HuaweiCatalogue.Page<T>, ObjectNode> writer) {
        String appId = parameter(call, "app_id").getOrElse(HuaweiSimulator.APP_ID);
        Option<String> productId = parameter(call, "product_id");
        String marker = parameter(call, "marker").getOrElse("ffffffffffffffffffffffff");
        Option<Integer> limit = number(call, "limit", 10).filter(n -> n >= 1 && n <= 50);
        Option<Integer> offset = number(call, "offset", 0).filter(n -> n <= 500);
        Option<HuaweiRefusal> refusal = unless(isId(appId), () -> HuaweiRefusal.invalid("app_id"))
                .orElse(() -> unless(productId.forAll(HuaweiService::isId), () -> HuaweiRefusal.invalid("product_id")))
                .orElse(() -> unless(MARKER.matcher(marker).matches(), () -> HuaweiRefusal.invalid("marker")))
                .orElse(() -> unless(limit.isDefined(), HuaweiRefusal::limitOutOfRange))
                .orElse(() -> unless(offset.isDefined(), HuaweiRefusal::offsetOutOfRange))
                .orElse(() -> unless(appId.equals(HuaweiSimulator.APP_ID), () -> HuaweiRefusal.noSuchSpace(appId)));
        if (refusal.isDefined()) {
            return Either.left(refusal.get());
        }
        return Either.right(writer.apply(catalogue.page(meant, marker, offset.get(), limit.get())));
    }

    private static Option<HuaweiRefusal> unless(boolean isRight, Supplier<HuaweiRefusal> refusal) {
        return Option.when(!isRight, refusal);
    }

    private static boolean isId(String text) {
        return SPACE_OR_PRODUCT_ID.matcher(text).matches();
    }

    private static Option<String> parameter(HttpCall call, String name) {
        return Option.ofOptional(call.query().stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(HttpCall.Parameter::value)
                .findFirst());
    }

    /** None where it is sent and is no number. */
    private static Option<Integer> number(HttpCall call, String name, int unsent) {
        Option<String> sent = parameter(call, name);
        return sent.isEmpty()
                ? Option.some(unsent)
                : sent.filter(text -> NUMBER.matcher(text).matches()).map(Integer::valueOf);
    }
}
