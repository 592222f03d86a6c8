package io.otabridge.client.config;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.control.Either;
import io.vavr.control.Option;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The address of a vendor's API: scheme, host and port, nothing else. */
public final class Endpoint {

    private static final StringConstraint ADDRESS = StringConstraint.opaque("address", 512);

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

    /** Scheme, host and port of an address. */
    public static Endpoint of(HttpUrl address) {
        return new Endpoint(new HttpUrl.Builder()
                .scheme(address.scheme())
                .host(address.host())
                .port(address.port())
                .build());
    }

    /**
     * Reads {@code metadata-endpoint}: where the metadata service of the machine is, which hands out credentials to whoever
     * asks from here. It must be a loopback or link-local address, so that no other host is asked in its place.
     *
     * @param usual the address that the vendor documents, which is the default
     * @return absent if a fault was noted
     */
    public static Option<Endpoint> ofMetadata(SettingsReader credentials, String usual) {
        String text = credentials.text("metadata-endpoint", ADDRESS).getOrElse(usual);
        return parse(text, true)
                .filterOrElse(
                        endpoint -> text.equals(usual) || isLocal(endpoint.host()),
                        endpoint -> "must be a loopback or link-local address such as " + usual)
                .peekLeft(problem -> credentials.error("metadata-endpoint", problem))
                .toOption();
    }

    /** Whether this address is on this machine, or beside it on the link. */
    public static boolean isLocal(String host) {
        return isLoopback(host)
                || host.matches("169\\.254(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){2}")
                || host.matches("fe[89ab][0-9a-f]:.*");
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
