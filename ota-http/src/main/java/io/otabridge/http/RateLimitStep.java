package io.otabridge.http;

import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.http.quota.AccountQuota;
import io.otabridge.http.quota.Turn;
import io.vavr.control.Option;
import java.time.Duration;

/** Waits for a permit of the account's rate limiter, and makes the limiter pause when the vendor throttles a request. */
final class RateLimitStep implements Step {

    /** How long the limiter pauses if the vendor does not say. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Option<AccountQuota> quota;

    /** @param quota the account's rate limiter; absent if calls are not limited here */
    RateLimitStep(Option<AccountQuota> quota) {
        this.quota = quota;
    }

    @Override
    public <T> Result<T> execute(Call<T> call, Chain next) {
        Turn turn = quota.map(limiter -> limiter.await(
                        call.origin().operation(),
                        call.priority(),
                        Duration.ofNanos(Math.max(0, call.remainingNanos()))))
                .getOrElse(Turn.Taken.DEFAULT_CONCURRENCY);
        if (turn instanceof Turn.TooLate late) {
            return Result.notSent(CallFailures.noPermit(call.origin(), late.after()));
        }
        if (!(turn instanceof Turn.Taken taken)) {
            return Result.notSent(CallFailures.cancelled(call.origin(), Message.of("waited for the rate limiter")));
        }
        call.observation().sent(taken.waited());
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
