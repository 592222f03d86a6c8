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
 * Closes the connection in place of a response that WireMock got from the vendor behind it. For contracts whose backend
 * reaches a simulator through WireMock: a server that loses the response itself makes WireMock send a 500.
 */
public final class LostResponse implements ResponseTransformerV2 {

    private static final String NAME = "lost-response";

    /**
     * Passes the next of these requests on to the vendor, and loses its response.
     *
     * @param server has an instance of this class among its extensions
     * @param requests which requests, as for a stub
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
