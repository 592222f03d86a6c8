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
 * The troubles that look alike whatever the vendor, for contracts of adapters that speak HTTP. Needs WireMock on the class
 * path.
 */
public final class HttpFailureStubs {

    private static final String PAGE =
            "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body>Try again &nbsp; later</body></html>";

    private HttpFailureStubs() {}

    /**
     * Makes the server answer every request with this trouble.
     *
     * @param goodBody the body of a good answer, which is cut short or followed by too much
     * @param maxBytes the largest answer the client under test accepts
     * @return false if the trouble is one that each vendor tells in its own way; nothing is changed then
     */
    public static boolean stub(WireMock server, FailureScenario trouble, String goodBody, int maxBytes) {
        return stub(server, any(anyUrl()), trouble, goodBody, maxBytes);
    }

    /**
     * Makes the server answer these requests with this trouble.
     *
     * @param requests which requests, as for a stub
     * @param goodBody the body of a good answer, which is cut short or followed by too much
     * @param maxBytes the largest answer the client under test accepts
     * @return false if the trouble is one that each vendor tells in its own way; nothing is changed then
     */
    public static boolean stub(
            WireMock server, MappingBuilder requests, FailureScenario trouble, String goodBody, int maxBytes) {
        Option<ResponseDefinitionBuilder> answer = answer(trouble, goodBody, maxBytes);
        answer.forEach(response -> server.register(requests.atPriority(1).willReturn(response)));
        return answer.isDefined();
    }

    private static Option<ResponseDefinitionBuilder> answer(FailureScenario trouble, String goodBody, int maxBytes) {
        return switch (trouble) {
            case HTML_ERROR_PAGE ->
                Option.some(aResponse()
                        .withStatus(502)
                        .withHeader("Content-Type", "text/html")
                        .withBody(PAGE));
            case NO_ANSWER_IN_TIME ->
                Option.some(aResponse().withStatus(200).withFixedDelay(60_000).withBody(goodBody));
            case CONNECTION_RESET -> Option.some(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
            case CONNECTION_CUT -> Option.some(aResponse().withFault(Fault.EMPTY_RESPONSE));
            case GARBAGE -> Option.some(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
            case EMPTY_ANSWER -> Option.some(aResponse().withStatus(200));
            case NULL_ANSWER -> json("null");
            case TRUNCATED_ANSWER -> json(goodBody.substring(0, goodBody.length() / 2));
            case HTML_INSTEAD_OF_ANSWER ->
                Option.some(aResponse()
                        .withStatus(200)
                        .withHeader("Content-Type", "text/html")
                        .withBody(PAGE));
            case REDIRECT ->
                Option.some(aResponse().withStatus(302).withHeader("Location", "http://127.0.0.1:9/elsewhere"));
            case OVERSIZED_ANSWER -> json(goodBody + " ".repeat(maxBytes));
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
