package io.otabridge.testkit.aliyun;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.testkit.internal.HttpCall;
import io.otabridge.testkit.internal.HttpReply;
import io.otabridge.testkit.internal.LoopbackServer;
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
final class AliyunService implements LoopbackServer.Service {

    private static final String UNKNOWN_HOST = "iot.cn-shanghai.aliyuncs.com";

    private static final List<String> GET = List.of("GET");
    private static final List<String> POST = List.of("POST");
    private static final List<String> EITHER = List.of("GET", "POST");

    private final Platform platform;
    private final AliyunGate gate;
    private final AliyunCatalogue catalogue;
    private final Map<String, Operation> operations;
    private final AtomicLong lastRequest = new AtomicLong();
    private volatile boolean instanceIsDemanded;
    private volatile boolean isPermitted = true;
    private volatile boolean isThrottled;

    AliyunService(Platform platform, AliyunGate gate, AliyunCatalogue catalogue, Clock clock) {
        AliyunModuleChanges changes = new AliyunModuleChanges(catalogue, clock);
        this.platform = platform;
        this.gate = gate;
        this.catalogue = catalogue;
        this.instanceIsDemanded = platform == Platform.ALIBABA;
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
    public HttpReply answer(HttpCall http) {
        AliyunCall call = AliyunCall.of(http);
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
        HttpReply reply = AliyunAnswers.found(platform.spelled(body), action, isJson);
        return Option.of(operations.get(action)).exists(Operation::isChange) ? reply.ofChange() : reply;
    }

    private HttpReply refused(AliyunRefusal refusal, String requestId, String host, String action, boolean isJson) {
        ObjectNode body = AliyunAnswers.refusal(refusal, requestId, host);
        return AliyunAnswers.refused(refusal, platform.spelled(body), action, isJson);
    }

    @Override
    public HttpReply refusal(int status) {
        return refused(AliyunRefusal.unreadable(status), nextRequestId(), UNKNOWN_HOST, "", true);
    }

    private String nextRequestId() {
        UUID id = new UUID(0xA01829CE75A14920L, 0xB775000000000000L + lastRequest.incrementAndGet());
        return id.toString().toUpperCase(Locale.ROOT);
    }

    private Either<AliyunRefusal, ObjectNode> answerTo(AliyunCall call, String requestId) {
        if (!call.http().rawPath().equals("/")) {
            return Either.left(AliyunRefusal.noSuchPath());
        }
        Option<AliyunRefusal> refusal = gate.refusal(call)
                .orElse(() -> platform.refusal(call))
                .orElse(() -> Option.when(isThrottled, AliyunRefusal::throttled))
                .orElse(() -> Option.when(!isPermitted, AliyunRefusal::notPermitted));
        if (refusal.isDefined()) {
            return Either.left(refusal.get());
        }
        return Option.of(operations.get(call.action().getOrElse("")))
                .toEither(AliyunRefusal::noSuchOperation)
                .flatMap(operation -> run(operation, call, requestId));
    }

    private Either<AliyunRefusal, ObjectNode> run(Operation operation, AliyunCall call, String requestId) {
        if (!operation.methods().contains(call.http().method())) {
            return Either.left(AliyunRefusal.wrongMethod());
        }
        for (String mandatory : operation.mandatory()) {
            if (call.parameter(mandatory).isEmpty()) {
                return Either.left(AliyunRefusal.missing(mandatory));
            }
        }
        Option<String> instance = call.parameter("IotInstanceId");
        boolean isInstanceRight =
                instanceIsDemanded ? instance.contains(AliyunSimulator.INSTANCE_ID) : instance.isEmpty();
        return isInstanceRight ? operation.answer().to(call, requestId) : Either.left(AliyunRefusal.noSuchInstance());
    }

    private Either<AliyunRefusal, ObjectNode> queryFirmware(AliyunCall call, String requestId) {
        return call.parameter("FirmwareId")
                .flatMap(catalogue::findFirmware)
                .map(firmware -> AliyunAnswers.firmware(firmware, requestId))
                .toEither(AliyunRefusal::noSuchFirmware);
    }

    private Either<AliyunRefusal, ObjectNode> listFirmware(AliyunCall call, String requestId) {
        int page = number(call, "CurrentPage");
        int size = number(call, "PageSize");
        if (page < 1 || size < 1 || size > 100) {
            return Either.left(AliyunRefusal.invalidPage());
        }
        return Either.right(AliyunAnswers.firmwarePage(
                catalogue.firmware(call.parameter("ProductKey"), call.parameter("DestVersion")),
                page,
                size,
                requestId));
    }

    private Option<AliyunRefusal> deleteFirmware(AliyunCall call) {
        return Option.when(
                !call.parameter("FirmwareId").exists(catalogue::removeFirmware), AliyunRefusal::noSuchFirmware);
    }

    /** Zero for what is no number. */
    private static int number(AliyunCall call, String name) {
        return call.parameter(name)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::valueOf)
                .getOrElse(0);
    }

    private Either<AliyunRefusal, ObjectNode> listModules(AliyunCall call, String requestId) {
        return call.parameter("ProductKey")
                .filter(catalogue::hasProduct)
                .map(product -> AliyunAnswers.modules(catalogue.modules(product), requestId))
                .toEither(AliyunRefusal::noSuchProduct);
    }

    private static Operation question(List<String> methods, List<String> mandatory, Answer answer) {
        return new Operation(methods, mandatory, answer, false);
    }

    private static Operation change(
            List<String> methods, List<String> mandatory, Function<AliyunCall, Option<AliyunRefusal>> change) {
        return new Operation(
                methods,
                mandatory,
                (call, requestId) -> change.apply(call)
                        .toEither(() -> AliyunAnswers.done(requestId))
                        .swap(),
                true);
    }

    /** What the service can do: the methods it takes, the parameters it cannot do without, and how it answers. */
    private record Operation(List<String> methods, List<String> mandatory, Answer answer, boolean isChange) {}

    private interface Answer {
        Either<AliyunRefusal, ObjectNode> to(AliyunCall call, String requestId);
    }
}
