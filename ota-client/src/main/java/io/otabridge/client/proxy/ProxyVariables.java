package io.otabridge.client.proxy;

import io.otabridge.client.config.Endpoint;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Chooses proxies by the environment variables that curl reads: {@code https_proxy} or {@code HTTPS_PROXY} for https,
 * {@code http_proxy} for http (only in lower case, because a CGI server sets {@code HTTP_PROXY} from a request header),
 * {@code all_proxy} or {@code ALL_PROXY} for both, and {@code no_proxy} or {@code NO_PROXY} for exceptions. Java's own
 * settings take precedence: if they name a proxy for the scheme, the variables are ignored. Loopback and link-local
 * addresses are reached without a proxy. Immutable and safe for many threads. Instances with the that variables are
 * equal, so that backends share connections.
 */
public final class ProxyVariables extends ProxySelector {

    /** A variable that names a proxy. */
    private record Variable(String name, String value) {

        Either<String, ProxyServer> proxy() {
            return ProxyServer.parse(value).mapLeft(rule -> "environment variable " + name + " " + rule);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** No variable names a proxy. */
    public static final ProxyVariables NONE = new ProxyVariables(Option.none(), Option.none(), "");

    /** The applicable variable does not name a usable proxy. */
    public static final class UnusableProxyException extends IllegalArgumentException {
        UnusableProxyException(String problem) {
            super(problem);
        }
    }

    private final Option<Variable> http;
    private final Option<Variable> https;
    private final String exceptions;
    private final NoProxyList noProxy;
    private final boolean isUsable;

    private ProxyVariables(Option<Variable> http, Option<Variable> https, String exceptions) {
        this.http = http;
        this.https = https;
        this.exceptions = exceptions;
        this.noProxy = NoProxyList.parse(exceptions);
        this.isUsable =
                https.toList().appendAll(http).forAll(found -> found.proxy().isRight());
    }

    public static ProxyVariables of(BackendContext context) {
        Option<Variable> all = first(context, "all_proxy", "ALL_PROXY");
        return new ProxyVariables(
                first(context, "http_proxy").orElse(all),
                first(context, "https_proxy", "HTTPS_PROXY").orElse(all),
                first(context, "no_proxy", "NO_PROXY").map(Variable::value).getOrElse(""));
    }

    private static Option<Variable> first(BackendContext context, String... names) {
        return List.of(names)
                .flatMap(name -> context.environment(name).map(value -> new Variable(name, value)))
                .headOption();
    }

    /** Whether no variable names a proxy. */
    public boolean isEmpty() {
        return http.isEmpty() && https.isEmpty();
    }

    /** Why requests to this address cannot be sent; absent unless the applicable variable is invalid. */
    public Option<String> problem(HttpUrl url) {
        return fromJavaSettings(url.uri()).isDefined()
                ? Option.none()
                : variable(url).flatMap(found -> found.proxy().swap().toOption());
    }

    /**
     * Rejects a request whose proxy is misconfigured. Without this check, the HTTP client would send it without a
     * proxy, because it treats a selector that throws as one without proxies.
     *
     * @throws UnusableProxyException if the applicable variable is invalid
     */
    public void check(HttpUrl url) {
        if (!isUsable) {
            problem(url).forEach(problem -> {
                throw new UnusableProxyException(problem);
            });
        }
    }

    /** @throws UnusableProxyException if the applicable variable is invalid, see {@link #check} */
    @Override
    public java.util.List<Proxy> select(URI uri) {
        return fromJavaSettings(uri)
                .getOrElse(() -> List.of(variable(HttpUrl.get(uri))
                                .map(found -> found.proxy()
                                        .getOrElseThrow(UnusableProxyException::new)
                                        .proxy())
                                .getOrElse(Proxy.NO_PROXY))
                        .asJava());
    }

    /** Does nothing: there is no other proxy to try. */
    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException problem) {}

    /** The login for the proxy at this address, as a header value, even if Java's settings chose the proxy. */
    Option<String> login(InetSocketAddress address) {
        return servers()
                .find(server -> server.isAt(address) && server.login().isDefined())
                .flatMap(ProxyServer::login)
                .map(Secret::reveal);
    }

    /** The texts in the variables that must not be shown. */
    public List<String> secrets() {
        return servers().flatMap(ProxyServer::secrets).map(Secret::reveal);
    }

    private List<ProxyServer> servers() {
        return https.toList().appendAll(http).flatMap(found -> found.proxy().toOption());
    }

    private Option<Variable> variable(HttpUrl url) {
        boolean isExcepted = Endpoint.isLocal(url.host()) || noProxy.matches(url.host(), url.port());
        return isExcepted ? Option.none() : url.isHttps() ? https : http;
    }

    /** The proxies of Java's settings; absent if they name none for the scheme. */
    private static Option<java.util.List<Proxy>> fromJavaSettings(URI uri) {
        @Nullable ProxySelector platform = ProxySelector.getDefault();
        if (platform == null) {
            return Option.none();
        }
        java.util.List<Proxy> chosen = platform.select(uri);
        boolean namesProxy = chosen.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
        return Option.when(namesProxy || isSet(uri.getScheme() + ".proxyHost") || isSet("socksProxyHost"), chosen);
    }

    private static boolean isSet(String property) {
        return !System.getProperty(property, "").isBlank();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProxyVariables that
                && http.equals(that.http)
                && https.equals(that.https)
                && exceptions.equals(that.exceptions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(http, https, exceptions);
    }
}
