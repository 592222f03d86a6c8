package io.otabridge.aliyun;

import static io.otabridge.aliyun.AliyunFixture.payload;

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
enum AliyunFaultScenario implements WireFaultScenario {
    THROTTLED(
            "400 `Throttling.User`",
            ExpectedOutcomes.limited(),
            "400 Bad Request",
            payload("error.gateway.http400.throttling-user.json")),
    THROTTLED_IN_XML(
            "400 `Throttling.User`, in XML",
            ExpectedOutcomes.limited(),
            "400 Bad Request",
            payload("error.gateway.http400.throttling-user.xml")),
    THROTTLED_UNDER_200("200 `Throttling.User`", ExpectedOutcomes.limited(), "200 OK", code("Throttling.User")),
    SYSTEM_ERROR(
            "200 `iot.system.SystemException`",
            ExpectedOutcomes.outage(),
            "200 OK",
            code("iot.system.SystemException")),
    NO_REASON(
            "200 with `Success` false, and no code",
            ExpectedOutcomes.same(ExpectedOutcome.at(OtaFailure.Rejected.class)),
            "200 OK",
            "{\"Success\":false}"),
    NO_ENVELOPE(
            "200 without `Success`",
            ExpectedOutcomes.same(ExpectedOutcome.at(OtaFailure.UnreadableResponse.class)),
            "200 OK",
            "{\"RequestId\":\"R\"}"),
    SUCCESS_UNDER_500(
            "500 with `Success` true", ExpectedOutcomes.outage(), "500 Internal Server Error", "{\"Success\":true}"),
    SIGNATURE(
            "400 `SignatureDoesNotMatch`",
            ExpectedOutcomes.denied(1),
            "400 Bad Request",
            payload("error.gateway.http400.signature-does-not-match.json")),
    NONCE_USED(
            "400 `SignatureNonceUsed`",
            ExpectedOutcomes.outage(),
            "400 Bad Request",
            payload("error.gateway.http400.nonce-used.json")),
    TIME(
            "400 `InvalidTimeStamp.Expired`, dated an hour from now",
            ExpectedOutcomes.denied(2),
            "400 Bad Request\r\nDate: "
                    + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            Instant.now().plusSeconds(3600).atOffset(ZoneOffset.UTC)),
            payload("error.gateway.http400.timestamp-expired.json")),
    ACCESS_KEY(
            "404 `InvalidAccessKeyId.NotFound`",
            ExpectedOutcomes.denied(1),
            "404 Not Found",
            payload("error.gateway.http404.access-key-not-found.json")),
    PERMISSION(
            "403 `Forbidden.RAM`",
            ExpectedOutcomes.denied(1),
            "403 Forbidden",
            payload("error.gateway.http403.forbidden-ram.json")),
    PARAMETER(
            "400 `MissingParameter`",
            ExpectedOutcomes.rejectedWithCode(),
            "400 Bad Request",
            payload("error.gateway.http400.missing-parameter.json")),
    OUTAGE(
            "503 `ServiceUnavailable`",
            ExpectedOutcomes.outage(),
            "503 Service Unavailable",
            payload("error.gateway.http503.service-unavailable.json"));

    private final String label;
    private final ExpectedOutcomes outcomes;
    private final String status;
    private final String body;

    AliyunFaultScenario(String label, ExpectedOutcomes outcomes, String status, String body) {
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
        exchange.respond(status, "", body);
    }

    private static String code(String code) {
        return "{\"RequestId\":\"R\",\"Success\":false,\"Code\":\"" + code + "\",\"ErrorMessage\":\"a message\"}";
    }
}
