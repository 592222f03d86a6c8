package io.otabridge.http;

import io.otabridge.domain.Origin;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.http.quota.Priority;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ResponseBody;
import retrofit2.Call;

/**
 * One request that is to be sent.
 *
 * @param priority whether it comes before or after others in the account's quota
 * @param deadline that of the whole call, for people
 * @param call the request; a copy of it is sent, so that it can be sent again
 * @param end when it is too late for its answer, by {@link System#nanoTime}
 * @param observation is told that it is sent
 */
record Sending(
        Origin origin,
        Priority priority,
        Duration deadline,
        Call<ResponseBody> call,
        long end,
        CallObservation observation) {

    /** The request but for what dates and signs it; who asks the same asks the same question. */
    String question() {
        return call.request().method() + " " + call.request().url() + " "
                + call.request().headers();
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** A copy of the call that ends when it is too late. */
    Call<ResponseBody> timedCall() {
        Call<ResponseBody> copy = call.clone();
        copy.timeout().timeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        return copy;
    }
}
