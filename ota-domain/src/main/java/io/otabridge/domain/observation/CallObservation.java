package io.otabridge.domain.observation;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Map;

/** Is told what becomes of one call, on the thread that made it. Exactly one of the two ends is told, and as the last. */
public interface CallObservation {

    /** Watches nothing. */
    CallObservation NONE = failure -> {};

    /**
     * Headers to send along with every request of the call, such as {@code traceparent} of W3C Trace Context. They are not
     * signed, and take the place of none that is there already.
     */
    default Map<String, String> headers() {
        return Map.of();
    }

    /**
     * A request is sent; every one after the first is a repeat.
     *
     * @param queued how long it waited for its turn in the account's quota
     */
    default void sent(Duration queued) {}

    /** The vendor refused a request because they come too often. */
    default void throttled() {}

    /**
     * The call has ended.
     *
     * @param failure why without what was asked for; absent if with it
     */
    void ended(Option<OtaFailure> failure);

    /** The call has ended in an exception, which is somebody's mistake. */
    default void broken(Throwable mistake) {
        ended(Option.none());
    }
}
