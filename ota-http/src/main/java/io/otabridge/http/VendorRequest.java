package io.otabridge.http;

import io.vavr.control.Option;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
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
public final class VendorRequest {

    private final Request request;
    private final OkHttpClient client;
    private final long maxBodyBytes;

    private VendorRequest(Request request, OkHttpClient client, long maxBodyBytes) {
        this.request = request;
        this.client = client;
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * Two requests with the same one ask the same question: what dates and signs them is not in it yet. It compares itself by
     * plain code, as what Java makes for a record at first use costs a fresh process ten milliseconds.
     */
    record Question(String method, HttpUrl url, okhttp3.Headers headers, int credential) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Question asked
                    && credential == asked.credential
                    && url.equals(asked.url)
                    && method.equals(asked.method)
                    && headers.equals(asked.headers);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * url.hashCode() + method.hashCode()) + credential;
        }
    }

    /** @param credential tells the credential that signs it from others before and after it */
    Question question(int credential) {
        return new Question(request.method(), request.url(), request.headers(), credential);
    }

    String method() {
        return request.method();
    }

    HttpUrl url() {
        return request.url();
    }

    /** The proxy that it passes on its way; absent if it passes none. */
    Option<UsedProxy> proxy() {
        return UsedProxy.of(client, request.url());
    }

    /**
     * Sends it on this thread and reads the whole answer.
     *
     * @param headers go along unsigned, see {@link AddedHeaders}
     * @param longest nanoseconds after which it is given up
     * @throws ProxyVariables.Unusable if it should pass a proxy that cannot be used
     * @throws TooLarge if the answer has more bytes than it may have, counted after decompression
     */
    HttpAnswer send(Map<String, String> headers, long longest) throws IOException {
        if (client.proxy() == null && client.proxySelector() instanceof ProxyVariables variables) {
            variables.check(request.url());
        }
        Call call = client.newCall(AddedHeaders.to(request, headers));
        call.timeout()
                .timeout(Math.max(1, longest), TimeUnit.NANOSECONDS)
                .deadlineNanoTime(System.nanoTime() + longest);
        try (Response response = call.execute()) {
            return new HttpAnswer(
                    response.code(), response.headers(), read(response.body().source()));
        }
    }

    private byte[] read(BufferedSource source) throws IOException {
        if (source.request(maxBodyBytes + 1)) {
            throw new TooLarge(maxBodyBytes);
        }
        return source.readByteArray();
    }

    /** An answer had more bytes than it may have. */
    static final class TooLarge extends IOException {
        TooLarge(long maxBytes) {
            super("more than " + maxBytes + " bytes");
        }
    }

    /** Makes the methods of a Retrofit interface answer requests. */
    static final class Adapter extends CallAdapter.Factory implements CallAdapter<ResponseBody, VendorRequest> {

        private final long maxBodyBytes;

        private final OkHttpClient client;

        Adapter(OkHttpClient client, long maxBodyBytes) {
            this.client = client;
            this.maxBodyBytes = maxBodyBytes;
        }

        @Override
        public @Nullable CallAdapter<?, ?> get(Type returnType, Annotation[] annotations, Retrofit retrofit) {
            return returnType == VendorRequest.class ? this : null;
        }

        @Override
        public Type responseType() {
            return ResponseBody.class;
        }

        @Override
        public VendorRequest adapt(retrofit2.Call<ResponseBody> call) {
            return new VendorRequest(call.request(), client, maxBodyBytes);
        }
    }
}
