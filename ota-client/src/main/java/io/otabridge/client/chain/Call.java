package io.otabridge.client.chain;

import io.otabridge.client.ratelimit.Priority;
import io.otabridge.client.transport.CallTraffic;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.client.transport.RequestContext;
import io.otabridge.client.transport.ResponseHandler;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.observation.CallObservation;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Response;

/** One call of one vendor operation on its way through the {@link Chain}. For one thread. */
public final class Call<T> implements RequestContext {

    /** Reads an open response to its end, or as far as it is needed, and returns what decodes it. */
    @FunctionalInterface
    private interface Reader<T> {
        Supplier<Either<OtaFailure, T>> read(Response response) throws IOException;
    }

    private final OperationContext origin;
    private final Effect effect;
    private final Priority priority;
    private final PreparedRequest request;
    private final Reader<T> reader;
    private final Duration timeout;
    private final Duration stallTimeout;
    private final long deadline;

    private CallObservation observation = CallObservation.NONE;
    private long requestTimeout;
    private boolean isSent;
    private boolean mayHaveSucceeded;
    private boolean hasUnknownOutcome;

    private Call(
            OperationContext origin,
            Effect effect,
            Priority priority,
            PreparedRequest request,
            Reader<T> reader,
            Duration timeout,
            Duration stallTimeout,
            long deadline) {
        this.origin = origin;
        this.effect = effect;
        this.priority = priority;
        this.request = request;
        this.reader = reader;
        this.timeout = timeout;
        this.stallTimeout = stallTimeout;
        this.deadline = deadline;
    }

    /**
     * A call that starts now.
     *
     * @param priority its place in the queue of the rate limiter
     * @param decoder reads a response of any status
     * @param timeout from now to the last byte of the last response, queueing and retries included
     */
    public static <T> Call<T> of(
            OperationContext origin,
            Effect effect,
            Priority priority,
            PreparedRequest request,
            Function<HttpResponse, Either<OtaFailure, T>> decoder,
            Duration timeout) {
        return until(System.nanoTime() + timeout.toNanos(), origin, effect, priority, request, decoder, timeout);
    }

    /**
     * A call with an absolute deadline.
     *
     * @param deadline when the call must have ended, by {@link System#nanoTime}
     */
    public static <T> Call<T> until(
            long deadline,
            OperationContext origin,
            Effect effect,
            Priority priority,
            PreparedRequest request,
            Function<HttpResponse, Either<OtaFailure, T>> decoder,
            Duration timeout) {
        return new Call<>(
                origin,
                effect,
                priority,
                request,
                response -> {
                    HttpResponse whole = request.readWhole(response);
                    return () -> decoder.apply(whole);
                },
                timeout,
                Duration.ZERO,
                deadline);
    }

    /**
     * A call that starts now and whose bodies may be larger than memory.
     *
     * @param foreign the failure of a response that is not the vendor's, of which it gets the beginning at least
     * @param handler reads a response of any status: that of a read while it arrives, that of a change as a whole
     * @param timeout from now to the last byte
     * @param stallTimeout how long to wait for the next bytes, more than zero
     */
    public static <T> Call<T> transfer(
            OperationContext origin,
            Effect effect,
            PreparedRequest request,
            Function<HttpResponse, Option<OtaFailure>> foreign,
            ResponseHandler<T> handler,
            Duration timeout,
            Duration stallTimeout) {
        return new Call<>(
                origin,
                effect,
                Priority.BULK,
                request,
                response -> {
                    HttpResponse start =
                            effect == Effect.READ ? HttpResponse.beginning(response) : request.readWhole(response);
                    Option<OtaFailure> failure = foreign.apply(start);
                    if (failure.isDefined()) {
                        return () -> Either.left(failure.get());
                    }
                    return handled(
                            handler,
                            start.head(),
                            effect == Effect.READ
                                    ? response.body().byteStream()
                                    : new ByteArrayInputStream(start.body()));
                },
                timeout,
                stallTimeout,
                System.nanoTime() + timeout.toNanos());
    }

    /** A mistake of the handler is not one of the HTTP client, so it is thrown outside. */
    private static <T> Supplier<Either<OtaFailure, T>> handled(
            ResponseHandler<T> handler, HttpResponse head, InputStream body) throws IOException {
        try {
            Either<OtaFailure, T> outcome = handler.handle(head, body);
            return () -> outcome;
        } catch (RuntimeException mistake) {
            return () -> {
                throw mistake;
            };
        }
    }

    OperationContext origin() {
        return origin;
    }

    Effect effect() {
        return effect;
    }

    Priority priority() {
        return priority;
    }

    PreparedRequest request() {
        return request;
    }

    Duration timeout() {
        return timeout;
    }

    @Override
    public boolean isTransfer() {
        return !stallTimeout.isZero();
    }

    @Override
    public Duration stallTimeout() {
        return stallTimeout;
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

    /**
     * Sends the request once, within the remaining time, and reads the response.
     *
     * @return decodes the response
     */
    Supplier<Either<OtaFailure, T>> send() throws IOException {
        requestTimeout = Math.max(1, remainingNanos());
        isSent = false;
        long bodyBytes = isTransfer() ? CallTraffic.UNLIMITED : request.maxBodyBytes();
        boolean showsSurplus = effect != Effect.READ && !request.isHttps();
        try (CallTraffic traffic = CallTraffic.begin(bodyBytes, showsSurplus);
                Response response = request.send(this, requestTimeout)) {
            Supplier<Either<OtaFailure, T>> received = reader.read(response);
            if (traffic.isFollowed()) {
                throw new ProtocolException("more bytes follow the response");
            }
            return received;
        }
    }

    @Override
    public boolean isRead() {
        return effect == Effect.READ;
    }

    @Override
    public Map<String, String> unsignedHeaders() {
        return observation.headers();
    }

    @Override
    public void requestStarted() {
        isSent = true;
    }

    /** Whether the last request of a change was written to a connection, at least in part. */
    boolean isSent() {
        return isSent;
    }

    /** Whether its request can be sent again: the source of a one-shot upload may have been read. */
    boolean canBeSentAgain() {
        return !(isTransfer() && isSent && request.isOneShot());
    }

    /** Notes how the last request ended. */
    void ended(Either<OtaFailure, T> outcome) {
        mayHaveSucceeded = mayHaveSucceeded || (isSent && outcome.isLeft() && leavesOpen(outcome.getLeft()));
        hasUnknownOutcome =
                hasUnknownOutcome || (outcome.isLeft() && outcome.getLeft() instanceof OtaFailure.OutcomeUnknown);
    }

    private static boolean leavesOpen(OtaFailure failure) {
        return failure instanceof OtaFailure.OutcomeUnknown
                || failure instanceof OtaFailure.Unavailable
                || failure instanceof OtaFailure.UnreadableResponse;
    }

    /** Whether a request of a change failed that the vendor may have carried out all the same. */
    public boolean mayHaveSucceeded() {
        return mayHaveSucceeded;
    }

    /** Whether the response to any of its requests was lost. */
    public boolean hasUnknownOutcome() {
        return hasUnknownOutcome;
    }

    /** The nanoseconds that the last request was allowed; 0 before the first. */
    long requestTimeout() {
        return requestTimeout;
    }
}
