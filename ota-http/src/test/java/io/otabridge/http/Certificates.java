package io.otabridge.http;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A test certificate authority and the certificates that it has signed. */
final class Certificates {

    private final HeldCertificate authority = new HeldCertificate.Builder()
            .commonName("Authority")
            .certificateAuthority(0)
            .build();

    private Certificates() {}

    /** A new authority. */
    static Certificates in(Path unused) {
        return new Certificates();
    }

    /**
     * The certificate of a host.
     *
     * @param from such as {@code -5d}
     * @param days how long it lasts
     */
    SSLServerSocketFactory of(String alias, String from, int days, String... hosts) {
        long start = Clock.systemUTC().millis() + TimeUnit.DAYS.toMillis(Long.parseLong(from.replace("d", "")));
        HeldCertificate.Builder certificate = new HeldCertificate.Builder()
                .commonName(alias)
                .signedBy(authority)
                .validityInterval(start, start + Duration.ofDays(days).toMillis());
        List.of(hosts).forEach(certificate::addSubjectAlternativeName);
        return new HandshakeCertificates.Builder()
                .heldCertificate(certificate.build())
                .build()
                .sslContext()
                .getServerSocketFactory();
    }

    /** A client that trusts only the authority. */
    OkHttpClient.Builder client() {
        HandshakeCertificates trusted = new HandshakeCertificates.Builder()
                .addTrustedCertificate(authority.certificate())
                .build();
        return new OkHttpClient.Builder().sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager());
    }
}
