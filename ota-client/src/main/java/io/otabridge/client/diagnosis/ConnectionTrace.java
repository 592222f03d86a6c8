package io.otabridge.client.diagnosis;

import io.otabridge.client.config.HostPortFormatter;
import io.otabridge.client.transport.DeadlineDns;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Records the progress of one request: name resolution, connection, TLS handshake. Written by the thread that sends the request,
 * read by the thread that waits for it. Thread-safe.
 */
final class ConnectionTrace extends EventListener {

    private final DeadlineDns dns;

    private Option<String> lookedUp = Option.none();
    private List<InetAddress> addresses = List.empty();
    private Option<Proxy> proxy = Option.none();
    private Option<String> connected = Option.none();
    private List<Tuple2<String, IOException>> failedAttempts = List.empty();
    private Option<String> attempted = Option.none();
    private Option<Handshake> handshake = Option.none();
    private Option<X509Certificate> certificate = Option.none();
    private boolean isForOtherHost;

    /** @param dns also receives the start of name resolution */
    ConnectionTrace(DeadlineDns dns) {
        this.dns = dns;
    }

    @Override
    public synchronized void dnsStart(Call call, String domainName) {
        lookedUp = Option.some(domainName);
        dns.dnsStart(call, domainName);
    }

    @Override
    public synchronized void dnsEnd(Call call, String domainName, java.util.List<InetAddress> found) {
        addresses = List.ofAll(found);
    }

    @Override
    public synchronized void connectStart(Call call, InetSocketAddress address, Proxy used) {
        attempted = Option.some(HostPortFormatter.of(address));
        proxy = Option.of(used).filter(any -> any.type() != Proxy.Type.DIRECT);
    }

    /** TLS starts after the TCP connection is established. */
    @Override
    public synchronized void secureConnectStart(Call call) {
        connected = attempted;
    }

    @Override
    public synchronized void secureConnectEnd(Call call, @Nullable Handshake completed) {
        handshake = Option.of(completed);
    }

    @Override
    public synchronized void connectEnd(Call call, InetSocketAddress address, Proxy used, @Nullable Protocol protocol) {
        connected = Option.some(HostPortFormatter.of(address));
    }

    @Override
    public synchronized void connectFailed(
            Call call, InetSocketAddress address, Proxy used, @Nullable Protocol protocol, IOException problem) {
        if (connected.isEmpty()) {
            failedAttempts = failedAttempts.append(Tuple.of(HostPortFormatter.of(address), problem));
        }
    }

    /** Records the server's certificate and returns whether it is valid for the host. */
    synchronized boolean verified(boolean isForHost, SSLSession session) {
        isForOtherHost = !isForHost;
        try {
            Certificate first = session.getPeerCertificates()[0];
            certificate = Option.of(first instanceof X509Certificate known ? known : null);
        } catch (SSLPeerUnverifiedException anonymous) {
            certificate = Option.none();
        }
        return isForHost;
    }

    /** The host that was looked up; absent if no lookup was necessary. */
    synchronized Option<String> lookedUp() {
        return lookedUp;
    }

    synchronized List<InetAddress> addresses() {
        return addresses;
    }

    /** Whether a connection was attempted. */
    synchronized boolean isAttempted() {
        return attempted.isDefined();
    }

    /** The proxy used instead of a direct connection; absent if there is none. */
    synchronized Option<Proxy> proxy() {
        return proxy;
    }

    /** The address that accepted the connection. */
    synchronized Option<String> connected() {
        return connected;
    }

    /** The addresses to which no connection was established, each with the error. */
    synchronized List<Tuple2<String, IOException>> failedAttempts() {
        return failedAttempts;
    }

    synchronized Option<Handshake> handshake() {
        return handshake;
    }

    /** The server's certificate if it is signed by a trusted CA but issued for another host. */
    synchronized Option<X509Certificate> certificateForOtherHost() {
        return isForOtherHost ? certificate : Option.none();
    }
}
