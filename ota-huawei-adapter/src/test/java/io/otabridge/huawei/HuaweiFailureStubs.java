package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.otabridge.huawei.HuaweiFixture.payload;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.wire.HttpFailureStubs;

/** Stubs the responses of the vendor to all failure scenarios. */
final class HuaweiFailureStubs {

    private HuaweiFailureStubs() {}

    /**
     * Stubs the response to these requests.
     *
     * @param accessKey repeated in error messages, as vendors do
     */
    static void stub(
            WireMock server, MappingBuilder requests, FailureScenario scenario, String accessKey, int maxBytes) {
        if (!HttpFailureStubs.stub(server, requests, scenario, payload("module-found"), maxBytes)) {
            server.register(requests.atPriority(1).willReturn(response(scenario, accessKey)));
        }
    }

    private static ResponseDefinitionBuilder response(FailureScenario scenario, String accessKey) {
        return switch (scenario) {
            case CREDENTIALS_REJECTED -> jsonResponse(payload("error-401-gateway"), 401);
            case PERMISSION_DENIED -> jsonResponse(body("APIGW.0302", "no permission", accessKey), 403);
            case REQUEST_REJECTED -> jsonResponse(payload("error-400-parameter"), 400);
            case WRONG_ADDRESS -> jsonResponse(body("APIGW.0101", "The API does not exist", accessKey), 404);
            case THROTTLED -> jsonResponse(payload("error-403-throttled"), 403);
            case VENDOR_OUTAGE -> jsonResponse(body("APIGW.0201", "Internal error", accessKey), 500);
            case WRONG_TYPE ->
                okJson(
                        "{\"packages\":[{\"package_id\":{}}],\"module_id\":{},\"package_id\":{},\"modules\":{\"module_id\":\"x\"}}");
            case REQUIRED_MEMBER_MISSING -> okJson("{\"description\":\"neither id nor name\"}");
            default -> throw new IllegalArgumentException(scenario.name());
        };
    }

    private static String body(String code, String message, String accessKey) {
        return "{\"error_code\":\"" + code + "\",\"error_msg\":\"" + message + " for " + accessKey + "\"}";
    }
}
