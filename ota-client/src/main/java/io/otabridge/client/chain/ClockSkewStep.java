package io.otabridge.client.chain;

import io.otabridge.domain.OtaFailure;
import java.time.Duration;

/**
 * Retries a request once if the vendor rejected it because of its date. The decoder of the rejection has then set the
 * clock to the vendor's time.
 */
public final class ClockSkewStep implements Step {

    private final SkewCorrectedClock clock;

    public ClockSkewStep(SkewCorrectedClock clock) {
        this.clock = clock;
    }

    @Override
    public <T> Result<T> execute(Call<T> call, Chain next) {
        Duration before = clock.offset();
        Result<T> result = next.proceed(call);
        return result.failedWith(OtaFailure.AccessDenied.class)
                        && !clock.offset().equals(before)
                        && call.canBeRetried()
                ? next.proceed(call)
                : result;
    }
}
