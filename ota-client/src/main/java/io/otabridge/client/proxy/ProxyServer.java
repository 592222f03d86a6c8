package io.otabridge.client.proxy;

import io.otabridge.domain.backend.Secret;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A proxy named by an environment variable.
 *
 * @param login the value of the header {@code Proxy-Authorization}; absent if the variable has no user
 * @param secrets the texts that must not be shown: the password and the encoded login
 */
record ProxyServer(
        Proxy.Type type, String host, int port, Option<Secret> login, io.vavr.collection.List<Secret> secrets) {

    /** The required form of a variable. It completes a sentence that begins with the name of the variable. */
    static final String RULE = "must be the address of a proxy such as http://proxy:3128 or"
            + " http://user:password@proxy:3128, with special characters of user and password percent-encoded, or"
            + " socks5h://proxy:1080 without a login; its value is not shown";

    /** The default port of curl. */
    private static final int DEFAULT_PORT = 1080;

    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://(.*)", Pattern.DOTALL);

    /**
     * The proxy, or {@link #RULE} if the text is invalid. The text itself, which may hold a password, is never quoted.
     */
    static Either<String, ProxyServer> parse(String text) {
        Matcher address = SCHEME.matcher(text.strip());
        boolean hasScheme = address.matches();
        String rest = hasScheme ? address.group(2) : text.strip();
        return switch (hasScheme ? address.group(1).toLowerCase(Locale.ROOT) : "http") {
            case "http" -> parse(Proxy.Type.HTTP, rest);
            case "socks5", "socks5h" ->
                parse(Proxy.Type.SOCKS, rest)
                        .filterOrElse(proxy -> proxy.login().isEmpty(), unsupported -> RULE);
            default -> Either.left(RULE);
        };
    }

    private static Either<String, ProxyServer> parse(Proxy.Type type, String rest) {
        // Two schemes with different default ports show whether the text has a port.
        @Nullable HttpUrl url = HttpUrl.parse("http://" + rest);
        @Nullable HttpUrl other = HttpUrl.parse("https://" + rest);
        // A path, query or fragment may be part of a password with an unencoded character.
        if (url == null
                || other == null
                || !url.encodedPath().equals("/")
                || url.encodedQuery() != null
                || url.encodedFragment() != null) {
            return Either.left(RULE);
        }
        int port = url.port() == other.port() ? url.port() : DEFAULT_PORT;
        if (url.username().isEmpty() && url.password().isEmpty()) {
            return Either.right(
                    new ProxyServer(type, url.host(), port, Option.none(), io.vavr.collection.List.empty()));
        }
        String login = Credentials.basic(url.username(), url.password(), StandardCharsets.UTF_8);
        String encoded = login.substring(login.indexOf(' ') + 1);
        return Either.right(new ProxyServer(
                type,
                url.host(),
                port,
                Option.some(Secret.of(login)),
                io.vavr.collection.List.of(url.password(), url.encodedPassword(), encoded)
                        .filter(secret -> !secret.isEmpty())
                        .map(Secret::of)));
    }

    Proxy proxy() {
        return new Proxy(type, InetSocketAddress.createUnresolved(host, port));
    }

    /** Whether this is the proxy at this address. */
    boolean isAt(InetSocketAddress address) {
        return address.getHostString().equalsIgnoreCase(host) && address.getPort() == port;
    }
}
