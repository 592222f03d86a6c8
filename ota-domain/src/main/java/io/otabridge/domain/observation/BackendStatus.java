package io.otabridge.domain.observation;

import io.vavr.control.Option;

/** What can be looked up about a backend at any time. Safe for many threads, and cheap. */
public interface BackendStatus {

    /** Whether calls reach the vendor. */
    Circuit circuit();

    /**
     * How much of what the vendor allows the account for this operation this process has used in about the last ten seconds:
     * 0 to 1. Absent if no quota is kept to.
     *
     * @param operation the vendor's own name of the operation, as in {@link io.otabridge.domain.OperationContext}
     */
    Option<Double> quotaUse(String operation);

    /** The states of a circuit breaker. */
    enum Circuit {
        /** Every call is sent. */
        CLOSED,
        /** One call is sent to find out whether the backend is well again. */
        HALF_OPEN,
        /** Nothing is sent for a while, as too many calls have failed. */
        OPEN
    }
}
