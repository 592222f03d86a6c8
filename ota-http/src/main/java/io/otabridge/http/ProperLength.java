package io.otabridge.http;

import java.net.ProtocolException;
import okhttp3.Response;

/**
 * Refuses an answer whose {@code Content-Length} is negative. The HTTP client would believe it, fail over the body and again over
 * closing it, and never let go of the connection.
 */
final class ProperLength {

    private static final String LENGTH = "Content-Length";

    private ProperLength() {}

    /** Passes on an answer whose length can be. */
    static Response checked(Response response) throws ProtocolException {
        if (response.header(LENGTH, "").startsWith("-")) {
            throw new ProtocolException(LENGTH + " is negative");
        }
        return response;
    }
}
