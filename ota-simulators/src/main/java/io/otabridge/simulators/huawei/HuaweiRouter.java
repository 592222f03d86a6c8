package io.otabridge.simulators.huawei;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.huawei.device.HuaweiDevices;
import io.otabridge.simulators.huawei.job.HuaweiJobs;
import io.otabridge.simulators.huawei.store.HuaweiDeviceGroup;
import io.otabridge.simulators.huawei.store.HuaweiModule;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.huawei.store.HuaweiProduct;
import io.otabridge.simulators.huawei.store.HuaweiStore;
import io.otabridge.simulators.huawei.store.PackageIndexKey;
import io.otabridge.simulators.objectstore.ObsSimulator;
import io.otabridge.simulators.server.HttpReply;
import io.otabridge.simulators.server.LoopbackServer;
import io.otabridge.simulators.server.PercentEncoding;
import io.otabridge.simulators.server.ReceivedRequest;
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

/** Routes requests to operations and checks their parameters. */
final class HuaweiRouter implements LoopbackServer.Service {

    private static final Pattern ROUTE =
            Pattern.compile("/v5/iot/(?<project>[^/]+)/(?:ota-upgrades/(?=modules|packages)|search/(?=query-devices)"
                    + "|(?=products|device-group|devices|batchtasks))"
                    + "(?<kind>modules|packages|products|device-group|devices|query-devices|batchtasks)"
                    + "(?:/(?<id>[^/]+)(?<action>/(?:stop|retry|confirm))?)?/?");
    private static final Set<String> OPERATIONS = Set.of(
            "GET modules",
            "POST modules",
            "GET module",
            "PUT module",
            "DELETE module",
            "GET packages",
            "POST packages",
            "GET package",
            "DELETE package",
            "GET products",
            "GET device-groups",
            "GET devices",
            "GET device",
            "POST query-devices",
            "POST batchtasks",
            "GET batchtasks",
            "GET batchtask",
            "POST batchtask/stop",
            "POST batchtask/retry",
            "POST batchtask/confirm",
            "DELETE batchtask");
    private static final Pattern PROJECT_ID = Pattern.compile("[a-fA-F0-9]{1,32}");
    private static final Pattern DEVICE_ID = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
    private static final Pattern JOB_ID = Pattern.compile("[a-f0-9]{1,24}");
    private static final Pattern RECORD_ID = Pattern.compile("[a-zA-Z0-9-]{1,36}");
    static final Pattern SPACE_OR_PRODUCT_ID = Pattern.compile("[a-zA-Z0-9_-]{1,36}");
    private static final Pattern MARKER = Pattern.compile("[a-f0-9]{24}");
    private static final Set<String> PACKAGE_TYPES = Set.of("firmwarePackage", "softwarePackage", "modulePackage");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final HuaweiAuthenticator authenticator;
    private final HuaweiIam iam;
    private final HuaweiStore<Option<String>, HuaweiModule> modules;
    private final HuaweiStore<PackageIndexKey, HuaweiPackage> packages;
    private final HuaweiStore<Option<String>, HuaweiProduct> products;
    private final HuaweiStore<Option<String>, HuaweiDeviceGroup> deviceGroups;
    private final HuaweiModuleHandler moduleHandler;
    private final HuaweiPackageHandler packageHandler;
    private final HuaweiDeviceHandler deviceHandler;
    private final HuaweiJobHandler jobHandler;
    private final AtomicLong lastRequest = new AtomicLong();
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private volatile boolean isSubscribed = true;
    private volatile boolean isThrottled;
    private volatile boolean requiresSpace;

    HuaweiRouter(
            HuaweiAuthenticator authenticator,
            HuaweiIam iam,
            HuaweiStore<Option<String>, HuaweiModule> modules,
            HuaweiStore<PackageIndexKey, HuaweiPackage> packages,
            HuaweiStore<Option<String>, HuaweiProduct> products,
            HuaweiStore<Option<String>, HuaweiDeviceGroup> deviceGroups,
            ObsSimulator objects,
            HuaweiDevices devices,
            HuaweiJobs jobs,
            Clock clock) {
        this.authenticator = authenticator;
        this.iam = iam;
        this.modules = modules;
        this.packages = packages;
        this.products = products;
        this.deviceGroups = deviceGroups;
        this.moduleHandler = new HuaweiModuleHandler(modules, clock);
        this.packageHandler = new HuaweiPackageHandler(packages, products, objects, clock);
        this.deviceHandler = new HuaweiDeviceHandler(devices, products);
        this.jobHandler = new HuaweiJobHandler(jobs, packages, deviceGroups);
    }

    void subscribe(boolean subscribed) {
        isSubscribed = subscribed;
    }

