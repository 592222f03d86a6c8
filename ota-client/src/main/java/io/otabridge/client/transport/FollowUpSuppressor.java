package io.otabridge.client.transport;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Disables OkHttp's automatic follow-ups for 408 and for 503 with {@code Retry-After: 0}, because retries belong to the
 * retry step. OkHttp has no option for this, so a network interceptor maps these status codes to unknown ones, and an
 * application interceptor maps them back.
 */
final class FollowUpSuppressor {

    private static final int OFFSET = 1_000;

    private FollowUpSuppressor() {}

    /** Applied by a network interceptor. */
    static Response hide(Response response) {
        return response.code() == 408 || response.code() == 503
                ? response.newBuilder().code(response.code() + OFFSET).build()
                : response;
    }

    /** The application interceptor. */
    static Response restore(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.code() > OFFSET
                ? response.newBuilder().code(response.code() - OFFSET).build()
                : response;
    }
}
