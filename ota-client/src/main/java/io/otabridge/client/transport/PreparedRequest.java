package io.otabridge.client.transport;

import io.otabridge.client.proxy.ProxyVariables;
import io.otabridge.client.proxy.UsedProxy;
import io.otabridge.domain.artifact.Artifact;
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
 * A request that can be signed and sent, any number of times. Methods of a Retrofit interface return it without sending
 * anything. Immutable and safe for many threads.
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
     * Identifies identical requests, before they are dated and signed. {@link #equals} is written by hand because the
     * first use of a record's generated method costs a new process ten milliseconds.
     */
    public record RequestKey(String operation, String method, HttpUrl url, okhttp3.Headers headers, int credential) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof RequestKey key
                    && credential == key.credential
                    && url.equals(key.url)
                    && operation.equals(key.operation)
                    && method.equals(key.method)
                    && headers.equals(key.headers);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * url.hashCode() + method.hashCode()) + credential;
        }
    }

    /**
     * The key by which identical requests are coalesced.
     *
     * @param operation the vendor's operation, which determines how the response is decoded
     * @param credential the number of the credential that signs the request
     */
    public RequestKey key(String operation, int credential) {
        return new RequestKey(operation, request.method(), request.url(), request.headers(), credential);
    }

    public String method() {
        return request.method();
    }

    /** The name of the uploaded file, if the request has an {@link Artifact} as a tag. */
    public Option<String> file() {
        return Option.of(request.tag(Artifact.class)).map(Artifact::fileName);
    }

    /** Whether the body can be sent only once. */
    public boolean isOneShot() {
        return request.body() != null && request.body().isOneShot();
    }

    public HttpUrl url() {
        return request.url();
    }

    /** The same request with a body that the HTTP client sends at most once; unchanged if HTTP allows no body. */
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

    /** The largest response body that is read as a whole, in bytes. */
    public long maxBodyBytes() {
        return maxBodyBytes;
    }

    /** The proxy of this request; absent if there is none. */
    public Option<UsedProxy> proxy() {
        return UsedProxy.of(reads, request.url());
    }

    /**
     * Sends the request on this thread.
     *
     * @param call is notified when the request is started, and provides its unsigned headers
     * @param timeoutNanos the timeout in nanoseconds
     * @return the open response
     * @throws ProxyVariables.UnusableProxyException if the environment variable that names its proxy is invalid
     */
    public Response send(RequestContext call, long timeoutNanos) throws IOException {
        OkHttpClient client = call.isRead() ? reads : changes;
        if (client.proxy() == null && client.proxySelector() instanceof ProxyVariables variables) {
            variables.check(request.url());
        }
        okhttp3.Call exchange = client.newCall(call.tagged(request));
        exchange.timeout()
                .timeout(Math.max(1, timeoutNanos), TimeUnit.NANOSECONDS)
                .deadlineNanoTime(System.nanoTime() + timeoutNanos);
        return exchange.execute();
    }

    /**
     * Reads the whole body of a response.
     *
     * @throws ResponseTooLargeException if it exceeds the size limit after decompression
     */
    public HttpResponse readWhole(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(maxBodyBytes + 1)) {
            throw new ResponseTooLargeException(maxBodyBytes);
        }
        return new HttpResponse(response.code(), response.headers(), source.readByteArray());
    }

    /** A response exceeds the size limit. As a {@link ProtocolException}, it is not retried by the HTTP client. */
    public static final class ResponseTooLargeException extends ProtocolException {
        ResponseTooLargeException(long maxBytes) {
            super("more than " + maxBytes + " bytes");
        }
    }

    /** Lets the methods of a Retrofit interface return requests. */
    static final class Adapter extends CallAdapter.Factory implements CallAdapter<ResponseBody, PreparedRequest> {

        private final long maxBodyBytes;
        private final OkHttpClient reads;
        private final OkHttpClient changes;

        Adapter(OkHttpClient client, long maxBodyBytes) {
            this.reads = client;
            // A pooled connection may hold a surplus response, which would be read as the response to a change.
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
            return prepare(call.request());
        }

        PreparedRequest prepare(Request request) {
            return new PreparedRequest(request, reads, changes, maxBodyBytes);
        }
    }
}
