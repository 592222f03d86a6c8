package io.otabridge.client.chain;

import io.otabridge.client.error.CallFailures;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Retries a call where a retry may help and is safe (see {@link Effect}), within its deadline. Delays grow
 * exponentially with full jitter, in addition to the {@code Retry-After} of the vendor. There is no retry if the delay
 * would pass the deadline. A budget limits the share of retries during a long outage.
 */
public final class RetryStep implements Step {

    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

    private final int maxRetries;
    private final RetryBudget budget = new RetryBudget();

    public RetryStep(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    @Override
    public <T> Result<T> execute(Call<T> call, Chain next) {
        budget.earn();
        @Nullable Result<T> previous = null;
        for (int retries = 0; ; retries++) {
            Result<T> result = next.proceed(call);
            if (previous != null && result.failedWith(OtaFailure.CircuitOpen.class)) {
                return previous;
            }
            Option<Duration> delay = delay(call, result, retries);
            if (delay.isEmpty()) {
                return result;
            }
            if (delay.get().compareTo(Duration.ofNanos(call.remainingNanos())) >= 0) {
                return result.cutShort();
            }
            if (!budget.spend()) {
                return result;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(delay.get().toNanos());
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                return Result.notSent(CallFailures.cancelled(call.origin(), Message.of("waited for the next retry")));
            }
            previous = result;
        }
    }

    /** The delay before the next retry; absent if the call is not retried. */
    private Option<Duration> delay(Call<?> call, Result<?> result, int retries) {
        return result.outcome()
                .swap()
                .toOption()
                .filter(failure -> retries < maxRetries
                        && !(failure instanceof OtaFailure.CircuitOpen)
                        && call.effect().mayRetry(failure)
                        && call.canBeRetried())
                .map(failure -> delay(failure, retries));
    }

    private static Duration delay(OtaFailure failure, int retries) {
        long longest = Math.min(FIRST_DELAY.toNanos() << retries, LONGEST_DELAY.toNanos());
        Duration random = Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest));
        return failure.retryAfter().map(random::plus).getOrElse(random);
    }
}
