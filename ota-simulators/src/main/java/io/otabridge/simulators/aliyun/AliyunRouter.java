package io.otabridge.simulators.aliyun;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.aliyun.job.AliyunJobs;
import io.otabridge.simulators.aliyun.operation.Parameters;
import io.otabridge.simulators.aliyun.operation.SimulatedOperation;
import io.otabridge.simulators.aliyun.store.AliyunStore;
import io.otabridge.simulators.objectstore.OssSimulator;
import io.otabridge.simulators.server.HttpReply;
import io.otabridge.simulators.server.LoopbackServer;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Routes requests to operations and checks their parameters. */
final class AliyunRouter implements LoopbackServer.Service {

    private static final String UNKNOWN_HOST = "iot.cn-shanghai.aliyuncs.com";

    private static final List<String> GET = List.of("GET");
    private static final List<String> POST = List.of("POST");
    private static final List<String> EITHER = List.of("GET", "POST");

    private final SimulatedDialect dialect;
    private final AliyunAuthenticator authenticator;
    private final AliyunStore store;
    private final OssSimulator objects;
    private final Map<String, Operation> operations;
    private final AtomicLong lastRequest = new AtomicLong();
    private volatile boolean requiresInstance;
    private volatile boolean isPermitted = true;
    private volatile boolean isThrottled;
    private volatile boolean hasLowerCaseEnvelopes;

    AliyunRouter(
            SimulatedDialect dialect,
            AliyunAuthenticator authenticator,
            AliyunStore store,
            OssSimulator objects,
            AliyunJobs jobs,
            Clock clock) {
        AliyunModuleHandler changes = new AliyunModuleHandler(store, clock);
        AliyunFirmwareHandler firmware = new AliyunFirmwareHandler(dialect, store, objects, clock);
        this.dialect = dialect;
        this.authenticator = authenticator;
        this.store = store;
        this.objects = objects;
        this.requiresInstance = dialect == SimulatedDialect.ALIBABA;
        Map<String, Operation> all = new HashMap<>(Map.of(
                "QueryOTAFirmware", query(EITHER, List.of("FirmwareId"), this::queryFirmware),
                "ListOTAFirmware", query(EITHER, List.of("CurrentPage", "PageSize"), this::listFirmware),
                "DeleteOTAFirmware", change(EITHER, List.of("FirmwareId"), this::deleteFirmware),
                "ListOTAModuleByProduct", query(GET, List.of("ProductKey"), this::listModules),
                "CreateOTAModule", change(POST, List.of("ProductKey", "ModuleName"), changes::create),
                "UpdateOTAModule", change(POST, List.of("ProductKey", "ModuleName"), changes::update),
                "DeleteOTAModule", change(POST, List.of("ProductKey", "ModuleName"), changes::delete)));
        all.put("GenerateOTAUploadURL", query(EITHER, List.of(), firmware::generateUploadUrl));
        all.put(
                "CreateOTAFirmware",
                new Operation(EITHER, List.of("FirmwareName", "DestVersion"), firmware::create, true));
        all.put("ModifyOTAFirmware", change(EITHER, dialect.mandatoryToModify(), firmware::modify));
        all.put("QueryProductList", query(EITHER, List.of("CurrentPage", "PageSize"), this::listProducts));
        // The documents of Tuya have no such operation.
        if (dialect == SimulatedDialect.ALIBABA) {
            all.put("QueryDeviceGroupList", query(EITHER, List.of(), this::listDeviceGroups));
        }
        jobs.operations().forEach(operation -> all.put(operation.name(), convert(operation)));
        this.operations = Map.copyOf(all);
    }

    private static Operation convert(SimulatedOperation operation) {
        return new Operation(
                operation.isPostOnly() ? POST : EITHER,
                operation.mandatory(),
                (call, requestId) -> operation
                        .handler()
                        .apply(new Parameters(call.parameters()))
                        .bimap(
                                AliyunError::of,
                                body -> body.put("RequestId", requestId).put("Success", true)),
                operation.isChange());
    }

    void useLowerCaseEnvelopes(boolean lowerCase) {
        hasLowerCaseEnvelopes = lowerCase;
    }

    void requireInstance(boolean required) {
        requiresInstance = required;
    }

    void permit(boolean permitted) {
        isPermitted = permitted;
    }

    void throttle(boolean throttled) {
        isThrottled = throttled;
    }

    @Override
    public HttpReply respond(ReceivedRequest http) {
        AliyunRequest call = AliyunRequest.of(http);
        String requestId = nextRequestId();
        String action = call.action().getOrElse("");
        String host = http.header("host").getOrElse(UNKNOWN_HOST);
        boolean isJson = dialect.wantsJson(call);
        return handle(call, requestId)
                .fold(
                        error -> errorResponse(error, requestId, host, action, isJson),
                        body -> response(body, action, isJson));
    }

    private HttpReply response(ObjectNode body, String action, boolean isJson) {
        boolean isLowerCase = hasLowerCaseEnvelopes && action.equals("ListOTAModuleVersionsByDevice");
        ObjectNode written = isLowerCase ? AliyunResponses.withLowerCaseEnvelope(body) : dialect.format(body);
        HttpReply reply = AliyunResponses.response(written, action, isJson);
        return Option.of(operations.get(action)).exists(Operation::isChange) ? reply.ofChange() : reply;
    }

