package io.otabridge.contracts.fault;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * Valid and invalid certificates for 127.0.0.1, signed by a certificate authority that exists only in this process.
 */
public final class LoopbackCertificates {

    private static final HeldCertificate AUTHORITY = new HeldCertificate.Builder()
            .commonName("Test certificate authority")
            .certificateAuthority(0)
            .build();

    private static final Map<Kind, SSLContext> CONTEXTS = new ConcurrentHashMap<>();

    private LoopbackCertificates() {}

    /** The certificate that a server presents. */
    public enum Kind {
        /** Valid for 127.0.0.1 and signed by the certificate authority. */
        VALID,
        /** Issued for another host. */
        WRONG_HOST,
        /** Expired yesterday. */
        EXPIRED,
        /** Not signed by the certificate authority. */
        SELF_SIGNED
    }

    /** Returns a trust manager that trusts only the certificate authority. */
    public static X509TrustManager trust() {
        return new HandshakeCertificates.Builder()
                .addTrustedCertificate(AUTHORITY.certificate())
                .build()
                .trustManager();
    }

    /** Returns the server side of TLS over an accepted connection. Closing it does not close the connection. */
    public static SSLSocket serverSide(Kind kind, Socket accepted) throws IOException {
        SSLSocket socket = (SSLSocket) CONTEXTS.computeIfAbsent(kind, LoopbackCertificates::context)
                .getSocketFactory()
                .createSocket(accepted, accepted.getInetAddress().getHostAddress(), accepted.getPort(), false);
        socket.setUseClientMode(false);
        return socket;
    }

    private static SSLContext context(Kind kind) {
        Instant end = Instant.now().plus(Duration.ofDays(kind == Kind.EXPIRED ? -1 : 1));
        HeldCertificate.Builder server = new HeldCertificate.Builder()
                .commonName("server")
                .addSubjectAlternativeName(kind == Kind.WRONG_HOST ? "elsewhere.example" : "127.0.0.1")
                .validityInterval(end.minus(Duration.ofDays(7)).toEpochMilli(), end.toEpochMilli());
        if (kind != Kind.SELF_SIGNED) {
            server.signedBy(AUTHORITY);
        }
        return new HandshakeCertificates.Builder()
                .heldCertificate(server.build())
                .build()
                .sslContext();
    }
}
