package io.otabridge.client.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import okhttp3.HttpUrl;

/**
 * Formats host and port as in an address, such as {@code iot.example:443} or {@code [::1]:443}: an IPv6 address is in
 * brackets (RFC 3986, section 3.2.2) and in its short form (RFC 5952).
 */
public final class HostPortFormatter {

    private HostPortFormatter() {}

    /**
     * Host and port.
     *
     * @param host a name or an address, with or without brackets
     */
    public static String of(String host, int port) {
        return host(host) + ":" + port;
    }

    public static String of(HttpUrl url) {
        return of(url.host(), url.port());
    }

    public static String of(InetSocketAddress address) {
        String host = address.getAddress() == null ? address.getHostString() : host(address.getAddress());
        return of(host, address.getPort());
    }

    /** The host without a port. */
    public static String host(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    public static String host(InetAddress address) {
        String text = address.getHostAddress();
        if (!(address instanceof Inet6Address)) {
            return text;
        }
        int zone = text.indexOf('%');
        String number = zone < 0 ? text : text.substring(0, zone);
        String shortest =
                new HttpUrl.Builder().scheme("http").host(number).build().host();
        return host(shortest + (zone < 0 ? "" : text.substring(zone)));
    }
}