    private HttpReply errorResponse(AliyunError error, String requestId, String host, String action, boolean isJson) {
        ObjectNode body = AliyunResponses.error(error, requestId, host);
        return AliyunResponses.errorResponse(error, dialect.format(body), action, isJson);
    }

    @Override
    public HttpReply errorResponse(int status) {
        return errorResponse(AliyunError.unreadable(status), nextRequestId(), UNKNOWN_HOST, "", true);
    }

    private String nextRequestId() {
        UUID id = new UUID(0xA01829CE75A14920L, 0xB775000000000000L + lastRequest.incrementAndGet());
        return id.toString().toUpperCase(Locale.ROOT);
    }

    private Either<AliyunError, ObjectNode> handle(AliyunRequest call, String requestId) {
        if (!call.http().rawPath().equals("/")) {
            return Either.left(AliyunError.noSuchPath());
        }
        Option<AliyunError> error = authenticator
                .authenticate(call)
                .orElse(() -> dialect.check(call))
                .orElse(() -> Option.when(isThrottled, AliyunError::throttled))
                .orElse(() -> Option.when(!isPermitted, AliyunError::notPermitted));
        if (error.isDefined()) {
            return Either.left(error.get());
        }
        return Option.of(operations.get(call.action().getOrElse("")))
                .toEither(AliyunError::noSuchOperation)
                .flatMap(operation -> run(operation, call, requestId));
    }

    private Either<AliyunError, ObjectNode> run(Operation operation, AliyunRequest call, String requestId) {
        if (!operation.methods().contains(call.http().method())) {
            return Either.left(AliyunError.wrongMethod());
        }
        for (String mandatory : operation.mandatory()) {
            if (call.parameter(mandatory).isEmpty()) {
                return Either.left(AliyunError.missing(mandatory));
            }
        }
        Option<String> instance = call.parameter("IotInstanceId");
        boolean isInstanceValid =
                requiresInstance ? instance.contains(AliyunSimulator.INSTANCE_ID) : instance.isEmpty();
        return isInstanceValid
                ? operation.handler().handle(call, requestId)
                : Either.left(AliyunError.noSuchInstance());
    }

    private Either<AliyunError, ObjectNode> queryFirmware(AliyunRequest call, String requestId) {
        return call.parameter("FirmwareId")
                .flatMap(store::findFirmware)
                .map(found -> AliyunResponses.firmware(found, this::link, requestId))
                .toEither(AliyunError::noSuchFirmware);
    }

    /** Returns the link to download a file. Addresses of other stores stay as they are. */
    private String link(String url) {
        return objects.keyAt(url).map(objects::link).getOrElse(url);
    }

    private Either<AliyunError, ObjectNode> listFirmware(AliyunRequest call, String requestId) {
        return page(
                call,
                100,
                (page, size) -> AliyunResponses.firmwarePage(
                        store.firmware(call.parameter("ProductKey"), call.parameter("DestVersion")),
                        page,
                        size,
                        requestId));
    }

    private Either<AliyunError, ObjectNode> listProducts(AliyunRequest call, String requestId) {
        return page(call, 200, (page, size) -> AliyunResponses.products(store.products(), page, size, requestId));
    }

    /** Lists static groups. The filters by name, parent and type are not simulated. */
    private Either<AliyunError, ObjectNode> listDeviceGroups(AliyunRequest call, String requestId) {
        return page(
                call, 200, (page, size) -> AliyunResponses.deviceGroups(store.deviceGroups(), page, size, requestId));
    }

    /** Checks the page parameters. Operations that do not require them have the documented defaults 1 and 10. */
    private static Either<AliyunError, ObjectNode> page(
            AliyunRequest call, int maxSize, BiFunction<Integer, Integer, ObjectNode> writer) {
        int page = number(call, "CurrentPage", 1);
        int size = number(call, "PageSize", 10);
        return page < 1 || size < 1 || size > maxSize
                ? Either.left(AliyunError.invalidPage())
                : Either.right(writer.apply(page, size));
    }

    private Option<AliyunError> deleteFirmware(AliyunRequest call) {
        return Option.when(!call.parameter("FirmwareId").exists(store::removeFirmware), AliyunError::noSuchFirmware);
    }

    /** Returns a numeric parameter, {@code defaultValue} if it is missing; zero if it is not a number. */
    private static int number(AliyunRequest call, String name, int defaultValue) {
        return call.parameter(name)
                .map(text -> text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0)
                .getOrElse(defaultValue);
    }

    private Either<AliyunError, ObjectNode> listModules(AliyunRequest call, String requestId) {
        return call.parameter("ProductKey")
                .filter(store::hasProduct)
                .map(product -> AliyunResponses.modules(store.modules(product), requestId))
                .toEither(AliyunError::noSuchProduct);
    }

    private static Operation query(List<String> methods, List<String> mandatory, Handler handler) {
        return new Operation(methods, mandatory, handler, false);
    }

    private static Operation change(
            List<String> methods, List<String> mandatory, Function<AliyunRequest, Option<AliyunError>> change) {
        return new Operation(
                methods,
                mandatory,
                (call, requestId) -> change.apply(call)
                        .toEither(() -> AliyunResponses.success(requestId))
                        .swap(),
                true);
    }

    /** An operation of the service: allowed HTTP methods, mandatory parameters, and handler. */
    private record Operation(List<String> methods, List<String> mandatory, Handler handler, boolean isChange) {}

    /** The handler of an operation. */
    private interface Handler {
        Either<AliyunError, ObjectNode> handle(AliyunRequest call, String requestId);
    }
}
