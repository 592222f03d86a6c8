package io.otabridge.http;

import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Refuses an answer whose {@code Content-Length} is negative. The HTTP client would believe it, fail over the body and again over
 * closing it, and never let go of the connection.
 */
final class ProperLength implements Interceptor {

    private static final String LENGTH = "Content-Length";

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        if (response.header(LENGTH, "").trim().matches("-[0-9]+")) {
            throw new ProtocolException(LENGTH + " is negative");
        }
        return response;
    }
}
