package io.otabridge.client.diagnosis;

import static io.otabridge.domain.backend.Check.TLS;

import io.otabridge.client.config.Endpoint;
import io.otabridge.client.config.HostPortFormatter;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.backend.Finding;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Diagnoses the TLS handshake and the server's certificate. */
final class TlsDiagnostics {

    private static final Duration EXPIRY_WARNING = Duration.ofDays(14);
    private static final int MAX_NAMES = 3;

    private TlsDiagnostics() {}

    /** The finding for an endpoint that starts with {@code http://}. */
    static Finding ofCleartext(HttpUrl url) {
        return Endpoint.parse(url.toString(), false)
                .fold(
                        foreign -> Finding.warning(
                                TLS,
                                "not used: the endpoint starts with http://, so others on the network can read all traffic",
                                "Use https://, or make sure that the network is protected otherwise"),
                        local -> Finding.skipped(TLS, "not used: the endpoint is http:// on this machine"));
    }

    static Finding ofSuccess(HttpUrl url, Handshake handshake, Clock clock) {
        String version = handshake.tlsVersion().javaName();
        Option<X509Certificate> first = List.ofAll(handshake.peerCertificates())
                .headOption()
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast);
        if (first.isEmpty()) {
            return Finding.skipped(TLS, version + ", with a certificate that is not X.509");
        }
        Instant end = first.get().getNotAfter().toInstant();
        String what = version + ", with a certificate for " + HostPortFormatter.host(url.host()) + " until "
                + end.atZone(ZoneOffset.UTC).toLocalDate();
        return Duration.between(clock.instant(), end).compareTo(EXPIRY_WARNING) < 0
                ? Finding.warning(
                        TLS,
                        what,
                        "Ask the operator of the endpoint, or of the proxy in front of it, to renew the certificate in time")
                : Finding.ok(TLS, what);
    }

    /**
     * The finding for a failed handshake.
     *
     * @param foreign the certificate if it is for another host
     * @param description the redacted description of the problem
     * @param redactor sanitizes the names in the certificate
     */
    static Finding ofFailure(
            HttpUrl url, IOException problem, Option<X509Certificate> foreign, String description, Redactor redactor) {
        String whose = "the certificate of " + HostPortFormatter.host(url.host());
        if (foreign.isDefined()) {
            return Finding.failed(
                    TLS,
                    "the certificate is for "
                            + redactor.sanitize(names(foreign.get())).getOrElse("no name") + " and not for "
                            + HostPortFormatter.host(url.host()),
                    "Give an endpoint whose host is a name in the certificate");
        }
        Option<String> expired = message(problem, CertificateExpiredException.class);
        if (expired.isDefined()) {
            return Finding.failed(
                    TLS,
                    whose + " has expired" + expired.get(),
                    "Check this machine's clock; if it is correct, the operator of the endpoint must renew the certificate");
        }
        Option<String> early = message(problem, CertificateNotYetValidException.class);
        if (early.isDefined()) {
            return Finding.failed(TLS, whose + " is not valid yet" + early.get(), "Check this machine's clock");
        }
        return message(problem, CertPathBuilderException.class).isDefined()
                ? Finding.failed(
                        TLS,
                        whose + " is not signed by a trusted CA",
                        "Check the endpoint; if a proxy intercepts TLS, add its CA certificate to the trust store")
                : Finding.failed(
                        TLS,
                        "the TLS handshake failed: " + description,
                        "Check that the endpoint supports TLS, and check the proxy, if any");
    }

    /** The message of the first cause of this type, in parentheses; absent if there is no such cause. */
    private static Option<String> message(Throwable problem, Class<? extends Throwable> type) {
        for (@Nullable Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Option.some(Option.of(cause.getMessage())
                        .map(text -> " (" + text + ")")
                        .getOrElse(""));
            }
        }
        return Option.none();
    }

    /** The subject alternative names of a certificate, or its subject if it has none. */
    private static String names(X509Certificate certificate) {
        String subject = String.valueOf(certificate.getSubjectX500Principal());
        try {
            @Nullable Collection<java.util.List<?>> alternatives = certificate.getSubjectAlternativeNames();
            List<String> names = List.ofAll(alternatives == null ? java.util.List.of() : alternatives)
                    .map(name -> String.valueOf(name.get(1)));
            return names.isEmpty()
                    ? subject
                    : names.take(MAX_NAMES).mkString(", ")
                            + (names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "");
        } catch (CertificateParsingException unreadable) {
            return subject;
        }
    }
}
