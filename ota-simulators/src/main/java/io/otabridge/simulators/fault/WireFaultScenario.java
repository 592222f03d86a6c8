package io.otabridge.simulators.fault;

import java.io.IOException;
import java.util.Set;

/**
 * Something that goes wrong on the wire, and how each call must end that meets it, of a backend with {@code retries: 2} and no
 * circuit breaker. {@link WireFault} has those of all vendors; adapters add those in their vendor's own words.
 */
public interface WireFaultScenario {

    /** What happens, as the beginning of a sentence. */
    String words();

    /** How calls must end that meet it. */
    ExpectedOutcomes endings();

    /** Does it, in place of the vendor's answer. The connection is closed afterwards. */
    void play(FaultProxy.Exchange exchange) throws IOException;

    /** What is particular about it. */
    default Set<Trait> traits() {
        return Set.of();
    }

    /** What is particular about a fault. */
    enum Trait {
        /** Nobody is there at all. */
        UNREACHABLE,
        /** It befalls connections, before any request is read, and is counted by them. */
        OF_CONNECTION,
        /** It befalls the body of a good answer, and not an answer without one. */
        OF_BODY,
        /** It lasts until the deadline, which is short therefore. */
        UNTIL_DEADLINE,
        /** The vendor speaks TLS, with a good certificate. */
        OVER_TLS,
        /** The vendor speaks TLS, with a certificate for another host. */
        WRONG_HOST,
        /** The vendor speaks TLS, with a certificate of last week. */
        EXPIRED,
        /** The vendor speaks TLS, with a certificate that it has made itself. */
        SELF_SIGNED
    }
}
