package io.otabridge.client.transport;

import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.proxy.ProxyAuthorization;
import io.otabridge.client.proxy.ProxyVariables;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.SettingsReader;
import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509TrustManager;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import retrofit2.Retrofit;

/**
 * The HTTP client that backends share, with its connection pool. There is one per process unless an application hands in
 * its own with {@code BackendContext.withResource(HttpTransport.class, HttpTransport.over(client))}. Safe for many threads.
 *
 * <p>Whatever the client was set to before, calls made through it do not follow redirects (credentials must not travel to
 * another host), use no cache and no cookies (backends with different credentials share the client), end after the backend's
 * deadline, and read no more of a response than the backend allows, counted before and after decompression. A request that
 * changes something is sent over a new connection, which is closed after the response.
 */
public final class HttpTransport {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(3);
    private static final Duration LONGEST_OF_CLIENT = Duration.ofMillis(Integer.MAX_VALUE);

    private final OkHttpClient client;
    private final ProxyVariables proxies;

    private HttpTransport(OkHttpClient client, ProxyVariables proxies) {
        this.client = client;
        this.proxies = proxies;
    }

    /**
     * The transport that the context brings ({@link #over}); else {@link #shared}, which reaches hosts through the proxies that
     * Java's system properties name, or else the context's environment variables {@code https_proxy}, {@code http_proxy},
     * {@code all_proxy} and {@code no_proxy}, as curl reads them. The process's connections are shared all the same.
     */
    public static HttpTransport of(BackendContext context) {
        return context.resource(HttpTransport.class).getOrElse(() -> {
            ProxyVariables proxies = ProxyVariables.of(context);
            return proxies.isEmpty()
                    ? shared()
                    : new HttpTransport(
                            shared().client.newBuilder().proxySelector(proxies).build(), proxies);
        });
    }

    /**
     * Notes a fault in the settings if the environment variable that names the proxy for this connection cannot be used. The
     * fault does not show the variable's value, which may hold a password.
     */
    public void checkProxy(SettingsReader settings, ConnectionSettings connection) {
        proxies.problem(connection.endpoint().url())
                .forEach(problem -> settings.error(
                        settings.has("endpoint") ? "endpoint" : "region",
                        "is to be reached through a proxy, but " + problem));
    }

    /** A redactor that hides these texts, and the logins of the proxies that requests pass. */
    public Redactor redactor(io.vavr.collection.List<String> secrets) {
        return Redactor.hiding(secrets.appendAll(proxies.secrets()));
    }

    /**
     * The transport of this process, which speaks HTTP/1.1. Its threads are daemons and end when idle, so nobody needs to close
     * it.
     */
    public static HttpTransport shared() {
        return Shared.INSTANCE;
    }

    /**
     * A transport over the application's own client: its pool, proxy, proxy authenticator, trust store, name resolution, socket
     * factory and interceptors stay in use. Environment variables that name proxies have no effect. The authenticator is called
     * for proxies only, never for a host behind a tunnel. Unlike with the transport of this process, an interrupt may then be
     * noticed only at the deadline, and the deadline only when the name servers have answered.
     */
    public static HttpTransport over(OkHttpClient client) {
        return new HttpTransport(client, ProxyVariables.NONE);
    }

    /**
     * A Retrofit for one backend. The methods of its interfaces answer a {@link PreparedRequest}.
     *
     * @param signing adds authentication to every request
     */
    public Retrofit retrofit(ConnectionSettings connection, RequestSigner signing) {
        return retrofit(connection, signing, builder(connection.limits()));
    }

    /** A Retrofit for a service on this machine or beside it, which no proxy must ask in its place. */
    public Retrofit withoutProxy(ConnectionSettings connection) {
        return retrofit(
                connection, request -> request, builder(connection.limits()).proxy(Proxy.NO_PROXY));
    }

