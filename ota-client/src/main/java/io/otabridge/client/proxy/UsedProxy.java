package io.otabridge.client.proxy;

import io.otabridge.client.config.HostAndPort;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The proxy through which a client reaches an address.
 *
 * @param place its host and port
 * @param isSocks whether it speaks SOCKS, and not HTTP
 * @param hasLogin whether the client has a login for it
 */
public record UsedProxy(String place, boolean isSocks, boolean hasLogin) {

    /** Absent if requests pass no proxy. */
    public static Option<UsedProxy> of(OkHttpClient client, HttpUrl url) {
        return chosen(client, url)
                .filter(proxy -> proxy.address() instanceof InetSocketAddress)
                .map(proxy -> new UsedProxy(
                        HostAndPort.of((InetSocketAddress) proxy.address()),
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
        } catch (RuntimeException fault) {
            // Of an application's selector; the HTTP client goes on without a proxy then.
            return Option.none();
        }
    }

    private static boolean hasLogin(Authenticator authenticator, Proxy proxy) {
        return authenticator instanceof ProxyAuthorization login && login.knows(proxy);
    }
}
