package io.otabridge.client.transport;

import java.util.Map;
import okhttp3.Request;

/**
 * Headers of the call, such as those of a trace, that are no part of the coalesced request. They are added after the signature,
 * which does not cover them: a proxy may change them.
 */
final class UnsignedHeaders {

    private UnsignedHeaders() {}

    /** The signed request with those of the headers that it does not have yet. */
    static Request onto(Request signed, Map<String, String> headers) {
        if (headers.isEmpty()) {
            return signed;
        }
        Request.Builder more = signed.newBuilder();
        headers.forEach((name, value) -> {
            if (signed.header(name) == null) {
                more.header(name, value);
            }
        });
        return more.build();
    }
}
