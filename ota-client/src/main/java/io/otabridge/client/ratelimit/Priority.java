package io.otabridge.client.ratelimit;

/** Who goes first where calls have to wait. */
public enum Priority {

    /** Somebody is waiting for the answer. */
    INTERACTIVE,

    /** Walks, inventories and comparisons; one turn in {@value LimiterQueue#BULK_TURN} is theirs however many others wait. */
    BULK
}
