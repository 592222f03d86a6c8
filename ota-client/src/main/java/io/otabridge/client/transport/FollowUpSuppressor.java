package io.otabridge.client.transport;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps the HTTP client from sending a request again by itself after 408, and after 503 with {@code Retry-After: 0}. Whether that
 * helps, how often and when is for {@link Attempts} and the quota to say. The client cannot be told, so on the network's side
 * such a status is moved to where it knows none, and on the caller's side back.
 */
final class FollowUpSuppressor {

    private static final int MOVED = 1_000;

    private FollowUpSuppressor() {}

    /** On the network's side. */
    static Response hidden(Response response) {
        return response.code() == 408 || response.code() == 503
                ? response.newBuilder().code(response.code() + MOVED).build()
                : response;
    }

    /** The interceptor on the caller's side. */
    static Response show(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.code() > MOVED
                ? response.newBuilder().code(response.code() - MOVED).build()
                : response;
    }
}