    private Retrofit retrofit(ConnectionSettings connection, RequestSigner signing, OkHttpClient.Builder builder) {
        boolean isAlone = builder.networkInterceptors().isEmpty();
        ProxyAuthorization login = login();
        long maxBodyBytes = connection.limits().maxBodyBytes();
        builder.addInterceptor(HttpTransport::withStallTimeout)
                .addInterceptor(FollowUpSuppressor::show)
                .addNetworkInterceptor(chain -> {
                    Request signed = login.onto(chain, started(signing.sign(chain.request())));
                    Response answer = ResponseFraming.proceed(chain, signed, maxBodyBytes(signed, maxBodyBytes));
                    return isAlone ? FollowUpSuppressor.hidden(answer) : answer;
                });
        if (!isAlone) {
            // Before those of the application, which are to see every status as it is.
            builder.networkInterceptors().add(0, chain -> FollowUpSuppressor.hidden(chain.proceed(chain.request())));
        }
        OkHttpClient client = builder.build();
        return new Retrofit.Builder()
                .baseUrl(connection.endpoint().url())
                .callFactory(client)
                .addCallAdapterFactory(new PreparedRequest.Adapter(client, maxBodyBytes))
                .build();
    }

    /** The client as a backend's calls use it, but for their signature and the limit of their answers. */
    public OkHttpClient.Builder builder(CallOptions limits) {
        Duration timeout = limits.timeout();
        OkHttpClient.Builder builder = client.newBuilder();
        @Nullable X509TrustManager trusted = client.x509TrustManager();
        if (trusted != null) {
            builder.sslSocketFactory(new MeteredTls(client.sslSocketFactory()), trusted);
        }
        return builder.socketFactory(new MeteredSockets(client.socketFactory()))
                .followRedirects(false)
                .followSslRedirects(false)
                .cache(null)
                .cookieJar(CookieJar.NO_COOKIES)
                .authenticator(Authenticator.NONE)
                .proxyAuthenticator(login())
                // Racing two addresses makes an interrupt come out as a checked exception that nobody declares.
                .fastFallback(false)
                // The client takes no longer one. Each call has its own deadline anyway.
                .callTimeout(timeout.compareTo(LONGEST_OF_CLIENT) < 0 ? timeout : LONGEST_OF_CLIENT)
                .connectTimeout(connectTimeout(timeout))
                // The deadline of each call counts, which may be another one than the backend's.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO);
    }

    /** Sends the logins of proxies to them alone. */
    public ProxyAuthorization login() {
        return new ProxyAuthorization(proxies, client.proxyAuthenticator());
    }

    /** A transfer has a timeout for each read and write, other calls have their deadline alone. */
    private static Response withStallTimeout(Interceptor.Chain chain) throws IOException {
        @Nullable RequestContext call = RequestContext.of(chain.request());
        if (call == null || !call.isTransfer()) {
            return chain.proceed(chain.request());
        }
        // Zero would be no timeout.
        int millis = (int)
                Math.max(1, Math.min(Integer.MAX_VALUE, call.stallTimeout().toMillis()));
        return chain.withReadTimeout(millis, TimeUnit.MILLISECONDS)
                .withWriteTimeout(millis, TimeUnit.MILLISECONDS)
                .proceed(chain.request());
    }

    /** The request with the headers that its signature does not cover. */
    private static Request started(Request signed) {
        @Nullable RequestContext call = RequestContext.of(signed);
        if (call == null) {
            return signed;
        }
        call.requestStarted();
        return UnsignedHeaders.onto(signed, call.unsignedHeaders());
    }

    /** That of the backend, and none for a transfer. */
    private static long maxBodyBytes(Request signed, long ofBackend) {
        @Nullable RequestContext call = RequestContext.of(signed);
        return call != null && call.isTransfer() ? CallTraffic.UNLIMITED : ofBackend;
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
        private static final DeadlineDns DNS = new DeadlineDns(Dns.SYSTEM);
        // With HTTP/2 threads would share a connection, and an interrupt of one would end the calls of all.
        private static final List<Protocol> PROTOCOLS = List.of(Protocol.HTTP_1_1);
        static final HttpTransport INSTANCE = over(new OkHttpClient.Builder()
                .socketFactory(new InterruptibleSockets())
                .protocols(PROTOCOLS)
                .dns(DNS)
                .eventListener(DNS)
                .connectionPool(new ConnectionPool(MOST_IDLE, IDLE_MINUTES, TimeUnit.MINUTES))
                .build());
    }
}
