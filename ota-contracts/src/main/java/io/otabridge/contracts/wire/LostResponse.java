package io.otabridge.contracts.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;

/**
 * Makes WireMock close the connection instead of passing on a response from the vendor behind it. For contracts whose
 * backend reaches a simulator through WireMock. If the simulator closed the connection, WireMock would return status
 * 500.
 */
public final class LostResponse implements ResponseTransformerV2 {

    private static final String NAME = "lost-response";

    /**
     * Forwards the next of these requests to the vendor, and drops the response.
     *
     * @param server a WireMock server with this class as an extension
     * @param requests the requests to match, as for a stub
     */
    public static void toNext(WireMock server, MappingBuilder requests, URI vendor) {
        server.register(requests.atPriority(1)
                .inScenario(NAME)
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("lost")
                .willReturn(aResponse().proxiedFrom(vendor.toString()).withTransformers(NAME)));
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
        return Response.Builder.like(response).fault(Fault.EMPTY_RESPONSE).build();
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public String getName() {
        return NAME;
    }
}
