package io.otabridge.testkit.aliyun;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.testkit.internal.HttpCall;
import io.otabridge.testkit.internal.HttpReply;
import io.otabridge.testkit.internal.LoopbackServer;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Finds the operation a call is for, checks its parameters and answers it from the catalogue. */
final class AliyunService implements LoopbackServer.Service {

    private static final String VERSION = "2018-01-20";
    private static final String UNKNOWN_HOST = "iot.cn-shanghai.aliyuncs.com";

    private final Map<String, Operation> operations = Map.of(
            "QueryOTAFirmware", new Operation(List.of("GET", "POST"), List.of("FirmwareId"), this::queryFirmware),
            "ListOTAFirmware",
                    new Operation(List.of("GET", "POST"), List.of("CurrentPage", "PageSize"), this::listFirmware),
            "ListOTAModuleByProduct", new Operation(List.of("GET"), List.of("ProductKey"), this::listModules));

    private final AliyunGate gate;
    private final AliyunCatalogue catalogue;
    private final AtomicLong lastRequest = new AtomicLong();
    private volatile boolean instanceIsDemanded = true;

    AliyunService(AliyunGate gate, AliyunCatalogue catalogue) {
        this.gate = gate;
        this.catalogue = catalogue;
    }

    void demandInstance(boolean demanded) {
        instanceIsDemanded = demanded;
    }

    @Override
    public HttpReply answer(HttpCall http) {
        AliyunCall call = AliyunCall.of(http);
        String requestId = nextRequestId();
        String action = call.action().getOrElse("");
        String host = http.header("host").getOrElse(UNKNOWN_HOST);
        return answerTo(call, requestId)
                .fold(
                        refusal -> AliyunAnswers.refused(refusal, requestId, host, action, call.wantsJson()),
                        body -> AliyunAnswers.found(body, action, call.wantsJson()));
    }

    @Override
    public HttpReply refusal(int status) {
        AliyunRefusal refusal = AliyunRefusal.unreadable(status);
        return AliyunAnswers.refused(refusal, nextRequestId(), UNKNOWN_HOST, "", true);
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
                .orElse(() -> Option.when(!call.version().contains(VERSION), AliyunRefusal::wrongVersion));
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
        Option<String> product = call.parameter("ProductKey");
        Option<String> version = call.parameter("DestVersion");
        List<AliyunFirmware> meant = catalogue.firmware().stream()
                .filter(firmware ->
                        product.forAll(firmware.productKey()::equals) && version.forAll(firmware.destVersion()::equals))
                .toList();
        return Either.right(AliyunAnswers.firmwarePage(meant, page, size, requestId));
    }

    /** Zero for what is no number. */
    private static int number(AliyunCall call, String name) {
        return call.parameter(name)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::valueOf)
                .getOrElse(0);
    }

    private Either<AliyunRefusal, ObjectNode> listModules(AliyunCall call, String requestId) {
        List<AliyunModule> modules =
                call.parameter("ProductKey").map(catalogue::modules).getOrElse(List.of());
        return modules.isEmpty()
                ? Either.left(AliyunRefusal.noSuchProduct())
                : Either.right(AliyunAnswers.modules(modules, requestId));
    }

    /** What the service can do: the methods it takes, the parameters it cannot do without, and how it answers. */
    private record Operation(List<String> methods, List<String> mandatory, Answer answer) {}

    private interface Answer {
        Either<AliyunRefusal, ObjectNode> to(AliyunCall call, String requestId);
    }
}
