package io.otabridge.client.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A call that need not wait pays next to nothing. */
class WaitingCostTest {

    private static final int CALLS = 20_000;

    @Test
    void a_free_turn_takes_less_than_two_hundred_bytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // Each look at the clock is a millisecond after the last, so that turns are always free.
        long[] now = {0};
        Ticker time = new Ticker() {
            @Override
            public long nanoTime() {
                return now[0] += 1_000_000;
            }

            @Override
            public void park(long nanos) {
                throw new AssertionError("waits");
            }

            @Override
            public void unpark(Thread thread) {
                throw new AssertionError("wakes");
            }
        };
        AccountLimiter quota =
                RateLimiter.over(QuotaStore.local(time), time).account("acme", RateLimits.each(Rate.perSecond(10_000)));
        quota.await("List", Priority.INTERACTIVE, Duration.ZERO);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        int taken = 0;
        for (int i = 0; i < CALLS; i++) {
            taken += quota.await("List", Priority.INTERACTIVE, Duration.ZERO) instanceof Permit.Taken ? 1 : 0;
        }
        long bytes = (threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / CALLS;
        assertThat(taken).isEqualTo(CALLS);
        assertThat(bytes).isLessThan(200);
    }
}
