package io.otabridge.http;

import java.io.IOException;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sends headers along that belong to the call and not to the question, so that two who ask the same still ask once. They are
 * added after the signature, which does not cover them: whoever stands between may change them.
 */
final class AddedHeaders implements Interceptor {

    private static final ThreadLocal<Map<String, String>> OF_THIS_CALL = ThreadLocal.withInitial(Map::of);

    /** What goes to the network and back. */
    interface Exchange<T> {
        T make() throws IOException;
    }

    /** Makes an exchange, on this thread, whose request carries these headers. */
    static <T> T during(Map<String, String> headers, Exchange<T> exchange) throws IOException {
        if (headers.isEmpty()) {
            return exchange.make();
        }
        OF_THIS_CALL.set(headers);
        try {
            return exchange.make();
        } finally {
            OF_THIS_CALL.remove();
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Map<String, String> headers = OF_THIS_CALL.get();
        return chain.proceed(headers.isEmpty() ? chain.request() : with(headers, chain.request()));
    }

    private static Request with(Map<String, String> headers, Request request) {
        Request.Builder more = request.newBuilder();
        headers.forEach((name, value) -> {
            if (request.header(name) == null) {
                more.header(name, value);
            }
        });
        return more.build();
    }
}
