package io.otabridge.contracts.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.otabridge.contracts.scenario.FailureScenario;
import io.vavr.control.Option;

/**
 * WireMock stubs for the failure scenarios that do not depend on the vendor, for contracts of adapters that use HTTP.
 * Needs WireMock on the class path.
 */
public final class HttpFailureStubs {

    private static final String PAGE =
            "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body>Try again &nbsp; later</body></html>";

    private HttpFailureStubs() {}

    /**
     * Makes the server fail every request as this scenario describes.
     *
     * @param goodBody the body of a valid response, which is truncated or padded
     * @param maxBytes the maximum response size of the client under test
     * @return false if the scenario depends on the vendor; the server is not changed then
     */
    public static boolean stub(WireMock server, FailureScenario scenario, String goodBody, int maxBytes) {
        return stub(server, any(anyUrl()), scenario, goodBody, maxBytes);
    }

    /**
     * Makes the server fail these requests as this scenario describes.
     *
     * @param requests the requests to fail, as for a stub
     * @param goodBody the body of a valid response, which is truncated or padded
     * @param maxBytes the maximum response size of the client under test
     * @return false if the scenario depends on the vendor; the server is not changed then
     */
    public static boolean stub(
            WireMock server, MappingBuilder requests, FailureScenario scenario, String goodBody, int maxBytes) {
        Option<ResponseDefinitionBuilder> found = response(scenario, goodBody, maxBytes);
        found.forEach(response -> server.register(requests.atPriority(1).willReturn(response)));
        return found.isDefined();
    }

    private static Option<ResponseDefinitionBuilder> response(FailureScenario scenario, String goodBody, int maxBytes) {
        return switch (scenario) {
            case HTML_ERROR_PAGE ->
                Option.some(aResponse()
                        .withStatus(502)
                        .withHeader("Content-Type", "text/html")
                        .withBody(PAGE));
            case RESPONSE_TIMEOUT ->
                Option.some(aResponse().withStatus(200).withFixedDelay(60_000).withBody(goodBody));
            case CONNECTION_RESET -> Option.some(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
            case CONNECTION_CUT -> Option.some(aResponse().withFault(Fault.EMPTY_RESPONSE));
            case INVALID_HTTP -> Option.some(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
            case EMPTY_RESPONSE -> Option.some(aResponse().withStatus(200));
            case NULL_RESPONSE -> json("null");
            case TRUNCATED_RESPONSE -> json(goodBody.substring(0, goodBody.length() / 2));
            case HTML_RESPONSE ->
                Option.some(aResponse()
                        .withStatus(200)
                        .withHeader("Content-Type", "text/html")
                        .withBody(PAGE));
            case REDIRECT ->
                Option.some(aResponse().withStatus(302).withHeader("Location", "http://127.0.0.1:9/elsewhere"));
            case OVERSIZED_RESPONSE -> json(goodBody + " ".repeat(maxBytes));
            default -> Option.none();
        };
    }

    private static Option<ResponseDefinitionBuilder> json(String body) {
        return Option.some(aResponse()
                .withStatus(200)
                .withHeader("Content-Type", "application/json")
                .withBody(body));
    }
}
