package io.otabridge.http;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import retrofit2.Retrofit;

/**
 * The HTTP client that backends share, with its connection pool. There is one per process unless an application hands in
 * its own with {@code BackendContext.withResource(HttpTransport.class, HttpTransport.over(client))}. Safe for many threads.
 *
 * <p>Whatever the client was set to before, calls made through it do not follow redirects (credentials must not travel to
 * another host), use no cache and no cookies (backends with different credentials share the client), end after the backend's
 * deadline, and read no more of an answer than the backend allows, counted after decompression.
 */
public final class HttpTransport {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(3);

    private final OkHttpClient client;

    private HttpTransport(OkHttpClient client) {
        this.client = client;
    }

    /**
     * The transport of this process, which speaks HTTP/1.1. Its threads are daemons and end when idle, so nobody needs to close
     * it.
     */
    public static HttpTransport shared() {
        return Shared.INSTANCE;
    }

    /**
     * A transport over the application's own client: its pool, proxy, trust store, name resolution, socket factory and
     * interceptors stay in use. Unlike with the transport of this process, an interrupt may then be noticed only at the
     * deadline, and the deadline only when the name servers have answered.
     */
    public static HttpTransport over(OkHttpClient client) {
        return new HttpTransport(client);
    }

    /**
     * A Retrofit for one backend. The methods of its interfaces answer a {@link VendorRequest}.
     *
     * @param signing adds authentication to every request
     */
    public Retrofit retrofit(Connection connection, RequestSigning signing) {
        return retrofit(connection, signing, builder(connection.limits()));
    }

    /** A Retrofit for a service on this machine or beside it, which no proxy must ask in its place. */
    Retrofit withoutProxy(Connection connection) {
        return retrofit(
                connection, request -> request, builder(connection.limits()).proxy(Proxy.NO_PROXY));
    }

    private static Retrofit retrofit(Connection connection, RequestSigning signing, OkHttpClient.Builder builder) {
        boolean isAlone = builder.networkInterceptors().isEmpty();
        builder.addInterceptor(HttpTransport::withStallTimeout)
                .addInterceptor(Unrepeated::show)
                .addNetworkInterceptor(chain -> {
                    Response answer = ProperLength.checked(chain.proceed(Call.started(signing.sign(chain.request()))));
                    return isAlone ? Unrepeated.hidden(answer) : answer;
                });
        if (!isAlone) {
            // Before those of the application, which are to see every status as it is.
            builder.networkInterceptors().add(0, chain -> Unrepeated.hidden(chain.proceed(chain.request())));
        }
        OkHttpClient client = builder.build();
        return new Retrofit.Builder()
                .baseUrl(connection.endpoint().url())
                .callFactory(client)
                .addCallAdapterFactory(
                        new VendorRequest.Adapter(client, connection.limits().maxBodyBytes()))
                .build();
    }

    /** The client as a backend's calls use it, but for their signature and the limit of their answers. */
    OkHttpClient.Builder builder(CallLimits limits) {
        Duration timeout = limits.timeout();
        return client.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .cache(null)
                .cookieJar(CookieJar.NO_COOKIES)
                .authenticator(Authenticator.NONE)
                // Racing two addresses makes an interrupt come out as a checked exception that nobody declares.
                .fastFallback(false)
                .callTimeout(timeout)
                .connectTimeout(connectTimeout(timeout))
                // The deadline of each call counts, which may be another one than the backend's.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO);
    }

    /** A transfer has a timeout for each read and write, other calls have their deadline alone. */
    private static Response withStallTimeout(Interceptor.Chain chain) throws IOException {
        @Nullable Call<?> call = Call.of(chain.request());
        if (call == null || call.stallTimeout().isZero()) {
            return chain.proceed(chain.request());
        }
        int millis = (int) Math.min(Integer.MAX_VALUE, call.stallTimeout().toMillis());
        return chain.withReadTimeout(millis, TimeUnit.MILLISECONDS)
                .withWriteTimeout(millis, TimeUnit.MILLISECONDS)
                .proceed(chain.request());
    }

    /** Short enough to try another address of the host before the deadline, if the first does not answer. */
    private static Duration connectTimeout(Duration timeout) {
        Duration third = timeout.dividedBy(3);
        return third.compareTo(LONGEST_CONNECT) < 0 ? third : LONGEST_CONNECT;
    }

    private static final class Shared {
        /** As many callers as there may be at once without a handshake for each call; the client's own 5 are few. */
        private static final int MOST_IDLE = 64;

        private static final long IDLE_MINUTES = 5;
        private static final TimelyDns DNS = new TimelyDns(Dns.SYSTEM);
        static final HttpTransport INSTANCE = new HttpTransport(new OkHttpClient.Builder()
                .socketFactory(new InterruptibleSockets())
                // Threads would share a connection of HTTP/2, and an interrupt of one would end the calls of all.
                .protocols(List.of(Protocol.HTTP_1_1))
                .dns(DNS)
                .eventListener(DNS)
                .connectionPool(new ConnectionPool(MOST_IDLE, IDLE_MINUTES, TimeUnit.MINUTES))
                .build());
    }
}
