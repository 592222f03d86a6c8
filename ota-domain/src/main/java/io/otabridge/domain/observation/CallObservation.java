package io.otabridge.domain.observation;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Map;

/**
 * Receives the events of one call, on the calling thread. Exactly one of {@link #ended} and {@link #threw} is called,
 * as the last method.
 */
public interface CallObservation {

    /** An observation that does nothing. */
    CallObservation NONE = failure -> {};

    /**
     * Returns headers for every request of the call, such as {@code traceparent} of W3C Trace Context. They are not
     * signed, and do not replace existing headers.
     */
    default Map<String, String> headers() {
        return Map.of();
    }

    /**
     * Called when a request is sent; every request after the first is a retry.
     *
     * @param queued how long the request waited for a permit of the rate limiter
     */
    default void sent(Duration queued) {}

    /** Called when the vendor rejected a request because of its rate limit. */
    default void throttled() {}

    /**
     * Called when the call has ended.
     *
     * @param failure the failure; absent if the call succeeded
     */
    void ended(Option<OtaFailure> failure);

    /** Called when the call has thrown an exception, which indicates a programming error. */
    default void threw(Throwable thrown) {
        ended(Option.none());
    }
}
