package io.otabridge.testkit.huawei;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.testkit.internal.HttpCall;
import io.otabridge.testkit.internal.HttpReply;
import io.otabridge.testkit.internal.LoopbackServer;
import io.otabridge.testkit.internal.PercentCoding;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the operation a request is for, checks its parameters and answers it from the catalogues. */
final class HuaweiService implements LoopbackServer.Service {

    private static final Pattern ROUTE =
            Pattern.compile("/v5/iot/(?<project>[^/]+)/ota-upgrades/(?<kind>modules|packages)(?:/(?<id>[^/]+))?/?");
    private static final Set<String> OPERATIONS = Set.of(
            "GET modules",
            "POST modules",
            "GET module",
            "PUT module",
            "DELETE module",
            "GET packages",
            "GET package",
            "DELETE package");
    private static final Pattern PROJECT_ID = Pattern.compile("[a-fA-F0-9]{1,32}");
    private static final Pattern RECORD_ID = Pattern.compile("[a-zA-Z0-9-]{1,36}");
    static final Pattern SPACE_OR_PRODUCT_ID = Pattern.compile("[a-zA-Z0-9_-]{1,36}");
    private static final Pattern MARKER = Pattern.compile("[a-f0-9]{24}");
    private static final Set<String> PACKAGE_TYPES = Set.of("firmwarePackage", "softwarePackage", "modulePackage");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** The marker of a list that begins with its newest record. */
    static final String NEWEST = "f".repeat(24);

    private final HuaweiGate gate;
    private final HuaweiIam iam;
    private final HuaweiCatalogue<Option<String>, HuaweiModule> modules;
    private final HuaweiCatalogue<PackageHeading, HuaweiPackage> packages;
    private final ModuleChanges changes;
    private final AtomicLong lastRequest = new AtomicLong();
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private volatile boolean isSubscribed = true;
    private volatile boolean isThrottled;
    private volatile boolean spaceIsDemanded;

    HuaweiService(
            HuaweiGate gate,
            HuaweiIam iam,
            HuaweiCatalogue<Option<String>, HuaweiModule> modules,
            HuaweiCatalogue<PackageHeading, HuaweiPackage> packages,
            Clock clock) {
        this.gate = gate;
        this.iam = iam;
        this.modules = modules;
        this.packages = packages;
        this.changes = new ModuleChanges(modules, clock);
    }

    void subscribe(boolean subscribed) {
        isSubscribed = subscribed;
    }

    void throttle(boolean throttled) {
        isThrottled = throttled;
    }

    void demandSpace(boolean demanded) {
        spaceIsDemanded = demanded;
    }

    /** @param what {@code module} or {@code package} */
    void permit(String what, boolean permitted) {
        if (permitted) {
            forbidden.remove(what);
        } else {
            forbidden.add(what);
        }
    }

    @Override
    public HttpReply answer(HttpCall call) {
        String requestId = nextRequestId();
        if (HuaweiIam.isFor(call)) {
            return iam.answer(call, requestId);
        }
        return answerTo(call, requestId).getOrElseGet(refusal -> HuaweiAnswers.refused(refusal, requestId));
    }

    @Override
    public HttpReply refusal(int status) {
        return HuaweiAnswers.refused(HuaweiRefusal.unreadable(status), nextRequestId());
    }

    private String nextRequestId() {
        return String.format("%032x", lastRequest.incrementAndGet());
    }

