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
 * Sends the login of a proxy to that proxy, and to no other host: with {@code CONNECT}, or with a request in clear text, which the
 * proxy reads. What travels inside a tunnel never carries it, whatever the host at its end answers.
 *
 * @param variables know the logins; where they know none, the application's authenticator is asked
 * @param own the application's
 */
public record ProxyAuthorization(ProxyVariables variables, Authenticator own) implements Authenticator {

    private static final String HEADER = "Proxy-Authorization";

    /** Whether there is any login to send to this proxy. */
    public boolean knows(Proxy proxy) {
        return !own.equals(NONE) || isKnown(proxy);
    }

    private boolean isKnown(Proxy proxy) {
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
        if (isConnect && route != null && isKnown(route.proxy())) {
            return request.header(HEADER) == null ? withLogin(request, route.proxy()) : null;
        }
        return own.authenticate(route, response);
    }

    /** The request with the login, if it goes to a proxy in clear text. Signatures do not cover the header. */
    public Request onto(Interceptor.Chain chain, Request request) {
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
