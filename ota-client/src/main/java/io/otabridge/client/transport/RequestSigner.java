package io.otabridge.client.transport;

import java.io.IOException;
import okhttp3.Request;

/**
 * How requests prove who sends them. It is asked anew for each attempt on the network, so that a request that has to be sent
 * again over a fresh connection is dated and signed again. Must be safe for many threads.
 */
@FunctionalInterface
public interface RequestSigner {

    /**
     * The request with its proof.
     *
     * @param request as it goes over the wire otherwise, the HTTP client's own headers included
     * @throws IOException if the body cannot be read
     */
    Request sign(Request request) throws IOException;
}
