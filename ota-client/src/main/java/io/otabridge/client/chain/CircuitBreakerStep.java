package io.otabridge.client.chain;

import dev.failsafe.CircuitBreaker;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.error.CallFailures;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.observation.BackendStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Rejects calls for some seconds after too many outages: the circuit breaker is open. Then one trial call is sent: if
 * the backend responds, the circuit breaker closes; otherwise it opens again.
 */
public final class CircuitBreakerStep implements Step {

    private static final int MIN_CALLS = 20;
    private static final int FAILURE_PERCENT = 50;
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration OPEN_FOR = Duration.ofSeconds(5);

    private final boolean isEnabled;
    private final Duration defaultTimeout;
    private final CircuitBreaker<Object> breaker;

    /** The trial call of the half-open circuit breaker. */
    private @Nullable Call<?> trial;

    public CircuitBreakerStep(CallOptions limits) {
        this(limits, OPEN_FOR);
    }

    /** @param openFor how long the circuit breaker stays open */
    public CircuitBreakerStep(CallOptions limits, Duration openFor) {
        this.isEnabled = limits.hasBreaker();
        this.defaultTimeout = limits.timeout();
        this.breaker = CircuitBreaker.builder()
                .withFailureRateThreshold(FAILURE_PERCENT, MIN_CALLS, WINDOW)
                .withSuccessThreshold(1)
                .withDelay(openFor)
                .build();
    }

    public synchronized BackendStatus.Circuit state() {
        return switch (breaker.getState()) {
            case CLOSED -> BackendStatus.Circuit.CLOSED;
            case HALF_OPEN -> BackendStatus.Circuit.HALF_OPEN;
            case OPEN -> BackendStatus.Circuit.OPEN;
        };
    }

    @Override
    public <T> Result<T> execute(Call<T> call, Chain next) {
        if (!isEnabled) {
            return next.proceed(call);
        }
        if (!isPermitted(call)) {
            return Result.notSent(CallFailures.circuitOpen(
                    call.origin(),
                    Message.of("too many failures within {0} seconds", WINDOW.toSeconds()),
                    breaker.getRemainingDelay()));
        }
        boolean isRecorded = false;
        try {
            Result<T> result = next.proceed(call);
            isRecorded = record(call, result);
            return result;
        } finally {
            if (!isRecorded) {
                release(call);
            }
        }
    }

    private synchronized boolean isPermitted(Call<?> call) {
        boolean isPermitted = breaker.tryAcquirePermit();
        if (isPermitted && breaker.isHalfOpen()) {
            trial = call;
        }
        return isPermitted;
    }

    /** Permits another trial call if this was the trial. Failsafe has no other way to return a permit. */
    private synchronized void release(Call<?> call) {
        if (trial == call && breaker.isHalfOpen()) {
            breaker.open();
            breaker.halfOpen();
        }
    }

    /**
     * Records the result, unless it is not evidence about the backend: no request was sent, the thread was interrupted,
     * or the deadline passed and the request had less time than the backend's timeout.
     *
     * @return whether it was recorded
     */
    private synchronized boolean record(Call<?> call, Result<?> result) {
        if (!result.isFromBackend()) {
            return false;
        }
        if (result.outcome().isRight() || !isOutage(result.outcome().getLeft())) {
            breaker.recordSuccess();
            return true;
        }
        boolean isLate = call.remainingNanos() <= 0;
        if (!result.outcome().getLeft().isRetryable() || (isLate && hadLessTime(call))) {
            return false;
        }
        breaker.recordFailure();
        return true;
    }

    private static boolean isOutage(OtaFailure failure) {
        return failure instanceof OtaFailure.Unavailable
                || failure instanceof OtaFailure.DeadlineExceeded
                || failure instanceof OtaFailure.OutcomeUnknown
                || failure instanceof OtaFailure.Cancelled;
    }

    private boolean hadLessTime(Call<?> call) {
        return call.timeout().compareTo(defaultTimeout) < 0 || call.requestTimeout() < defaultTimeout.toNanos() / 2;
    }
}
