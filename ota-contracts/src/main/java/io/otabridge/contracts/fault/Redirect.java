package io.otabridge.contracts.fault;

import io.otabridge.domain.OtaFailure;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;

/**
 * A redirect.
 *
 * @param status the HTTP status
 * @param to the destination
 * @param elsewhere the endpoint of the other host
 */
public record Redirect(int status, Destination to, URI elsewhere) implements WireFaultScenario {

    /** The path of all redirect locations. */
    public static final String PATH = "/elsewhere";

    /** The destination of a redirect. */
    public enum Destination {
        /** Another path of the same host. */
        SAME_HOST("another path"),
        /** Another host. */
        OTHER_HOST("another host"),
        /** From {@code https} to {@code http} on another host. */
        OTHER_HOST_CLEARTEXT("another host, from https to http");

        private final String description;

        Destination(String description) {
            this.description = description;
        }
    }

    @Override
    public String description() {
        return status + " to " + to.description;
    }

    @Override
    public ExpectedOutcomes expectedOutcomes() {
        return ExpectedOutcomes.same(ExpectedOutcome.at(OtaFailure.UnreadableResponse.class));
    }

    @Override
    public void play(FaultProxy.Exchange exchange) throws IOException {
        String host = to == Destination.SAME_HOST ? "" : "http://localhost:" + elsewhere.getPort();
        exchange.respond(status + " Elsewhere", "Location: " + host + PATH + "\r\n", "");
    }

    @Override
    public Set<Trait> traits() {
        return to == Destination.OTHER_HOST_CLEARTEXT ? EnumSet.of(Trait.OVER_TLS) : Set.of();
    }
}
