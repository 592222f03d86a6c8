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
import java.util.function.Function;
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
 * The HTTP client that backends share, with its connection pool. There is one per process unless an application
 * provides its own with {@code BackendContext.withResource(HttpTransport.class, HttpTransport.over(client))}. Safe for
 * many threads.
 *
 * <p>Regardless of the client's settings, calls made through it do not follow redirects (credentials must not be sent
 * to another host), use no cache and no cookies (backends with different credentials share the client), end at the
 * backend's deadline, and read no more of a response than the backend allows, before and after decompression. A change
 * is sent over a new connection, which is closed after the response.
 */
public final class HttpTransport {

    private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration MAX_CALL_TIMEOUT = Duration.ofMillis(Integer.MAX_VALUE);

    private final OkHttpClient client;
    private final ProxyVariables proxies;

    private HttpTransport(OkHttpClient client, ProxyVariables proxies) {
        this.client = client;
        this.proxies = proxies;
    }

    /**
     * The transport that the context provides ({@link #over}), or else {@link #shared}. The shared transport uses the
     * proxies of Java's system properties, or else those of the environment variables {@code https_proxy}, {@code
     * http_proxy}, {@code all_proxy} and {@code no_proxy} in the context, as curl does. Its connections are shared in
     * any case.
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
     * Reports an error in the settings if the environment variable that names the proxy for this connection is invalid.
     * The error does not contain the value of the variable, which may hold a password.
     */
    public void checkProxy(SettingsReader settings, ConnectionSettings connection) {
        proxies.problem(connection.endpoint().url())
                .forEach(problem -> settings.error(
                        settings.has("endpoint") ? "endpoint" : "region",
                        "is to be reached through a proxy, but " + problem));
    }

    /** A redactor that hides these texts and the logins of proxies. */
    public Redactor redactor(io.vavr.collection.List<String> secrets) {
        return Redactor.hiding(secrets.appendAll(proxies.secrets()));
    }

    /**
     * The transport of this process. It uses HTTP/1.1. Its threads are daemons and end when idle, so it need not be
     * closed.
     */
    public static HttpTransport shared() {
        return Shared.INSTANCE;
    }

    /**
     * A transport over the application's own client: its pool, proxy, proxy authenticator, trust store, name
     * resolution, socket factory and interceptors stay in use. Environment variables that name proxies have no effect.
     * The authenticator is called only for proxies, never for a host behind a tunnel. Unlike with {@link #shared}, an
     * interrupt may be noticed only at the deadline, and the deadline only after the name servers have responded.
     */
    public static HttpTransport over(OkHttpClient client) {
        return new HttpTransport(client, ProxyVariables.NONE);
    }

    /**
     * A Retrofit for one backend. The methods of its interfaces return a {@link PreparedRequest}.
     *
     * @param signer authenticates every request
     */
    public Retrofit retrofit(ConnectionSettings connection, RequestSigner signer) {
        return retrofit(connection, signer, builder(connection.callOptions()));
    }

    /** A Retrofit for a service on this machine or link, without a proxy. */
    public Retrofit withoutProxy(ConnectionSettings connection) {
        return retrofit(
                connection,
                request -> request,
                builder(connection.callOptions()).proxy(Proxy.NO_PROXY));
    }

    /**
     * Prepares requests that name their whole URL, such as those to an object store.
     *
     * @param signer authenticates every request
     */
    public Function<Request, PreparedRequest> requests(ConnectionSettings connection, RequestSigner signer) {
        CallOptions limits = connection.callOptions();
        return new PreparedRequest.Adapter(signing(signer, limits, builder(limits)), limits.maxBodyBytes())::prepare;
    }

    private Retrofit retrofit(ConnectionSettings connection, RequestSigner signer, OkHttpClient.Builder builder) {
        OkHttpClient client = signing(signer, connection.callOptions(), builder);
        return new Retrofit.Builder()
                .baseUrl(connection.endpoint().url())
                .callFactory(client)
                .addCallAdapterFactory(new PreparedRequest.Adapter(
                        client, connection.callOptions().maxBodyBytes()))
                .build();
    }

    /** A client that signs requests, limits responses and leaves retries to the retry step. */
    private OkHttpClient signing(RequestSigner signer, CallOptions limits, OkHttpClient.Builder builder) {
        boolean isOnlyInterceptor = builder.networkInterceptors().isEmpty();
        ProxyAuthorization login = login();
        long maxBodyBytes = limits.maxBodyBytes();
        builder.addInterceptor(HttpTransport::withStallTimeout)
                .addInterceptor(FollowUpSuppressor::restore)
                .addNetworkInterceptor(chain -> {
                    Request signed = login.addTo(chain, started(signer.sign(chain.request())));
                    Response response = ResponseFraming.proceed(chain, signed, maxBodyBytes(signed, maxBodyBytes));
                    return isOnlyInterceptor ? FollowUpSuppressor.hide(response) : response;
                });
        if (!isOnlyInterceptor) {
            // First, so that the interceptors of the application see the original status.
            builder.networkInterceptors().add(0, chain -> FollowUpSuppressor.hide(chain.proceed(chain.request())));
        }
        return builder.build();
    }

    /** The client for calls of a backend, without signatures and response size limits. */
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
                // With fast fallback, an interrupt is thrown as an undeclared checked exception.
                .fastFallback(false)
                // OkHttp's maximum. Each call has its own deadline anyway.
                .callTimeout(timeout.compareTo(MAX_CALL_TIMEOUT) < 0 ? timeout : MAX_CALL_TIMEOUT)
                .connectTimeout(connectTimeout(timeout))
                // The deadline of each call applies instead.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO);
    }

    /** The authentication of proxies. */
    public ProxyAuthorization login() {
        return new ProxyAuthorization(proxies, client.proxyAuthenticator());
    }

    /** Sets a timeout for each read and write of a transfer. Other calls have only their deadline. */
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

    /** Marks the request as started and adds the headers that its signature does not cover. */
    private static Request started(Request signed) {
        @Nullable RequestContext call = RequestContext.of(signed);
        if (call == null) {
            return signed;
        }
        call.requestStarted();
        return UnsignedHeaders.addTo(signed, call.unsignedHeaders());
    }

    /** The limit of the backend; none for a transfer. */
    private static long maxBodyBytes(Request signed, long limit) {
        @Nullable RequestContext call = RequestContext.of(signed);
        return call != null && call.isTransfer() ? CallTraffic.UNLIMITED : limit;
    }

    /** Short enough to try another address of the host before the deadline. */
    private static Duration connectTimeout(Duration timeout) {
        Duration third = timeout.dividedBy(3);
        return third.compareTo(MAX_CONNECT_TIMEOUT) < 0 ? third : MAX_CONNECT_TIMEOUT;
    }

    private static final class Shared {
        /** Enough for concurrent callers without a handshake for each call; the default of OkHttp is 5. */
        private static final int MAX_IDLE_CONNECTIONS = 64;

        private static final long IDLE_MINUTES = 5;
        private static final DeadlineDns DNS = new DeadlineDns(Dns.SYSTEM);
        // With HTTP/2, calls share a connection, and the interrupt of one thread would end all of them.
        private static final List<Protocol> PROTOCOLS = List.of(Protocol.HTTP_1_1);
        static final HttpTransport INSTANCE = over(new OkHttpClient.Builder()
                .socketFactory(new InterruptibleSockets())
                .protocols(PROTOCOLS)
                .dns(DNS)
                .eventListener(DNS)
                .connectionPool(new ConnectionPool(MAX_IDLE_CONNECTIONS, IDLE_MINUTES, TimeUnit.MINUTES))
                .build());
    }
}
