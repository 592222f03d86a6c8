package io.otabridge.client.ratelimit;

/** The order in which waiting calls get permits. */
public enum Priority {

    /** A user waits for the result. */
    INTERACTIVE,

    /**
     * Pagination, inventories and comparisons. While bulk calls wait, one permit in {@value LimiterQueue#BULK_RATIO} is theirs,
     * regardless of the number of interactive calls.
     */
    BULK
}
