package io.otabridge.simulators.server;

import java.util.Map;

/**
 * What a simulator answers: a status, headers, and a text in UTF-8.
 *
 * @param isOfChange whether what was asked for has created, changed or deleted something
 */
public record HttpReply(int status, Map<String, String> headers, String body, boolean isOfChange) {

    /** Keeps a copy of the headers. */
    public HttpReply {
        headers = Map.copyOf(headers);
    }

    /** The answer to a question, or a refusal: nothing has changed. */
    public HttpReply(int status, Map<String, String> headers, String body) {
        this(status, headers, body, false);
    }

    /** The same, as the answer to a change that has been made. */
    public HttpReply ofChange() {
        return new HttpReply(status, headers, body, true);
    }
}
