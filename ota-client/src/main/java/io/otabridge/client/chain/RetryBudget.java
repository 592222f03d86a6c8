package io.otabridge.client.chain;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the calls that are sent again to a tenth of the others while a vendor fails for long: every call earns a tenth of a
 * retry, of which ten at most are saved. Safe for many threads.
 */
final class RetryBudget {

    private static final int RETRY = 10;
    private static final int MOST = 10 * RETRY;

    private final AtomicInteger saved = new AtomicInteger(MOST);

    /** A call has been sent for the first time. */
    void earn() {
        saved.updateAndGet(amount -> Math.min(MOST, amount + 1));
    }

    /** Whether a call may be sent again. */
    boolean spend() {
        int before = saved.getAndUpdate(amount -> amount >= RETRY ? amount - RETRY : amount);
        return before >= RETRY;
    }
}
