package io.otabridge.client.ratelimit;

import java.time.Duration;

/** What became of the wait for a turn. */
public sealed interface Permit {

    /** The call may be sent, now. */
    record Taken(Duration waited) implements Permit {

        /** Without a wait. */
        public static final Taken DEFAULT_CONCURRENCY = new Taken(Duration.ZERO);
    }

    /**
     * The call cannot be sent before its deadline, which is said as soon as it is known; nothing was used up.
     *
     * @param after how long until it could have been sent, as far as is known
     */
    record TooLate(Duration after) implements Permit {}

    /** The thread was interrupted, and its flag is still set. Nothing was used up. */
    record Interrupted() implements Permit {}
}
