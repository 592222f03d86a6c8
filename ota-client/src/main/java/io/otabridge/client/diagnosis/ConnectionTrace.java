package io.otabridge.client.diagnosis;

import io.otabridge.client.config.HostAndPort;
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

/** How far a request came. Written by the thread that sends it, read by the one that waits for it. */
final class ConnectionTrace extends EventListener {

    private final DeadlineDns dns;

    private Option<String> asked = Option.none();
    private List<InetAddress> addresses = List.empty();
    private Option<Proxy> proxy = Option.none();
    private Option<String> reached = Option.none();
    private List<Tuple2<String, IOException>> refused = List.empty();
    private Option<String> tried = Option.none();
    private Option<Handshake> handshake = Option.none();
    private Option<X509Certificate> certificate = Option.none();
    private boolean isOfAnother;

    /** @param dns is told too that a host is looked up */
    ConnectionTrace(DeadlineDns dns) {
        this.dns = dns;
    }

    @Override
    public synchronized void dnsStart(Call call, String domainName) {
        asked = Option.some(domainName);
        dns.dnsStart(call, domainName);
    }

    @Override
    public synchronized void dnsEnd(Call call, String domainName, java.util.List<InetAddress> found) {
        addresses = List.ofAll(found);
    }

    @Override
    public synchronized void connectStart(Call call, InetSocketAddress address, Proxy by) {
        tried = Option.some(HostAndPort.of(address));
        proxy = Option.of(by).filter(any -> any.type() != Proxy.Type.DIRECT);
    }

    /** The connection is there, and TLS begins. */
    @Override
    public synchronized void secureConnectStart(Call call) {
        reached = tried;
    }

    @Override
    public synchronized void secureConnectEnd(Call call, @Nullable Handshake made) {
        handshake = Option.of(made);
    }

    @Override
    public synchronized void connectEnd(Call call, InetSocketAddress address, Proxy by, @Nullable Protocol protocol) {
        reached = Option.some(HostAndPort.of(address));
    }

    @Override
    public synchronized void connectFailed(
            Call call, InetSocketAddress address, Proxy by, @Nullable Protocol protocol, IOException problem) {
        if (reached.isEmpty()) {
            refused = refused.append(Tuple.of(HostAndPort.of(address), problem));
        }
    }

    /** Passes on whether a certificate is for the host, and keeps it. */
    synchronized boolean verified(boolean isForHost, SSLSession session) {
        isOfAnother = !isForHost;
        try {
            Certificate first = session.getPeerCertificates()[0];
            certificate = Option.of(first instanceof X509Certificate known ? known : null);
        } catch (SSLPeerUnverifiedException anonymous) {
            certificate = Option.none();
        }
        return isForHost;
    }

    /** Whose address was asked for; absent if none had to be. */
    synchronized Option<String> asked() {
        return asked;
    }

    synchronized List<InetAddress> addresses() {
        return addresses;
    }

    /** Whether a connection was tried. */
    synchronized boolean isTried() {
        return tried.isDefined();
    }

    /** The proxy that is connected to in place of the endpoint. */
    synchronized Option<Proxy> proxy() {
        return proxy;
    }

    /** The address that took the connection. */
    synchronized Option<String> reached() {
        return reached;
    }

    /** The addresses that did not, and why. */
    synchronized List<Tuple2<String, IOException>> refused() {
        return refused;
    }

    synchronized Option<Handshake> handshake() {
        return handshake;
    }

    /** The certificate that was shown, if somebody whom this machine trusts has signed it, and it was for another host. */
    synchronized Option<X509Certificate> foreignCertificate() {
        return isOfAnother ? certificate : Option.none();
    }
}
