package io.otabridge.client.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Memory allocated for a permit that is available immediately. */
class WaitingCostTest {

    private static final int CALLS = 20_000;

    @Test
    void an_available_permit_allocates_less_than_200_bytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The clock advances a millisecond per reading, so that a permit is always available.
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
        AccountLimiter account = RateLimiter.over(QuotaStore.inMemory(time), time)
                .account("acme", RateLimits.perOperation(Rate.perSecond(10_000)));
        account.await("List", Priority.INTERACTIVE, Duration.ZERO);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        int granted = 0;
        for (int i = 0; i < CALLS; i++) {
            granted +=
                    account.await("List", Priority.INTERACTIVE, Duration.ZERO) instanceof PermitResult.Granted ? 1 : 0;
        }
        long bytes = (threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / CALLS;
        assertThat(granted).isEqualTo(CALLS);
        assertThat(bytes).isLessThan(200);
    }
}
