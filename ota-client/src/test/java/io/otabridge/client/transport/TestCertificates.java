package io.otabridge.client.transport;

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
public final class TestCertificates {

    private final HeldCertificate authority = new HeldCertificate.Builder()
            .commonName("Authority")
            .certificateAuthority(0)
            .build();

    private TestCertificates() {}

    /** A new authority. */
    public static TestCertificates in(Path unused) {
        return new TestCertificates();
    }

    /**
     * A server socket factory with the certificate of a host.
     *
     * @param from the start of the validity, such as {@code -5d}
     * @param days the days of validity
     */
    public SSLServerSocketFactory of(String alias, String from, int days, String... hosts) {
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
    public OkHttpClient.Builder client() {
        HandshakeCertificates trusted = new HandshakeCertificates.Builder()
                .addTrustedCertificate(authority.certificate())
                .build();
        return new OkHttpClient.Builder().sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager());
    }
}
