package io.otabridge.client.proxy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Authenticator;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Sends the login of a proxy only to that proxy: with {@code CONNECT}, or with a request in clear text. Requests inside
 * a tunnel never carry it, whatever the host at its end responds.
 *
 * @param variables the logins of environment variables
 * @param own the authenticator of the application, called if the variables have no login
 */
public record ProxyAuthorization(ProxyVariables variables, Authenticator own) implements Authenticator {

    private static final String HEADER = "Proxy-Authorization";

    /** Whether there may be a login for this proxy. */
    public boolean hasLoginFor(Proxy proxy) {
        return !own.equals(NONE) || isInVariables(proxy);
    }

    private boolean isInVariables(Proxy proxy) {
        return proxy.address() instanceof InetSocketAddress address
                && variables.login(address).isDefined();
    }

    @Override
    public @Nullable Request authenticate(@Nullable Route route, Response response) throws java.io.IOException {
        Request request = response.request();
        boolean isConnect = request.method().equals("CONNECT");
        if (request.isHttps() && !isConnect) {
            return null;
        }
        if (isConnect && route != null && isInVariables(route.proxy())) {
            return request.header(HEADER) == null ? withLogin(request, route.proxy()) : null;
        }
        return own.authenticate(route, response);
    }

    /** The request with the login, if it is sent to a proxy in clear text. Signatures do not cover the header. */
    public Request addTo(Interceptor.Chain chain, Request request) {
        okhttp3.@Nullable Connection connection = chain.connection();
        if (variables.isEmpty() || request.isHttps() || connection == null) {
            return request;
        }
        Proxy proxy = connection.route().proxy();
        return proxy.type() == Proxy.Type.HTTP ? withLogin(request, proxy) : request;
    }

    private Request withLogin(Request request, Proxy proxy) {
        return proxy.address() instanceof InetSocketAddress address
                ? variables
                        .login(address)
                        .map(login -> request.newBuilder().header(HEADER, login).build())
                        .getOrElse(request)
                : request;
    }
}
