package io.otabridge.client.chain;

import io.otabridge.domain.OtaFailure;

/** What a call does on the vendor's side, which decides when it may be retried. */
public enum Effect {

    /** Changes nothing. */
    READ {
        @Override
        boolean mayRetry(OtaFailure failure) {
            return failure.isRetryable();
        }
    },

    /** Makes a change that does no harm when it is made twice: a deletion, or the upload of the same bytes. */
    IDEMPOTENT_CHANGE {
        @Override
        boolean mayRetry(OtaFailure failure) {
            return failure.isRetryable();
        }
    },

    /** Makes any other change. Only a throttled request is known not to have made it. */
    CHANGE {
        @Override
        boolean mayRetry(OtaFailure failure) {
            return failure instanceof OtaFailure.RateLimited && failure.isRetryable();
        }
    };

    /** Whether a call that failed in this way may be sent again. */
    abstract boolean mayRetry(OtaFailure failure);
}