    void throttle(boolean throttled) {
        isThrottled = throttled;
    }

    void requireSpace(boolean required) {
        requiresSpace = required;
    }

    HuaweiDeviceHandler devices() {
        return deviceHandler;
    }

    HuaweiJobHandler jobs() {
        return jobHandler;
    }

    /** @param type the last part of a path, without a plural s */
    void permit(String type, boolean permitted) {
        if (permitted) {
            forbidden.remove(type);
        } else {
            forbidden.add(type);
        }
    }

    @Override
    public HttpReply respond(ReceivedRequest call) {
        String requestId = nextRequestId();
        if (HuaweiIam.isFor(call)) {
            return iam.handle(call, requestId);
        }
        return handle(call, requestId).getOrElseGet(error -> HuaweiResponses.error(error, requestId));
    }

    @Override
    public HttpReply errorResponse(int status) {
        return HuaweiResponses.error(HuaweiError.unreadable(status), nextRequestId());
    }

    private String nextRequestId() {
        return String.format("%032x", lastRequest.incrementAndGet());
    }

    private Either<HuaweiError, HttpReply> handle(ReceivedRequest call, String requestId) {
        Matcher route = ROUTE.matcher(call.rawPath());
        if (!route.matches()) {
            return Either.left(HuaweiError.noSuchApi());
        }
        Option<String> id = Option.of(route.group("id")).map(PercentEncoding::decodeSegment);
        String type = route.group("kind").replaceFirst("s$", "");
        String operation = call.method() + " " + type
                + (id.isEmpty() ? "s" : Option.of(route.group("action")).getOrElse(""));
        Option<HuaweiError> error = unless(OPERATIONS.contains(operation), HuaweiError::noSuchApi)
                .orElse(() -> authenticator.authenticate(call))
                .orElse(() -> Option.when(isThrottled, HuaweiError::throttled))
                .orElse(() -> unless(isSubscribed, HuaweiError::notSubscribed))
                .orElse(() -> Option.when(forbidden.contains(type), HuaweiError::notPermitted))
                .orElse(() -> checkProject(PercentEncoding.decodeSegment(route.group("project"))))
                .orElse(() -> checkInstance(call))
                .orElse(() -> unless(
                        id.forAll(text -> idRule(type).matcher(text).matches()),
                        () -> HuaweiError.invalid(type + "_id")));
        return error.isDefined() ? Either.left(error.get()) : handle(operation, call, id.getOrElse(""), requestId);
    }

    private Either<HuaweiError, HttpReply> handle(String operation, ReceivedRequest call, String id, String requestId) {
        return switch (operation) {
            case "GET modules" -> listModules(call).map(page -> HuaweiResponses.ok(page, requestId));
            case "GET packages" -> listPackages(call).map(page -> HuaweiResponses.ok(page, requestId));
            case "GET products" ->
                list(
                                call,
                                products,
                                call.parameter("product_name"),
                                page -> HuaweiResponses.page("products", page, HuaweiResponses::product))
                        .map(page -> HuaweiResponses.ok(page, requestId));
            case "GET device-groups" ->
                list(
                                call,
                                deviceGroups,
                                call.parameter("name"),
                                page -> HuaweiResponses.page("device_groups", page, HuaweiResponses::deviceGroup))
                        .map(page -> HuaweiResponses.ok(page, requestId));
            case "GET module" ->
                show("module", id, modules, HuaweiResponses::module).map(body -> HuaweiResponses.ok(body, requestId));
            case "GET package" ->
                show("package", id, packages, HuaweiResponses::detail).map(body -> HuaweiResponses.ok(body, requestId));
            case "POST modules" ->
                moduleHandler
                        .create(call)
                        .map(created -> HuaweiResponses.created(HuaweiResponses.module(created), requestId));
            case "PUT module" ->
                moduleHandler
                        .update(id, call)
                        .map(updated -> HuaweiResponses.updated(HuaweiResponses.module(updated), requestId));
            case "POST packages" ->
                packageHandler
                        .create(call)
                        .map(created -> HuaweiResponses.created(HuaweiResponses.detail(created), requestId));
            case "DELETE module" -> delete("module", id, modules, requestId);
            case "DELETE package" -> delete("package", id, packages, requestId);
            case "GET devices" -> deviceHandler.list(call).map(page -> HuaweiResponses.ok(page, requestId));
            case "GET device" -> deviceHandler.show(id).map(body -> HuaweiResponses.ok(body, requestId));
            case "POST query-devices" -> deviceHandler.search(call).map(body -> HuaweiResponses.ok(body, requestId));
            default -> jobHandler.handle(operation, call, id, requestId);
        };
    }