    private Either<HuaweiRefusal, HttpReply> answerTo(HttpCall call, String requestId) {
        Matcher route = ROUTE.matcher(call.rawPath());
        if (!route.matches()) {
            return Either.left(HuaweiRefusal.noSuchApi());
        }
        Option<String> id = Option.of(route.group("id")).map(PercentCoding::decodeSegment);
        String what = route.group("kind").replaceFirst("s$", "");
        String operation = call.method() + " " + what + (id.isEmpty() ? "s" : "");
        Option<HuaweiRefusal> refusal = unless(OPERATIONS.contains(operation), HuaweiRefusal::noSuchApi)
                .orElse(() -> gate.refusal(call))
                .orElse(() -> Option.when(isThrottled, HuaweiRefusal::throttled))
                .orElse(() -> unless(isSubscribed, HuaweiRefusal::notSubscribed))
                .orElse(() -> Option.when(forbidden.contains(what), HuaweiRefusal::notPermitted))
                .orElse(() -> projectRefusal(PercentCoding.decodeSegment(route.group("project"))))
                .orElse(() -> instanceRefusal(call))
                .orElse(() -> unless(
                        id.forAll(text -> RECORD_ID.matcher(text).matches()),
                        () -> HuaweiRefusal.invalid(what + "_id")));
        return refusal.isDefined()
                ? Either.left(refusal.get())
                : answerTo(operation, call, id.getOrElse(""), requestId);
    }

    private Either<HuaweiRefusal, HttpReply> answerTo(String operation, HttpCall call, String id, String requestId) {
        return switch (operation) {
            case "GET modules" -> listModules(call).map(page -> HuaweiAnswers.found(page, requestId));
            case "GET packages" -> listPackages(call).map(page -> HuaweiAnswers.found(page, requestId));
            case "GET module" ->
                show("module", id, modules, HuaweiAnswers::module).map(body -> HuaweiAnswers.found(body, requestId));
            case "GET package" ->
                show("package", id, packages, HuaweiAnswers::detail).map(body -> HuaweiAnswers.found(body, requestId));
            case "POST modules" ->
                changes.create(call).map(made -> HuaweiAnswers.created(HuaweiAnswers.module(made), requestId));
            case "PUT module" ->
                changes.update(id, call).map(now -> HuaweiAnswers.changed(HuaweiAnswers.module(now), requestId));
            case "DELETE module" -> delete("module", id, modules, requestId);
            default -> delete("package", id, packages, requestId);
        };
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
            String what, String id, HuaweiCatalogue<?, T> catalogue, Function<T, ObjectNode> writer) {
        return catalogue.find(id).map(writer).toEither(() -> HuaweiRefusal.unknown(what, id));
    }

    private static Either<HuaweiRefusal, HttpReply> delete(
            String what, String id, HuaweiCatalogue<?, ?> catalogue, String requestId) {
        return catalogue.remove(id)
                ? Either.right(HuaweiAnswers.deleted(requestId))
                : Either.left(HuaweiRefusal.unknown(what, id));
    }

    /** The resource space must be named. */
    private Either<HuaweiRefusal, ObjectNode> listModules(HttpCall call) {
        return parameter(call, "app_id").isEmpty()
                ? Either.left(HuaweiRefusal.invalid("app_id"))
                : list(
                        call,
                        modules,
                        parameter(call, "product_id"),
                        page -> HuaweiAnswers.page("modules", page, HuaweiAnswers::module));
    }

    /** The type must be named, the resource space need not be. */
    private Either<HuaweiRefusal, ObjectNode> listPackages(HttpCall call) {
        if (spaceIsDemanded && parameter(call, "app_id").isEmpty()) {
            return Either.left(HuaweiRefusal.ambiguousSpace());
        }
        String type = parameter(call, "package_type").getOrElse("");
        return PACKAGE_TYPES.contains(type)
                ? list(
                        call,
                        packages,
                        new PackageHeading(type, parameter(call, "product_id"), parameter(call, "version")),
                        page -> HuaweiAnswers.page("packages", page, HuaweiAnswers::summary))
                : Either.left(HuaweiRefusal.invalid("package_type"));
    }

    private static <H, T> Either<HuaweiRefusal, ObjectNode> list(
            HttpCall call,
            HuaweiCatalogue<H, T> catalogue,
            H heading,
            Function<HuaweiCatalogue.Page<T>, ObjectNode> writer) {
        String appId = parameter(call, "app_id").getOrElse(HuaweiSimulator.APP_ID);
        Option<String> productId = parameter(call, "product_id");
        String marker = parameter(call, "marker").getOrElse(NEWEST);
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
        return Either.right(writer.apply(catalogue.page(heading, marker, offset.get(), limit.get())));
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
