package io.otabridge.client.transport;

import java.io.IOException;
import okhttp3.Request;

/**
 * Authenticates requests. It is called for each attempt on the network, so that a request that is resent over a new
 * connection gets a new date and signature. Must be safe for many threads.
 */
@FunctionalInterface
public interface RequestSigner {

    /**
     * Signs a request.
     *
     * @param request the request as it will be sent, including the headers of the HTTP client
     * @return the authenticated request
     * @throws IOException if the body cannot be read
     */
    Request sign(Request request) throws IOException;
}
