package io.otabridge.client.config;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.control.Either;
import io.vavr.control.Option;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The address of a vendor's API: only scheme, host and port. Immutable. */
public final class Endpoint {

    private static final StringConstraint ADDRESS = StringConstraint.opaque("address", 512);

    private final HttpUrl url;

    private Endpoint(HttpUrl url) {
        this.url = url;
    }

    /**
     * Parses an endpoint.
     *
     * @param allowCleartext whether {@code http://} is allowed for hosts other than this machine
     * @return the endpoint, or the error, which completes a sentence that begins with "endpoint"
     */
    public static Either<String, Endpoint> parse(String text, boolean allowCleartext) {
        @Nullable HttpUrl url = HttpUrl.parse(text);
        // OkHttp accepts some hosts that are invalid in an address.
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
                    + " set allow-cleartext: true if the connection is protected otherwise");
        }
        return Either.right(new Endpoint(url));
    }

    /** The scheme, host and port of an address. */
    public static Endpoint of(HttpUrl address) {
        return new Endpoint(new HttpUrl.Builder()
                .scheme(address.scheme())
                .host(address.host())
                .port(address.port())
                .build());
    }

    /**
     * Reads {@code metadata-endpoint}: the metadata service of the machine, which issues credentials to every local
     * client. It must be a loopback or link-local address, so that no other host is requested instead.
     *
     * @param documented the documented address of the vendor, which is the default
     * @return absent if an error was reported
     */
    public static Option<Endpoint> ofMetadata(SettingsReader credentials, String documented) {
        String text = credentials.text("metadata-endpoint", ADDRESS).getOrElse(documented);
        return parse(text, true)
                .filterOrElse(
                        endpoint -> text.equals(documented) || isLocal(endpoint.host()),
                        endpoint -> "must be a loopback or link-local address such as " + documented)
                .peekLeft(problem -> credentials.error("metadata-endpoint", problem))
                .toOption();
    }

    /** Whether this is a loopback or link-local address. */
    public static boolean isLocal(String host) {
        return isLoopback(host)
                || host.matches("169\\.254(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){2}")
                || host.matches("fe[89ab][0-9a-f]:.*");
    }

    /** The address as a URL with the path {@code /}. */
    public HttpUrl url() {
        return url;
    }

    /** The host in lower case. */
    public String host() {
        return url.host();
    }

    /** The address without a final slash. */
    @Override
    public String toString() {
        String text = url.toString();
        return text.substring(0, text.length() - 1);
    }

    /** Whether this is {@code localhost} or a loopback address. */
    public static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.matches("127(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){3}");
    }
}
