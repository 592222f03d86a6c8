package io.otabridge.simulators.server;

import java.util.Map;

/**
 * A response of a simulator.
 *
 * @param body the body, sent in UTF-8
 * @param isOfChange whether the request created, updated or deleted something
 */
public record HttpReply(int status, Map<String, String> headers, String body, boolean isOfChange) {

    /** Copies the headers. */
    public HttpReply {
        headers = Map.copyOf(headers);
    }

    /** Creates a response to a read or to a rejected request. */
    public HttpReply(int status, Map<String, String> headers, String body) {
        this(status, headers, body, false);
    }

    /** Returns a copy that is the response to an executed change. */
    public HttpReply ofChange() {
        return new HttpReply(status, headers, body, true);
    }
}
