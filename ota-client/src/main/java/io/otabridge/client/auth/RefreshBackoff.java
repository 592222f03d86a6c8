package io.otabridge.client.auth;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How long nobody asks for a new credential after a failure: longer with each outage in a row, at random between half and the
 * whole, and as long as the issuer says. Guarded by its user.
 */
final class RefreshBackoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Who is asked too often with a wrong password locks the user. */
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(60);

    private static final Duration LONGEST_OBEYED = Duration.ofMinutes(5);
    private static final int DOUBLED = 10;

    private @Nullable OtaFailure reason;
    private int failures;
    private Instant start = Instant.MIN;
    private Instant end = Instant.MIN;

    /** Begins one that ends at this moment at the latest. */
    void begin(Instant now, OtaFailure failure, Instant latest) {
        Duration most = failure.isRetryable()
                ? shorter(FIRST.multipliedBy(1L << Math.min(failures, DOUBLED)), LONGEST)
                : AFTER_REFUSAL;
        long half = most.toNanos() / 2;
        Duration random = Duration.ofNanos(half + ThreadLocalRandom.current().nextLong(half));
        Duration asked = shorter(failure.retryAfter().getOrElse(Duration.ZERO), LONGEST_OBEYED);
        Instant over = now.plus(random.compareTo(asked) < 0 ? asked : random);
        start = now;
        end = over.isBefore(latest) ? over : latest;
        reason = failure;
        failures++;
    }

    /** Ends it, as a renewal has worked. */
    void end() {
        reason = null;
        failures = 0;
    }

    /** Ends it, as there is a reason to ask at once. */
    void breakOff() {
        reason = null;
    }

    /** The failure it is for; absent if it is over. A clock that was set back meanwhile does not make it longer. */
    Option<OtaFailure> reason(Instant now) {
        return Option.<OtaFailure>of(reason)
                .filter(failure -> !now.isBefore(start) && now.isBefore(end))
                .map(failure -> again(failure, Duration.between(now, end)));
    }

    private static OtaFailure again(OtaFailure failure, Duration rest) {
        FailureDetails details = failure.details().withRetry(Option.some(rest));
        return failure.isRetryable() ? failure.withDetails(details) : failure;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
