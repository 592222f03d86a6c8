package io.otabridge.client.proxy;

import io.otabridge.client.config.HostPortFormatter;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that a client uses for an address.
 *
 * @param address the host and port of the proxy
 * @param isSocks whether it is a SOCKS proxy; otherwise it is an HTTP proxy
 * @param hasLogin whether the client has a login for it
 */
public record UsedProxy(String address, boolean isSocks, boolean hasLogin) {

    /** The proxy for this address; absent if there is none. */
    public static Option<UsedProxy> of(OkHttpClient client, HttpUrl url) {
        return chosen(client, url)
                .filter(proxy -> proxy.address() instanceof InetSocketAddress)
                .map(proxy -> new UsedProxy(
                        HostPortFormatter.of((InetSocketAddress) proxy.address()),
                        proxy.type() == Proxy.Type.SOCKS,
                        hasLogin(client.proxyAuthenticator(), proxy)));
    }

    private static Option<Proxy> chosen(OkHttpClient client, HttpUrl url) {
        @Nullable Proxy fixed = client.proxy();
        if (fixed != null) {
            return Option.some(fixed).filter(proxy -> proxy.type() != Proxy.Type.DIRECT);
        }
        try {
            return Option.of(client.proxySelector().select(url.uri()))
                    .flatMap(proxies -> List.ofAll(proxies).headOption())
                    .filter(proxy -> proxy.type() != Proxy.Type.DIRECT);
        } catch (RuntimeException selectorError) {
            // Thrown by an application's selector; the HTTP client then connects without a proxy.
            return Option.none();
        }
    }

    private static boolean hasLogin(Authenticator authenticator, Proxy proxy) {
        return authenticator instanceof ProxyAuthorization login && login.hasLoginFor(proxy);
    }
}
