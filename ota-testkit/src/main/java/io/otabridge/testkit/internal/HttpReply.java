package io.otabridge.testkit.internal;

import java.util.Map;

/** What a simulator answers: a status, headers, and a text in UTF-8. */
public record HttpReply(int status, Map<String, String> headers, String body) {

    /** Keeps a copy of the headers. */
    public HttpReply {
        headers = Map.copyOf(headers);
    }
}
