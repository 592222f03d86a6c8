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

/** How the platform tells of every trouble. */
final class AliyunTroubles {

    /** The largest answer that a backend under test accepts. */
    static final int MAX_BYTES = 100_000;

    private AliyunTroubles() {}

    /**
     * Makes the server answer these requests with this trouble.
     *
     * @param spelling how this platform spells the names of members
     */
    static void stub(
            WireMock server, MappingBuilder requests, FailureScenario trouble, UnaryOperator<String> spelling) {
        String good = spelling.apply(payload("QueryOTAFirmware.json"));
        if (!HttpFailureStubs.stub(server, requests, trouble, good, MAX_BYTES)) {
            server.register(requests.atPriority(1).willReturn(answer(trouble, spelling)));
        }
    }

    private static ResponseDefinitionBuilder answer(FailureScenario trouble, UnaryOperator<String> spelling) {
        return switch (trouble) {
            case CREDENTIALS_REFUSED -> jsonResponse(spelling.apply(signatureRefusal()), 400);
            case PERMISSION_REFUSED ->
                jsonResponse(spelling.apply(payload("error.gateway.http403.forbidden-ram.json")), 403);
            case REQUEST_REFUSED ->
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
            default -> throw new IllegalArgumentException(trouble.name());
        };
    }

    /** The real service repeats what it signed. */
    private static String signatureRefusal() {
        return "{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"Specified signature is not matched with our calculation."
                + " server string to sign is:POST&%2F&AccessKeyId%3D" + AliyunFixture.ACCESS_KEY + "\"}";
    }
}
