package io.otabridge.client.ratelimit;

import java.time.Duration;

/** The result of waiting for permission to send a request. */
public sealed interface PermitResult {

    /**
     * The request may be sent now.
     *
     * @param waited how long it waited for the permit
     */
    record Granted(Duration waited) implements PermitResult {

        /** A permit that was available immediately. */
        public static final Granted WITHOUT_WAIT = new Granted(Duration.ZERO);
    }

    /**
     * No permit is available before the deadline. Returned as soon as that is known; no permit was used.
     *
     * @param availableIn the estimated time until a permit would have been available
     */
    record DeadlineExceeded(Duration availableIn) implements PermitResult {}

    /** The thread was interrupted; its interrupt flag is still set. No permit was used. */
    record Interrupted() implements PermitResult {}
}
