package io.otabridge.contracts.fuzz;

import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Returns the same response to every request without a network, for thousands of responses per second. For adapters
 * that use OkHttp. For one thread.
 */
public final class CannedResponses {

    private final OkHttpClient client =
            new OkHttpClient.Builder().addInterceptor(this::response).build();
    private int status = 200;
    private byte[] body = {};

    /** Sets the response to all further requests. */
    public void respondWith(int newStatus, byte[] newBody) {
        status = newStatus;
        body = newBody;
    }

    /** Returns a client that receives these responses. */
    public OkHttpClient client() {
        return client;
    }

    private Response response(Interceptor.Chain chain) {
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(status)
                .message("canned")
                .body(ResponseBody.create(body, null))
                .build();
    }
}
