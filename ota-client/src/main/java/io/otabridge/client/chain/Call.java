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

/** One call of one vendor operation, executed by a {@link Chain}. Used by one thread. */
public final class Call<T> implements RequestContext {

    /** Reads an open response as far as needed and returns a supplier that decodes it. */
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
    private boolean isShared = true;
    private boolean isRequestStarted;
    private boolean wasSent;
    private long firstSent;
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
     * @param priority the priority in the queue of the rate limiter
     * @param decoder decodes a response of any status
     * @param timeout the time until the last byte of the last response, including queueing and retries
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
     * @param deadline when the call must have ended, as {@link System#nanoTime}
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
     * @param intermediaryFailure the failure of a response that the vendor did not send; it receives at least the first
     *     bytes
     * @param handler reads a response of any status: the response to a read while it arrives, the response to a change
     *     as a whole
     * @param timeout the time until the last byte
     * @param stallTimeout how long to wait for the next bytes; positive
     */
    public static <T> Call<T> transfer(
            OperationContext origin,
            Effect effect,
            PreparedRequest request,
            Function<HttpResponse, Option<OtaFailure>> intermediaryFailure,
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
                    Option<OtaFailure> failure = intermediaryFailure.apply(start);
                    if (failure.isDefined()) {
                        return () -> Either.left(failure.get());
                    }
                    return handle(
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

    /**
     * Calls the handler. An exception of the handler is rethrown when the response is decoded, so that it is not mapped
     * as an error of the HTTP client.
     */
    private static <T> Supplier<Either<OtaFailure, T>> handle(
            ResponseHandler<T> handler, HttpResponse head, InputStream body) throws IOException {
        try {
            Either<OtaFailure, T> outcome = handler.handle(head, body);
            return () -> outcome;
        } catch (RuntimeException handlerError) {
            return () -> {
                throw handlerError;
            };
        }
    }

    /** Excludes this call from coalescing. */
    public Call<T> unshared() {
        isShared = false;
        return this;
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

    /** Whether an identical read may share the result. */
    boolean isShared() {
        return isShared && !isTransfer();
    }

    @Override
    public boolean isTransfer() {
        return !stallTimeout.isZero();
    }

    @Override
    public Duration stallTimeout() {
        return stallTimeout;
    }

    /** When the call must have ended, as {@link System#nanoTime}. */
    long deadline() {
        return deadline;
    }

    /** The nanoseconds until the deadline; zero or less after it. */
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
        isRequestStarted = false;
        long bodyBytes = isTransfer() ? CallTraffic.UNLIMITED : request.maxBodyBytes();
        boolean detectsSurplus = effect != Effect.READ && !request.isHttps();
        try (CallTraffic traffic = CallTraffic.begin(bodyBytes, detectsSurplus);
                Response response = request.send(this, requestTimeout)) {
            Supplier<Either<OtaFailure, T>> received = reader.read(response);
            if (traffic.hasSurplus()) {
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
        isRequestStarted = true;
        if (!wasSent) {
            wasSent = true;
            firstSent = System.nanoTime();
        }
    }

    /** The time since the first request of a change was written, at least in part; absent if none was. */
    public Option<Duration> sinceFirstSent() {
        return Option.when(wasSent, () -> Duration.ofNanos(System.nanoTime() - firstSent));
    }

    /** Whether the last request of a change was written to a connection, at least in part. */
    boolean isSent() {
        return isRequestStarted;
    }

    /** Whether the request can be retried; the source of a one-shot upload may have been read. */
    boolean canBeRetried() {
        return !(isTransfer() && isRequestStarted && request.isOneShot());
    }

    /** Records the outcome of the last request. */
    void record(Either<OtaFailure, T> outcome) {
        mayHaveSucceeded =
                mayHaveSucceeded || (isRequestStarted && outcome.isLeft() && isOutcomeOpen(outcome.getLeft()));
        hasUnknownOutcome =
                hasUnknownOutcome || (outcome.isLeft() && outcome.getLeft() instanceof OtaFailure.OutcomeUnknown);
    }

    private static boolean isOutcomeOpen(OtaFailure failure) {
        return failure instanceof OtaFailure.OutcomeUnknown
                || failure instanceof OtaFailure.Unavailable
                || failure instanceof OtaFailure.UnreadableResponse;
    }

    /** Whether an attempt failed although the vendor may have made the change. */
    public boolean mayHaveSucceeded() {
        return mayHaveSucceeded;
    }

    /** Whether the response to any attempt was lost. */
    public boolean hasUnknownOutcome() {
        return hasUnknownOutcome;
    }

    /** The timeout of the last request in nanoseconds; 0 before the first. */
    long requestTimeout() {
        return requestTimeout;
    }
}
