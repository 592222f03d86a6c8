package io.otabridge.client.chain;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits retries to a tenth of the calls during a long outage: every call earns a tenth of a retry, and at most ten
 * retries are saved. Safe for many threads.
 */
final class RetryBudget {

    private static final int COST_OF_RETRY = 10;
    private static final int MAX_SAVED = 10 * COST_OF_RETRY;

    private final AtomicInteger saved = new AtomicInteger(MAX_SAVED);

    /** Adds the share of one new call. */
    void earn() {
        saved.updateAndGet(amount -> Math.min(MAX_SAVED, amount + 1));
    }

    /** Takes one retry from the budget; false if there is none. */
    boolean spend() {
        int before = saved.getAndUpdate(amount -> amount >= COST_OF_RETRY ? amount - COST_OF_RETRY : amount);
        return before >= COST_OF_RETRY;
    }
}
