package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.otabridge.aliyun.AliyunFixture.payload;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.wire.HttpFailureStubs;
import java.util.function.UnaryOperator;

/** Stubs the responses of the vendor to all failure scenarios. */
final class AliyunFailureStubs {

    /** The maximum response size of a backend under test. */
    static final int MAX_BYTES = 100_000;

    private AliyunFailureStubs() {}

    /**
     * Stubs the response to these requests.
     *
     * @param spelling the spelling of field names on this platform
     */
    static void stub(
            WireMock server, MappingBuilder requests, FailureScenario scenario, UnaryOperator<String> spelling) {
        String valid = spelling.apply(payload("QueryOTAFirmware.json"));
        if (!HttpFailureStubs.stub(server, requests, scenario, valid, MAX_BYTES)) {
            server.register(requests.atPriority(1).willReturn(response(scenario, spelling)));
        }
    }

    private static ResponseDefinitionBuilder response(FailureScenario scenario, UnaryOperator<String> spelling) {
        return switch (scenario) {
            case CREDENTIALS_REJECTED -> jsonResponse(spelling.apply(signatureError()), 400);
            case PERMISSION_DENIED ->
                jsonResponse(spelling.apply(payload("error.gateway.http403.forbidden-ram.json")), 403);
            case REQUEST_REJECTED ->
                jsonResponse(spelling.apply(payload("error.gateway.http400.missing-parameter.json")), 400);
            case WRONG_ADDRESS ->
                jsonResponse(
                        spelling.apply("{\"Code\":\"InvalidAction.NotFound\",\"Message\":\"no such action\"}"), 404);
            case THROTTLED -> jsonResponse(spelling.apply(payload("error.gateway.http400.throttling-user.json")), 400);
            case VENDOR_OUTAGE -> okJson(spelling.apply(payload("error.business.http200.json")));
            case WRONG_TYPE ->
                okJson(spelling.apply("{\"Success\":true,\"FirmwareInfo\":[1],\"Data\":[{\"ModuleName\":{}}]}"));
            case REQUIRED_MEMBER_MISSING ->
                okJson(spelling.apply(
                        "{\"Success\":true,\"FirmwareInfo\":{\"Udi\":\"x\"},\"Data\":[{\"Desc\":\"x\"}]}"));
            default -> throw new IllegalArgumentException(scenario.name());
        };
    }

    /** The service repeats the signed text. */
    private static String signatureError() {
        return "{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"Specified signature is not matched with our calculation."
                + " server string to sign is:POST&%2F&AccessKeyId%3D" + AliyunFixture.ACCESS_KEY + "\"}";
    }
}