    private static Pattern idRule(String type) {
        return switch (type) {
            case "device" -> DEVICE_ID;
            case "batchtask" -> JOB_ID;
            default -> RECORD_ID;
        };
    }

    private static Option<HuaweiError> checkProject(String projectId) {
        return Option.when(!PROJECT_ID.matcher(projectId).matches(), () -> HuaweiError.invalid("project_id"))
                .orElse(() -> Option.when(
                        !projectId.equals(HuaweiSimulator.PROJECT_ID), () -> HuaweiError.foreignProject(projectId)));
    }

    private static Option<HuaweiError> checkInstance(ReceivedRequest call) {
        return call.header("instance-id")
                .filter(sent -> !sent.equals(HuaweiSimulator.INSTANCE_ID))
                .map(HuaweiError::foreignInstance);
    }

    private static <T> Either<HuaweiError, ObjectNode> show(
            String type, String id, HuaweiStore<?, T> store, Function<T, ObjectNode> writer) {
        return store.find(id).map(writer).toEither(() -> HuaweiError.unknown(type, id));
    }

    private static Either<HuaweiError, HttpReply> delete(
            String type, String id, HuaweiStore<?, ?> store, String requestId) {
        return store.remove(id)
                ? Either.right(HuaweiResponses.deleted(requestId))
                : Either.left(HuaweiError.unknown(type, id));
    }

    /** Lists modules. The resource space is mandatory. */
    private Either<HuaweiError, ObjectNode> listModules(ReceivedRequest call) {
        return call.parameter("app_id").isEmpty()
                ? Either.left(HuaweiError.invalid("app_id"))
                : list(
                        call,
                        modules,
                        call.parameter("product_id"),
                        page -> HuaweiResponses.page("modules", page, HuaweiResponses::module));
    }

    /** Lists packages. The type is mandatory, the resource space is optional. */
    private Either<HuaweiError, ObjectNode> listPackages(ReceivedRequest call) {
        if (requiresSpace && call.parameter("app_id").isEmpty()) {
            return Either.left(HuaweiError.ambiguousSpace());
        }
        String type = call.parameter("package_type").getOrElse("");
        return PACKAGE_TYPES.contains(type)
                ? list(
                        call,
                        packages,
                        new PackageIndexKey(type, call.parameter("product_id"), call.parameter("version")),
                        page -> HuaweiResponses.page("packages", page, HuaweiResponses::summary))
                : Either.left(HuaweiError.invalid("package_type"));
    }

    /** Returns a page of a list, after the checks that all lists have in common. */
    static <H, T> Either<HuaweiError, ObjectNode> list(
            ReceivedRequest call, HuaweiStore<H, T> store, H key, Function<HuaweiStore.Page<T>, ObjectNode> writer) {
        String appId = call.parameter("app_id").getOrElse(HuaweiSimulator.APP_ID);
        Option<String> productId = call.parameter("product_id");
        String marker = call.parameter("marker").getOrElse(HuaweiStore.NEWEST);
        Option<Integer> limit = number(call, "limit", 10).filter(n -> n >= 1 && n <= 50);
        Option<Integer> offset = number(call, "offset", 0).filter(n -> n <= 500);
        Option<HuaweiError> error = unless(isId(appId), () -> HuaweiError.invalid("app_id"))
                .orElse(() -> unless(productId.forAll(HuaweiRouter::isId), () -> HuaweiError.invalid("product_id")))
                .orElse(() -> unless(MARKER.matcher(marker).matches(), () -> HuaweiError.invalid("marker")))
                .orElse(() -> unless(limit.isDefined(), HuaweiError::limitOutOfRange))
                .orElse(() -> unless(offset.isDefined(), HuaweiError::offsetOutOfRange))
                .orElse(() -> unless(appId.equals(HuaweiSimulator.APP_ID), () -> HuaweiError.noSuchSpace(appId)));
        if (error.isDefined()) {
            return Either.left(error.get());
        }
        return Either.right(writer.apply(store.page(key, marker, offset.get(), limit.get())));
    }

    private static Option<HuaweiError> unless(boolean isValid, Supplier<HuaweiError> error) {
        return Option.when(!isValid, error);
    }

    private static boolean isId(String text) {
        return SPACE_OR_PRODUCT_ID.matcher(text).matches();
    }

    /** Returns a numeric parameter, {@code defaultValue} if it is missing; none if it is not a number. */
    private static Option<Integer> number(ReceivedRequest call, String name, int defaultValue) {
        Option<String> sent = call.parameter(name);
        return sent.isEmpty()
                ? Option.some(defaultValue)
                : sent.filter(text -> NUMBER.matcher(text).matches()).map(Integer::valueOf);
    }
}
