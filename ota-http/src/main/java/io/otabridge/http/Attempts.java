package io.otabridge.http;

import dev.failsafe.CircuitBreaker;
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
import org.jspecify.annotations.Nullable;

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

    /** After which time there is to be another attempt. */
    private record Outcome(Option<Duration> again) {}

    private static final Outcome LAST = new Outcome(Option.none());

    private final CallLimits limits;
    private final RetryBudget budget = new RetryBudget();
    private final RetryPolicy<Outcome> retry = RetryPolicy.<Outcome>builder()
            .handleIf((Throwable thrown) -> false)
            .handleResultIf(outcome -> outcome.again().isDefined())
            .withMaxRetries(-1)
            .withDelayFn(context -> context.getLastResult().again().getOrElse(Duration.ZERO))
            .build();
    private final FailsafeExecutor<Outcome> executor = Failsafe.with(retry);
    private final CircuitBreaker<Object> breaker;

    /** The call that is to find out whether the vendor answers again. */
    private @Nullable Sending probe;

    Attempts(CallLimits limits) {
        this(limits, REST);
    }

    /** @param rest for how long a backend that keeps failing is left alone */
    Attempts(CallLimits limits, Duration rest) {
        this.limits = limits;
        this.breaker = CircuitBreaker.builder()
                .withFailureRateThreshold(FAILURE_PERCENT, EXECUTIONS, WINDOW)
                .withSuccessThreshold(1)
                .withDelay(rest)
                .build();
    }

    synchronized BackendState.Circuit circuit() {
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
                if (limits.hasBreaker() && !isAdmitted(sending)) {
                    last.answer = last.answer.orElse(() -> Option.some(Either.left(resting(sending.origin()))));
                    return LAST;
                }
                sending.begin();
                Either<OtaFailure, T> answer = limits.hasBreaker() ? counted(sending, attempt) : attempt.get();
                last.answer = Option.some(answer);
                return outcome(sending, answer, mayRepeat, context.getAttemptCount() + 1);
            });
            return last.answer.get();
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

    /** Makes an attempt and tells the breaker what it says of the vendor, if anything. */
    private <T> Either<OtaFailure, T> counted(Sending sending, Supplier<Either<OtaFailure, T>> attempt) {
        boolean isCounted = false;
        try {
            Either<OtaFailure, T> answer = attempt.get();
            isCounted = count(sending, answer);
            return answer;
        } finally {
            if (!isCounted) {
                giveBack(sending);
            }
        }
    }

    private synchronized boolean isAdmitted(Sending sending) {
        boolean isAdmitted = breaker.tryAcquirePermit();
        if (isAdmitted && breaker.isHalfOpen()) {
            probe = sending;
        }
        return isAdmitted;
    }

    /** If this one was to find out how the vendor is, the next one is. The library knows no other way to give a permit back. */
    private synchronized void giveBack(Sending sending) {
        if (probe == sending && breaker.isHalfOpen()) {
            breaker.open();
            breaker.halfOpen();
        }
    }

    /**
     * Counts an attempt, unless it says nothing of the vendor: it did not come as far, was interrupted, or was late and had less
     * time than the backend's deadline gives, as those in haste have, and those who waited long for their turn.
     */
    private boolean count(Sending sending, Either<OtaFailure, ?> answer) {
        if (sending.given() == 0 || !sending.isJudged(answer)) {
            return false;
        }
        if (answer.isRight() || !(answer.getLeft() instanceof OtaFailure.Unavailable)) {
            record(breaker::recordSuccess);
            return true;
        }
        boolean isLate = sending.end() - System.nanoTime() <= 0;
        if (!answer.getLeft().isRetryable() || (isLate && isInHaste(sending))) {
            return false;
        }
        record(breaker::recordFailure);
        return true;
    }

    /** Not between the steps of another thread. */
    private synchronized void record(Runnable outcome) {
        outcome.run();
    }

    private boolean isInHaste(Sending sending) {
        return sending.deadline().compareTo(limits.timeout()) < 0
                || sending.given() < limits.timeout().toNanos() / 2;
    }

    private <T> Outcome outcome(
            Sending sending, Either<OtaFailure, T> answer, Predicate<OtaFailure> mayRepeat, int attempts) {
        Option<Duration> again = answer.swap()
                .toOption()
                .filter(known -> attempts <= limits.retries() && mayRepeat.test(known))
                .map(known -> wait(known, attempts))
                .filter(wait -> isInTime(sending, wait) && budget.spend());
        return again.isEmpty() ? LAST : new Outcome(again);
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
