package io.otabridge.client.transport;

import java.time.Duration;
import java.util.Map;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** What the transport knows of the call that a request belongs to. For one thread. */
public interface RequestContext {

    /** Whether the request changes nothing on the vendor's side. */
    boolean isRead();

    /** Whether its bodies may be larger than memory. */
    boolean isTransfer();

    /** How long to wait for the next bytes; zero if the deadline alone counts. */
    Duration stallTimeout();

    /** Headers that are added after the signature. */
    Map<String, String> unsignedHeaders();

    /** A connection is there, and the request is about to be written. */
    void requestStarted();

    /** The context of this request; null for a plain read, which needs none. */
    static @Nullable RequestContext of(Request tagged) {
        return tagged.tag(RequestContext.class);
    }

    /** The request in a form by which the interceptors find its context, if they have to do something for it. */
    default Request tagged(Request bare) {
        boolean isPlain = isRead() && !isTransfer() && unsignedHeaders().isEmpty();
        return isPlain
                ? bare
                : bare.newBuilder().tag(RequestContext.class, this).build();
    }
}
