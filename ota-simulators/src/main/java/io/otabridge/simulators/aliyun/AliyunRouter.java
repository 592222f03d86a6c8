package io.otabridge.simulators.aliyun;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.server.HttpReply;
import io.otabridge.simulators.server.LoopbackServer;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Finds the operation a call is for, checks its parameters and answers it from the catalogue. */
final class AliyunRouter implements LoopbackServer.Service {

    private static final String UNKNOWN_HOST = "iot.cn-shanghai.aliyuncs.com";

    private static final List<String> GET = List.of("GET");
    private static final List<String> POST = List.of("POST");
    private static final List<String> EITHER = List.of("GET", "POST");

    private final SimulatedDialect platform;
    private final AliyunAuthenticator gate;
    private final AliyunStore catalogue;
    private final Map<String, Operation> operations;
    private final AtomicLong lastRequest = new AtomicLong();
    private volatile boolean instanceIsDemanded;
    private volatile boolean isPermitted = true;
    private volatile boolean isThrottled;

    AliyunRouter(SimulatedDialect platform, AliyunAuthenticator gate, AliyunStore catalogue, Clock clock) {
        AliyunModuleHandler changes = new AliyunModuleHandler(catalogue, clock);
        this.platform = platform;
        this.gate = gate;
        this.catalogue = catalogue;
        this.instanceIsDemanded = platform == SimulatedDialect.ALIBABA;
        this.operations = Map.of(
                "QueryOTAFirmware", question(EITHER, List.of("FirmwareId"), this::queryFirmware),
                "ListOTAFirmware", question(EITHER, List.of("CurrentPage", "PageSize"), this::listFirmware),
                "DeleteOTAFirmware", change(EITHER, List.of("FirmwareId"), this::deleteFirmware),
                "ListOTAModuleByProduct", question(GET, List.of("ProductKey"), this::listModules),
                "CreateOTAModule", change(POST, List.of("ProductKey", "ModuleName"), changes::create),
                "UpdateOTAModule", change(POST, List.of("ProductKey", "ModuleName"), changes::update),
                "DeleteOTAModule", change(POST, List.of("ProductKey", "ModuleName"), changes::delete));
    }

    void demandInstance(boolean demanded) {
        instanceIsDemanded = demanded;
    }

    void permit(boolean permitted) {
        isPermitted = permitted;
    }

    void throttle(boolean throttled) {
        isThrottled = throttled;
    }

    @Override
    public HttpReply answer(ReceivedRequest http) {
        AliyunRequest call = AliyunRequest.of(http);
        String requestId = nextRequestId();
        String action = call.action().getOrElse("");
        String host = http.header("host").getOrElse(UNKNOWN_HOST);
        boolean isJson = platform.wantsJson(call);
        return answerTo(call, requestId)
                .fold(
                        refusal -> refused(refusal, requestId, host, action, isJson),
                        body -> found(body, action, isJson));
    }

    private HttpReply found(ObjectNode body, String action, boolean isJson) {
        HttpReply reply = AliyunResponses.found(platform.spelled(body), action, isJson);
        return Option.of(operations.get(action)).exists(Operation::isChange) ? reply.ofChange() : reply;
    }

    private HttpReply refused(AliyunError refusal, String requestId, String host, String action, boolean isJson) {
        ObjectNode body = AliyunResponses.refusal(refusal, requestId, host);
        return AliyunResponses.refused(refusal, platform.spelled(body), action, isJson);
    }

    @Override
    public HttpReply refusal(int status) {
        return refused(AliyunError.unreadable(status), nextRequestId(), UNKNOWN_HOST, "", true);
    }

    private String nextRequestId() {
        UUID id = new UUID(0xA01829CE75A14920L, 0xB775000000000000L + lastRequest.incrementAndGet());
        return id.toString().toUpperCase(Locale.ROOT);
    }

    private Either<AliyunError, ObjectNode> answerTo(AliyunRequest call, String requestId) {
        if (!call.http().rawPath().equals("/")) {
            return Either.left(AliyunError.noSuchPath());
        }
        Option<AliyunError> refusal = gate.refusal(call)
                .orElse(() -> platform.refusal(call))
                .orElse(() -> Option.when(isThrottled, AliyunError::throttled))
                .orElse(() -> Option.when(!isPermitted, AliyunError::notPermitted));
        if (refusal.isDefined()) {
            return Either.left(refusal.get());
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
        boolean isInstanceRight =
                instanceIsDemanded ? instance.contains(AliyunSimulator.INSTANCE_ID) : instance.isEmpty();
        return isInstanceRight ? operation.answer().to(call, requestId) : Either.left(AliyunError.noSuchInstance());
    }

    private Either<AliyunError, ObjectNode> queryFirmware(AliyunRequest call, String requestId) {
        return call.parameter("FirmwareId")
                .flatMap(catalogue::findFirmware)
                .map(firmware -> AliyunResponses.firmware(firmware, requestId))
                .toEither(AliyunError::noSuchFirmware);
    }

    private Either<AliyunError, ObjectNode> listFirmware(AliyunRequest call, String requestId) {
        int page = number(call, "CurrentPage");
        int size = number(call, "PageSize");
        if (page < 1 || size < 1 || size > 100) {
            return Either.left(AliyunError.invalidPage());
        }
        return Either.right(AliyunResponses.firmwarePage(
                catalogue.firmware(call.parameter("ProductKey"), call.parameter("DestVersion")),
                page,
                size,
                requestId));
    }

    private Option<AliyunError> deleteFirmware(AliyunRequest call) {
        return Option.when(
                !call.parameter("FirmwareId").exists(catalogue::removeFirmware), AliyunError::noSuchFirmware);
    }

    /** Zero for what is no number. */
    private static int number(AliyunRequest call, String name) {
        return call.parameter(name)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::valueOf)
                .getOrElse(0);
    }

    private Either<AliyunError, ObjectNode> listModules(AliyunRequest call, String requestId) {
        return call.parameter("ProductKey")
                .filter(catalogue::hasProduct)
                .map(product -> AliyunResponses.modules(catalogue.modules(product), requestId))
                .toEither(AliyunError::noSuchProduct);
    }

    private static Operation question(List<String> methods, List<String> mandatory, Answer answer) {
        return new Operation(methods, mandatory, answer, false);
    }

    private static Operation change(
            List<String> methods, List<String> mandatory, Function<AliyunRequest, Option<AliyunError>> change) {
        return new Operation(
                methods,
                mandatory,
                (call, requestId) -> change.apply(call)
                        .toEither(() -> AliyunResponses.done(requestId))
                        .swap(),
                true);
    }

    /** What the service can do: the methods it takes, the parameters it cannot do without, and how it answers. */
    private record Operation(List<String> methods, List<String> mandatory, Answer answer, boolean isChange) {}

    private interface Answer {
        Either<AliyunError, ObjectNode> to(AliyunRequest call, String requestId);
    }
}
