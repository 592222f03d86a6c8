package io.otabridge.http;

import io.otabridge.domain.Origin;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.http.quota.Priority;
import java.io.IOException;
import java.time.Duration;

/**
 * One request that is to be sent.
 *
 * @param priority whether it comes before or after others in the account's quota
 * @param deadline that of the whole call, for people
 * @param request what is sent
 * @param end when it is too late for its answer, by {@link System#nanoTime}
 * @param observation is told that it is sent
 */
record Sending(
        Origin origin,
        Priority priority,
        Duration deadline,
        VendorRequest request,
        long end,
        CallObservation observation) {

    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Sends the request within the time that is left. */
    HttpAnswer make() throws IOException {
        return request.send(observation.headers(), end - System.nanoTime());
    }
}
