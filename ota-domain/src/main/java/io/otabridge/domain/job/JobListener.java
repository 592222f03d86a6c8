package io.otabridge.domain.job;

import io.otabridge.domain.OtaFailure;
import java.time.Duration;

/** Receives the progress of a watched job, on the thread that watches it. */
public interface JobListener {

    /** A listener that ignores everything. */
    JobListener NONE = job -> {};

    /**
     * The first poll, or a poll after a change of state or counts.
     *
     * @param job the job; without counts if it has not ended and the vendor does not send them (yet)
     */
    void changed(UpgradeJob job);

    /**
     * A poll failed and will be repeated.
     *
     * @param failure a retryable failure, or {@link OtaFailure.UnreadableResponse}
     * @param retryIn when the next poll begins
     */
    default void pollFailed(OtaFailure failure, Duration retryIn) {}
}
