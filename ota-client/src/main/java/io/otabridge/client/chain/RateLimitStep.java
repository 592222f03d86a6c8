package io.otabridge.client.chain;

import io.otabridge.client.error.CallFailures;
import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.PermitResult;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.time.Duration;

/** Waits for a permit of the account's rate limiter, and makes the limiter pause when the vendor throttles a request. */
public final class RateLimitStep implements Step {

    /** The pause if the vendor returns no {@code Retry-After}. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Option<AccountLimiter> quota;

    /** @param quota the rate limiter of the account; absent if calls are not limited on the client side */
    public RateLimitStep(Option<AccountLimiter> quota) {
        this.quota = quota;
    }

    @Override
    public <T> Result<T> execute(Call<T> call, Chain next) {
        PermitResult permit = quota.map(limiter -> limiter.await(
                        call.origin().operation(),
                        call.priority(),
                        Duration.ofNanos(Math.max(0, call.remainingNanos()))))
                .getOrElse(PermitResult.Granted.WITHOUT_WAIT);
        if (permit instanceof PermitResult.DeadlineExceeded late) {
            return Result.notSent(CallFailures.noPermit(call.origin(), late.availableIn()));
        }
        if (!(permit instanceof PermitResult.Granted granted)) {
            return Result.notSent(CallFailures.cancelled(call.origin(), Message.of("waited for the rate limiter")));
        }
        call.observation().sent(granted.waited());
        Result<T> result = next.proceed(call);
        if (result.isFromBackend()
                && result.outcome().isLeft()
                && result.outcome().getLeft() instanceof OtaFailure.RateLimited throttled) {
            call.observation().throttled();
            quota.forEach(limiter -> limiter.throttled(
                    call.origin().operation(), throttled.retryAfter().getOrElse(PAUSE)));
        }
        return result;
    }
}
