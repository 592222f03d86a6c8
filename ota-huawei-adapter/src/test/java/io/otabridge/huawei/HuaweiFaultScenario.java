package io.otabridge.huawei;

import static io.otabridge.huawei.HuaweiFixture.payload;

import io.otabridge.contracts.fault.ExpectedOutcome;
import io.otabridge.contracts.fault.ExpectedOutcomes;
import io.otabridge.contracts.fault.FaultProxy.Exchange;
import io.otabridge.contracts.fault.WireFaultScenario;
import io.otabridge.domain.OtaFailure;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Error responses of the vendor and their expected outcomes. */
enum HuaweiFaultScenario implements WireFaultScenario {
    THROTTLED("403 `IOTDA.021101`", ExpectedOutcomes.limited(), "403 Forbidden", payload("error-403-throttled")),
    TENANT_THROTTLED(
            "403 `IOTDA.021102`", ExpectedOutcomes.limited(), "403 Forbidden", payload("error-403-tenant-throttled")),
    GATEWAY_THROTTLED(
            "429 `APIGW.0308`", ExpectedOutcomes.limited(), "429 Too Many Requests", payload("error-429-gateway")),
    THROTTLED_UNDER_200("200 `IOTDA.021101`", ExpectedOutcomes.limited(), "200 OK", payload("error-403-throttled")),
    CREDENTIALS("401 `APIGW.0301`", ExpectedOutcomes.denied(1), "401 Unauthorized", code("APIGW.0301")),
    TIME(
            "401 `APIGW.0301`, dated an hour from now",
            ExpectedOutcomes.denied(2),
            "401 Unauthorized\r\nDate: "
                    + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            Instant.now().plusSeconds(3600).atOffset(ZoneOffset.UTC)),
            code("APIGW.0301")),
    PERMISSION("403 `IOTDA.001002`", ExpectedOutcomes.denied(1), "403 Forbidden", code("IOTDA.001002")),
    PARAMETER("400 `IOTDA.000006`", ExpectedOutcomes.rejectedWithCode(), "400 Bad Request", code("IOTDA.000006")),
    NO_SUCH_API("404 `APIGW.0101`", ExpectedOutcomes.rejectedWithCode(), "404 Not Found", code("APIGW.0101")),
    ABSENT(
            "404 `IOTDA.019400`",
            new ExpectedOutcomes(
                    ExpectedOutcome.at(OtaFailure.NotFound.class),
                    ExpectedOutcome.success(1),
                    ExpectedOutcome.at(OtaFailure.NotFound.class)),
            "404 Not Found",
            code("IOTDA.019400")),
    OUTAGE("500 `APIGW.0201`", ExpectedOutcomes.outage(), "500 Internal Server Error", code("APIGW.0201"));

    private final String label;
    private final ExpectedOutcomes outcomes;
    private final String status;
    private final String body;

    HuaweiFaultScenario(String label, ExpectedOutcomes outcomes, String status, String body) {
        this.label = label;
        this.outcomes = outcomes;
        this.status = status;
        this.body = body;
    }

    @Override
    public String description() {
        return label;
    }

    @Override
    public ExpectedOutcomes expectedOutcomes() {
        return outcomes;
    }

    @Override
    public void play(Exchange exchange) throws IOException {
        exchange.respond(status, "Content-Type: application/json\r\n", body);
    }

    private static String code(String code) {
        return "{\"error_code\":\"" + code + "\",\"error_msg\":\"a message\"}";
    }
}
