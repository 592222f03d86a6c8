package io.otabridge.client.transport;

import java.util.Map;
import okhttp3.Request;

/**
 * Headers of the call, such as trace headers, that are not part of the coalesced request. They are added after signing,
 * so the signature does not cover them and a proxy may change them.
 */
final class UnsignedHeaders {

    private UnsignedHeaders() {}

    /** The signed request with these headers, except those that it already has. */
    static Request addTo(Request signed, Map<String, String> headers) {
        if (headers.isEmpty()) {
            return signed;
        }
        Request.Builder builder = signed.newBuilder();
        headers.forEach((name, value) -> {
            if (signed.header(name) == null) {
                builder.header(name, value);
            }
        });
        return builder.build();
    }
}
