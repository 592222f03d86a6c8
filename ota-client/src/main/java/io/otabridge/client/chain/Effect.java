package io.otabridge.client.chain;

import io.otabridge.domain.OtaFailure;

/** The effect of a call on the vendor's side. It decides which failures are retried. */
public enum Effect {

    /** Changes nothing. */
    READ {
        @Override
        boolean mayRetry(OtaFailure failure) {
            return failure.isRetryable();
        }
    },

    /** An idempotent change: a deletion, or the upload of the same bytes. */
    IDEMPOTENT_CHANGE {
        @Override
        boolean mayRetry(OtaFailure failure) {
            return failure.isRetryable();
        }
    },

    /** Any other change. Only throttling proves that it was not made. */
    CHANGE {
        @Override
        boolean mayRetry(OtaFailure failure) {
            return failure instanceof OtaFailure.RateLimited && failure.isRetryable();
        }
    };

    /** Whether a call may be retried after this failure. */
    abstract boolean mayRetry(OtaFailure failure);
}
