package io.otabridge.client.auth;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Delays the next refresh of a credential after a failed one. The delay grows exponentially with consecutive failures, is
 * randomized between half and all of its length, and is at least the issuer's {@code Retry-After}. Not thread-safe: guarded by
 * {@link RefreshableCredential}.
 */
final class RefreshBackoff {

    private static final Duration INITIAL_DELAY = Duration.ofSeconds(1);
    private static final Duration MAX_DELAY = Duration.ofSeconds(10);

    /** A long delay, because repeated requests with a wrong password can lock the user. */
    private static final Duration DELAY_AFTER_REJECTION = Duration.ofSeconds(60);

    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 10;

    private @Nullable OtaFailure reason;
    private int failures;
    private Instant start = Instant.MIN;
    private Instant end = Instant.MIN;

    /**
     * Starts the delay after a failure.
     *
     * @param latest when the delay ends at the latest
     */
    void start(Instant now, OtaFailure failure, Instant latest) {
        Duration maxDelay = failure.isRetryable()
                ? shorter(INITIAL_DELAY.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS)), MAX_DELAY)
                : DELAY_AFTER_REJECTION;
        long half = maxDelay.toNanos() / 2;
        Duration random = Duration.ofNanos(half + ThreadLocalRandom.current().nextLong(half));
        Duration requested = shorter(failure.retryAfter().getOrElse(Duration.ZERO), MAX_RETRY_AFTER);
        Instant delayEnd = now.plus(random.compareTo(requested) < 0 ? requested : random);
        start = now;
        end = delayEnd.isBefore(latest) ? delayEnd : latest;
        reason = failure;
        failures++;
    }

    /** Ends the delay and resets its length after a successful refresh. */
    void reset() {
        reason = null;
        failures = 0;
    }

    /** Ends the delay, so that the next refresh starts immediately. */
    void cancel() {
        reason = null;
    }

    /** The failure that caused the delay; absent if the delay has ended. Ends early if the clock is set back before its start. */
    Option<OtaFailure> failure(Instant now) {
        return Option.<OtaFailure>of(reason)
                .filter(failure -> !now.isBefore(start) && now.isBefore(end))
                .map(failure -> withRetryAfter(failure, Duration.between(now, end)));
    }

    private static OtaFailure withRetryAfter(OtaFailure failure, Duration remaining) {
        FailureDetails details = failure.details().withRetry(Option.some(remaining));
        return failure.isRetryable() ? failure.withDetails(details) : failure;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
