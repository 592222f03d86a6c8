package io.otabridge.client.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS over sockets that report to {@link CallTraffic}. The HTTP client creates sockets for SOCKS proxies without the
 * socket factory, so they are wrapped here. Two factories over the same factory are equal, so that their connections
 * are shared.
 */
final class MeteredTls extends SSLSocketFactory {

    private final SSLSocketFactory factory;

    MeteredTls(SSLSocketFactory factory) {
        this.factory = factory;
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return factory.createSocket(MeteredSockets.metered(socket), host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return factory.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return factory.createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return factory.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return factory.createSocket(address, port, localAddress, localPort);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MeteredTls metered && factory.equals(metered.factory);
    }

    @Override
    public int hashCode() {
        return Objects.hash(factory);
    }
}
