package io.otabridge.http;

import io.vavr.control.Either;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The address of a vendor's API: scheme, host and port, nothing else. */
public final class Endpoint {

    private final HttpUrl url;

    private Endpoint(HttpUrl url) {
        this.url = url;
    }

    /**
     * An endpoint from its text.
     *
     * @param allowCleartext whether {@code http://} is allowed to a host that is not this machine
     * @return the endpoint, or what is wrong, as the end of a sentence that begins with "endpoint"
     */
    public static Either<String, Endpoint> parse(String text, boolean allowCleartext) {
        @Nullable HttpUrl url = HttpUrl.parse(text);
        // Some texts are read as a host that no address can hold.
        if (url == null || !url.equals(HttpUrl.parse(url.toString()))) {
            return Either.left("must be an address such as https://host or https://host:port");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            return Either.left("must not hold a user or password; credentials have their own settings");
        }
        if (!url.encodedPath().equals("/") || url.query() != null || url.fragment() != null) {
            return Either.left("must be scheme, host and port only, without path or query");
        }
        if (!url.isHttps() && !allowCleartext && !isLoopback(url.host())) {
            return Either.left("must start with https://, because http:// sends signatures and data in clear text;"
                    + " set allow-cleartext: true if the way there is protected otherwise");
        }
        return Either.right(new Endpoint(url));
    }

    /** The address as OkHttp knows it; its path is {@code /}. */
    public HttpUrl url() {
        return url;
    }

    /** The host alone, in lower case. */
    public String host() {
        return url.host();
    }

    /** The address without a final slash. */
    @Override
    public String toString() {
        String text = url.toString();
        return text.substring(0, text.length() - 1);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.matches("127(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){3}");
    }
}
