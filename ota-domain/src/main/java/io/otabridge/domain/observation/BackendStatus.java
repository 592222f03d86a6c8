package io.otabridge.domain.observation;

import io.vavr.control.Option;

/** The current status of a backend. Methods are fast and safe for use by multiple threads. */
public interface BackendStatus {

    /** Returns the state of the circuit breaker. */
    Circuit circuit();

    /**
     * Returns the share of the account's quota for an operation that this process used in about the last ten seconds,
     * from 0 to 1; absent if the operation has no rate limit.
     *
     * @param operation the vendor's name of the operation, as in {@link io.otabridge.domain.OperationContext}
     */
    Option<Double> quotaUsage(String operation);

    /** The states of a circuit breaker. */
    enum Circuit {
        /** Every call is sent. */
        CLOSED,
        /** One call is sent to test whether the backend has recovered. */
        HALF_OPEN,
        /** No call is sent for some time, because too many calls failed. */
        OPEN
    }
}
