package io.otabridge.contracts.fault;

import java.io.IOException;
import java.util.Set;

/**
 * A network fault with the expected outcomes for a backend with {@code retries: 2} and no circuit breaker.
 * {@link WireFault} has the faults that do not depend on the vendor. Adapters add the error responses of their vendor.
 */
public interface WireFaultScenario {

    /** Returns what happens, for a table and for test names. */
    String description();

    /** Returns the expected outcome of each call type. */
    ExpectedOutcomes expectedOutcomes();

    /** Sends the fault in place of the vendor's response. The proxy closes the connection afterwards. */
    void play(FaultProxy.Exchange exchange) throws IOException;

    /** Returns the traits of this fault. */
    default Set<Trait> traits() {
        return Set.of();
    }

    /** A trait that {@link FaultProxy} needs to know about a fault. */
    enum Trait {
        /** No server listens at the endpoint. */
        UNREACHABLE,
        /** It affects connections before a request is read. Connections are counted, not requests. */
        PER_CONNECTION,
        /** It affects the body of a response and cannot be injected into a response without one. */
        REQUIRES_BODY,
        /** It lasts until the deadline. Tests use a short one. */
        UNTIL_DEADLINE,
        /** The server uses TLS with a valid certificate. */
        OVER_TLS,
        /** The server uses TLS with a certificate for another host. */
        WRONG_HOST,
        /** The server uses TLS with an expired certificate. */
        EXPIRED,
        /** The server uses TLS with a self-signed certificate. */
        SELF_SIGNED
    }
}
