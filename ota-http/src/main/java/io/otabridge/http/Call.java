package io.otabridge.http;

import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.http.quota.Priority;
import io.vavr.control.Either;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** One call of one vendor operation on its way through the {@link Chain}. For one thread. */
final class Call<T> {

    private final Origin origin;
    private final Effect effect;
    private final Priority priority;
    private final VendorRequest request;
    private final Function<HttpAnswer, Either<OtaFailure, T>> decoder;
    private final Duration timeout;
    private final long deadline;

    private CallObservation observation = CallObservation.NONE;
    private long requestTimeout;
    private boolean isSent;

    /**
     * A call that starts now.
     *
     * @param priority its place in the queue of the rate limiter
     * @param decoder reads a response of any status
     * @param timeout from now to the last byte of the last response, queueing and retries included
     */
    Call(
            Origin origin,
            Effect effect,
            Priority priority,
            VendorRequest request,
            Function<HttpAnswer, Either<OtaFailure, T>> decoder,
            Duration timeout) {
        this(origin, effect, priority, request, decoder, timeout, System.nanoTime() + timeout.toNanos());
    }

    /** @param deadline when the call must have ended, by {@link System#nanoTime} */
    Call(
            Origin origin,
            Effect effect,
            Priority priority,
            VendorRequest request,
            Function<HttpAnswer, Either<OtaFailure, T>> decoder,
            Duration timeout,
            long deadline) {
        this.origin = origin;
        this.effect = effect;
        this.priority = priority;
        this.request = request;
        this.decoder = decoder;
        this.timeout = timeout;
        this.deadline = deadline;
    }

    Origin origin() {
        return origin;
    }

    Effect effect() {
        return effect;
    }

    Priority priority() {
        return priority;
    }

    VendorRequest request() {
        return request;
    }

    /** What this response means. */
    Either<OtaFailure, T> decode(HttpAnswer response) {
        return decoder.apply(response);
    }

    Duration timeout() {
        return timeout;
    }

    /** When the call must have ended, by {@link System#nanoTime}. */
    long deadline() {
        return deadline;
    }

    /** The nanoseconds before the deadline; zero or less after it. */
    long remainingNanos() {
        return deadline - System.nanoTime();
    }

    CallObservation observation() {
        return observation;
    }

    void observeWith(CallObservation newObservation) {
        observation = newObservation;
    }

    /** Sends the request once, within the remaining time. */
    HttpAnswer send() throws IOException {
        requestTimeout = Math.max(1, remainingNanos());
        isSent = false;
        return request.send(this, requestTimeout);
    }

    /** The request in a form by which {@link #started} finds this call. */
    Request tagged(Request bare) {
        return effect == Effect.READ && observation.headers().isEmpty()
                ? bare
                : bare.newBuilder().tag(Call.class, this).build();
    }

    /** A connection is there, and this request is about to be written: the request with the headers of its call. */
    static Request started(Request signed) {
        @Nullable Call<?> call = signed.tag(Call.class);
        if (call == null) {
            return signed;
        }
        call.isSent = true;
        return AddedHeaders.onto(signed, call.observation.headers());
    }

    /** Whether the last request of a change was written to a connection, at least in part. */
    boolean isSent() {
        return isSent;
    }

    /** The nanoseconds that the last request was allowed; 0 before the first. */
    long requestTimeout() {
        return requestTimeout;
    }
}
