package io.otabridge.client.transport;

import java.time.Duration;
import java.util.Map;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The call that a request belongs to, as the transport sees it. Used by one thread. */
public interface RequestContext {

    /** Whether the request changes nothing on the vendor's side. */
    boolean isRead();

    /** Whether the bodies may be larger than memory. */
    boolean isTransfer();

    /** How long to wait for the next bytes; zero if only the deadline applies. */
    Duration stallTimeout();

    /** Headers to add after signing. */
    Map<String, String> unsignedHeaders();

    /** Called when a connection is open and the request is about to be written. */
    void requestStarted();

    /** The context of this request; null for a plain read, which needs none. */
    static @Nullable RequestContext of(Request tagged) {
        return tagged.tag(RequestContext.class);
    }

    /** The request, tagged with this context if interceptors need it. */
    default Request tagged(Request request) {
        boolean isPlain = isRead() && !isTransfer() && unsignedHeaders().isEmpty();
        return isPlain
                ? request
                : request.newBuilder().tag(RequestContext.class, this).build();
    }
}
