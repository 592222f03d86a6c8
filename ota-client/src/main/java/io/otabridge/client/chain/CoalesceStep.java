package io.otabridge.client.chain;

import io.otabridge.client.coalesce.SingleFlight;
import io.otabridge.client.error.CallFailures;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/**
 * Coalesces identical concurrent reads: one call is sent, and all callers share its result or failure. A caller starts
 * over if the sender was interrupted, or if the sender ran out of a timeout that is shorter than the caller's. A read
 * after a change never shares a result from before the change.
 */
public final class CoalesceStep implements Step {

    /** A result and the timeout of the call that obtained it. */
    private record Shared(Result<?> result, Duration timeout) {

        private boolean serves(Call<?> call) {
            return !result.failedWith(OtaFailure.Cancelled.class)
                    && !(result.isCutShort() && call.timeout().compareTo(timeout) > 0);
        }
    }

    private final SingleFlight<PreparedRequest.RequestKey, Shared> reads;
    private final IntSupplier credential;

    /**
     * @param credential the number of the current credential; requests with different credentials are not identical
     */
    public CoalesceStep(IntSupplier credential) {
        this(new SingleFlight<>(), credential);
    }

    private CoalesceStep(SingleFlight<PreparedRequest.RequestKey, Shared> reads, IntSupplier credential) {
        this.reads = reads;
        this.credential = credential;
    }

    /** A step that shares the requests in flight, for calls with another credential. */
    public CoalesceStep with(IntSupplier otherCredential) {
        return new CoalesceStep(reads, otherCredential);
    }

    @Override
    public <T> Result<T> execute(Call<T> call, Chain next) {
        if (call.effect() == Effect.READ) {
            return call.isShared() ? read(call, next) : next.proceed(call);
        }
        try {
            return next.proceed(call);
        } finally {
            reads.detachAll();
        }
    }

    /**
     * The cast is safe: calls with the same key are calls of the same operation, so their results have the same type.
     */
    @SuppressWarnings("unchecked")
    private <T> Result<T> read(Call<T> call, Chain next) {
        try {
            return (Result<T>) reads.run(
                            call.request().key(call.origin().operation(), credential.getAsInt()),
                            call.deadline(),
                            () -> new Shared(next.proceed(call), call.timeout()),
                            shared -> shared.serves(call))
                    .result();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return Result.notSent(
                    CallFailures.cancelled(call.origin(), Message.of("waited for the response to the same request")));
        } catch (TimeoutException late) {
            return Result.notSent(CallFailures.deadlineExceeded(
                    call.origin(), call.timeout(), Message.of("response to the same request of another thread")));
        }
    }
}
