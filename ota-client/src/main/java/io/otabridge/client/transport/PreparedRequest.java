package io.otabridge.client.transport;

import io.otabridge.client.proxy.ProxyVariables;
import io.otabridge.client.proxy.UsedProxy;
import io.vavr.control.Option;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.net.ProtocolException;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import retrofit2.CallAdapter;
import retrofit2.Retrofit;

/**
 * A request that is ready to be signed and sent, as often as need be. Methods of a Retrofit interface answer one, which sends
 * nothing yet. Immutable and safe for many threads.
 */
public final class PreparedRequest {

    private final Request request;
    private final OkHttpClient reads;
    private final OkHttpClient changes;
    private final long maxBodyBytes;

    private PreparedRequest(Request request, OkHttpClient reads, OkHttpClient changes, long maxBodyBytes) {
        this.request = request;
        this.reads = reads;
        this.changes = changes;
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * Two requests with the same one ask the same question: what dates and signs them is not in it yet. It compares itself by
     * plain code, as what Java makes for a record at first use costs a fresh process ten milliseconds.
     */
    public record RequestKey(String operation, String method, HttpUrl url, okhttp3.Headers headers, int credential) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof RequestKey asked
                    && credential == asked.credential
                    && url.equals(asked.url)
                    && operation.equals(asked.operation)
                    && method.equals(asked.method)
                    && headers.equals(asked.headers);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * url.hashCode() + method.hashCode()) + credential;
        }
    }

    /**
     * The key by which identical requests are coalesced.
     *
     * @param operation the vendor's operation, which decides how the response is read
     * @param credential tells the credential that signs it from others before and after it
     */
    public RequestKey key(String operation, int credential) {
        return new RequestKey(operation, request.method(), request.url(), request.headers(), credential);
    }

    public String method() {
        return request.method();
    }

    /** Whether its body can be sent only once. */
    public boolean isOneShot() {
        return request.body() != null && request.body().isOneShot();
    }

    public HttpUrl url() {
        return request.url();
    }

    /** The same request with a body that the HTTP client sends at most once; without one where HTTP allows none. */
    public PreparedRequest oneShot() {
        return isOneShot() || request.method().equals("GET")
                ? this
                : new PreparedRequest(
                        request.newBuilder()
                                .method(request.method(), OneShotBody.of(request.body()))
                                .build(),
                        reads,
                        changes,
                        maxBodyBytes);
    }

    public boolean isHttps() {
        return request.isHttps();
    }

    /** The largest body of a response that is read as a whole. */
    public long maxBodyBytes() {
        return maxBodyBytes;
    }

    /** The proxy that it passes on its way; absent if it passes none. */
    public Option<UsedProxy> proxy() {
        return UsedProxy.of(reads, request.url());
    }

    /**
     * Sends it on this thread.
     *
     * @param call learns when the request is sent, and adds its headers
     * @param longest nanoseconds after which it is given up
     * @return the open response
     * @throws ProxyVariables.Unusable if it should pass a proxy that cannot be used
     */
    public Response send(RequestContext call, long longest) throws IOException {
        OkHttpClient client = call.isRead() ? reads : changes;
        if (client.proxy() == null && client.proxySelector() instanceof ProxyVariables variables) {
            variables.check(request.url());
        }
        okhttp3.Call exchange = client.newCall(call.tagged(request));
        exchange.timeout()
                .timeout(Math.max(1, longest), TimeUnit.NANOSECONDS)
                .deadlineNanoTime(System.nanoTime() + longest);
        return exchange.execute();
    }

    /**
     * Reads the whole body of a response.
     *
     * @throws TooLarge if it has more bytes than it may have, counted after decompression
     */
    public HttpResponse readWhole(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(maxBodyBytes + 1)) {
            throw new TooLarge(maxBodyBytes);
        }
        return new HttpResponse(response.code(), response.headers(), source.readByteArray());
    }

    /** A response had more bytes than it may have. As a {@link ProtocolException}, it makes the HTTP client retry nothing. */
    public static final class TooLarge extends ProtocolException {
        TooLarge(long maxBytes) {
            super("more than " + maxBytes + " bytes");
        }
    }

    /** Makes the methods of a Retrofit interface answer requests. */
    static final class Adapter extends CallAdapter.Factory implements CallAdapter<ResponseBody, PreparedRequest> {

        private final long maxBodyBytes;
        private final OkHttpClient reads;
        private final OkHttpClient changes;

        Adapter(OkHttpClient client, long maxBodyBytes) {
            this.reads = client;
            // A kept connection may hold a response that nobody asked for, which would be taken for that to a change.
            this.changes = client.newBuilder()
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                    .build();
            this.maxBodyBytes = maxBodyBytes;
        }

        @Override
        public @Nullable CallAdapter<?, ?> get(Type returnType, Annotation[] annotations, Retrofit retrofit) {
            return returnType == PreparedRequest.class ? this : null;
        }

        @Override
        public Type responseType() {
            return ResponseBody.class;
        }

        @Override
        public PreparedRequest adapt(retrofit2.Call<ResponseBody> call) {
            return new PreparedRequest(call.request(), reads, changes, maxBodyBytes);
        }
    }
}
