package io.otabridge.http;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.observation.BackendState;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Sends a call again where that may help and can do no harm, until its deadline, and stops asking a backend that keeps
 * failing. Waits grow from attempt to attempt and are random from nothing up ("full jitter"), unless the vendor says how
 * long to wait; a wait that would pass the deadline is not begun. Safe for many threads.
 */
final class Attempts {

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final int EXECUTIONS = 20;
    private static final int FAILURE_PERCENT = 50;
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration REST = Duration.ofSeconds(5);

    /** What one attempt led to, and after which time there is to be another. */
    private record Outcome(boolean isOutage, Option<Duration> again) {}

    private final int retries;
    private final RetryBudget budget = new RetryBudget();
    private final RetryPolicy<Outcome> retry = RetryPolicy.<Outcome>builder()
            .handleIf((Throwable thrown) -> false)
            .handleResultIf(outcome -> outcome.again().isDefined())
            .withMaxRetries(-1)
            .withDelayFn(context -> context.getLastResult().again().getOrElse(Duration.ZERO))
            .build();
    private final CircuitBreaker<Outcome> breaker = CircuitBreaker.<Outcome>builder()
            .handleIf((Throwable thrown) -> false)
            .handleResultIf(Outcome::isOutage)
            .withFailureRateThreshold(FAILURE_PERCENT, EXECUTIONS, WINDOW)
            .withSuccessThreshold(1)
            .withDelay(REST)
            .build();

    private final FailsafeExecutor<Outcome> executor;

    Attempts(CallLimits limits) {
        this.retries = limits.retries();
        this.executor = limits.hasBreaker() ? Failsafe.with(retry, breaker) : Failsafe.with(retry);
    }

    BackendState.Circuit circuit() {
        return switch (breaker.getState()) {
            case CLOSED -> BackendState.Circuit.CLOSED;
            case HALF_OPEN -> BackendState.Circuit.HALF_OPEN;
            case OPEN -> BackendState.Circuit.OPEN;
        };
    }

    /**
     * Makes attempts at one call, all of them within its deadline.
     *
     * @param mayRepeat whether the call may be sent again after this failure
     * @param attempt makes one
     */
    <T> Either<OtaFailure, T> run(
            Sending sending, Predicate<OtaFailure> mayRepeat, Supplier<Either<OtaFailure, T>> attempt) {
        Last<T> last = new Last<>();
        budget.earn();
        try {
            executor.get(context -> {
                Either<OtaFailure, T> answer = attempt.get();
                last.answer = Option.some(answer);
                return outcome(sending, answer, mayRepeat, context.getAttemptCount() + 1);
            });
            return last.answer.get();
        } catch (CircuitBreakerOpenException open) {
            return last.answer.getOrElse(() -> Either.left(resting(sending.origin())));
        } catch (FailsafeException interrupted) {
            if (!(interrupted.getCause() instanceof InterruptedException)) {
                throw interrupted;
            }
            Thread.currentThread().interrupt();
            return Either.left(new OtaFailure.Unavailable(FailureDetails.of(
                    sending.origin(),
                    "Backend " + sending.origin().backend() + " was interrupted while it waited to ask again",
                    "Ask again")));
        }
    }

    private static final class Last<T> {
        private Option<Either<OtaFailure, T>> answer = Option.none();
    }

    private <T> Outcome outcome(
            Sending sending, Either<OtaFailure, T> answer, Predicate<OtaFailure> mayRepeat, int attempts) {
        Option<OtaFailure> failure = answer.swap().toOption();
        boolean isOutage = failure.exists(known -> known instanceof OtaFailure.Unavailable && known.isRetryable());
        Option<Duration> again = failure.filter(known -> attempts <= retries && mayRepeat.test(known))
                .map(known -> wait(known, attempts))
                .filter(wait -> isInTime(sending, wait) && budget.spend());
        return new Outcome(isOutage, again);
    }

    private static boolean isInTime(Sending sending, Duration wait) {
        boolean isInTime = wait.compareTo(sending.left()) < 0;
        if (!isInTime) {
            sending.hasNoTimeFor(wait);
        }
        return isInTime;
    }

    private static Duration wait(OtaFailure failure, int attempts) {
        long most = Math.min(FIRST_WAIT.toNanos() << (attempts - 1), LONGEST_WAIT.toNanos());
        Duration random = Duration.ofNanos(ThreadLocalRandom.current().nextLong(most));
        return failure.retryAfter().map(asked -> asked.plus(random)).getOrElse(random);
    }

    private OtaFailure resting(Origin origin) {
        Duration wait = breaker.getRemainingDelay();
        return new OtaFailure.Unavailable(FailureDetails.of(
                        origin,
                        "Backend " + origin.backend() + " has failed too often in the last " + WINDOW.toSeconds()
                                + " seconds and is given a rest; nothing was sent",
                        "Try again later")
                .withRetry(Option.some(wait)));
    }
}
