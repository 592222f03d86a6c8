package io.otabridge.simulators.fault;

import io.otabridge.domain.OtaFailure;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;

/**
 * An answer that sends the caller somewhere else.
 *
 * @param elsewhere the other host
 */
public record Redirect(int status, Destination to, URI elsewhere) implements WireFaultScenario {

    /** With what a redirect that must not be followed begins. */
    public static final String PATH = "/elsewhere";

    /** Where a redirect leads. */
    public enum Destination {
        /** To another path of the same host. */
        SAME_HOST("another path"),
        /** To another host. */
        OTHER_HOST("another host"),
        /** From {@code https} to another host by {@code http}. */
        OTHER_HOST_IN_THE_CLEAR("another host, from https to http");

        private final String words;

        Destination(String words) {
            this.words = words;
        }
    }

    @Override
    public String words() {
        return status + " to " + to.words;
    }

    @Override
    public ExpectedOutcomes endings() {
        return ExpectedOutcomes.same(ExpectedOutcome.at(OtaFailure.UnreadableResponse.class));
    }

    @Override
    public void play(FaultProxy.Exchange exchange) throws IOException {
        String host = to == Destination.SAME_HOST ? "" : "http://localhost:" + elsewhere.getPort();
        exchange.answer(status + " Elsewhere", "Location: " + host + PATH + "\r\n", "");
    }

    @Override
    public Set<Trait> traits() {
        return to == Destination.OTHER_HOST_IN_THE_CLEAR ? EnumSet.of(Trait.OVER_TLS) : Set.of();
    }
}
