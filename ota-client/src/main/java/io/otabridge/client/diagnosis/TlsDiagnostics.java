package io.otabridge.client.diagnosis;

import static io.otabridge.domain.backend.Check.TLS;

import io.otabridge.client.config.Endpoint;
import io.otabridge.client.config.HostAndPort;
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

/** What a connection's safety amounts to, in plain words. */
final class TlsDiagnostics {

    private static final Duration SOON = Duration.ofDays(14);
    private static final int TOLD = 3;

    private TlsDiagnostics() {}

    /** The endpoint begins with {@code http://}. */
    static Finding ofCleartext(HttpUrl url) {
        return Endpoint.parse(url.toString(), false)
                .fold(
                        foreign -> Finding.warning(
                                TLS,
                                "there is none: the endpoint begins with http://, so whoever is on the way can read all",
                                "Use https://, or be sure that the way is protected otherwise"),
                        local -> Finding.skipped(TLS, "there is none: the endpoint is http:// on this machine"));
    }

    static Finding ofSuccess(HttpUrl url, Handshake handshake, Clock clock) {
        String version = handshake.tlsVersion().javaName();
        Option<X509Certificate> first = List.ofAll(handshake.peerCertificates())
                .headOption()
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast);
        if (first.isEmpty()) {
            return Finding.skipped(TLS, version + ", with a certificate of a kind that says nothing here");
        }
        Instant end = first.get().getNotAfter().toInstant();
        String what = version + ", with a certificate for " + HostAndPort.host(url.host()) + " until "
                + end.atZone(ZoneOffset.UTC).toLocalDate();
        return Duration.between(clock.instant(), end).compareTo(SOON) < 0
                ? Finding.warning(
                        TLS, what, "See that whoever runs the endpoint, or a proxy before it, renews it in time")
                : Finding.ok(TLS, what);
    }

    /**
     * No safe connection was made.
     *
     * @param foreign the certificate, if it was for another host
     * @param words the problem, fit to be shown
     * @param redactor makes the certificate's names fit to be shown
     */
    static Finding ofFailure(
            HttpUrl url, IOException problem, Option<X509Certificate> foreign, String words, Redactor redactor) {
        String whose = "the certificate of " + HostAndPort.host(url.host());
        if (foreign.isDefined()) {
            return Finding.failed(
                    TLS,
                    "the certificate is for "
                            + redactor.shown(names(foreign.get())).getOrElse("no name") + " and not for "
                            + HostAndPort.host(url.host()),
                    "Give an endpoint whose host is a name in the certificate");
        }
        Option<String> expired = message(problem, CertificateExpiredException.class);
        if (expired.isDefined()) {
            return Finding.failed(
                    TLS,
                    whose + " has expired" + expired.get(),
                    "Check this machine's clock; if that is right, whoever runs the endpoint must renew it");
        }
        Option<String> early = message(problem, CertificateNotYetValidException.class);
        if (early.isDefined()) {
            return Finding.failed(TLS, whose + " is not valid yet" + early.get(), "Check this machine's clock");
        }
        return message(problem, CertPathBuilderException.class).isDefined()
                ? Finding.failed(
                        TLS,
                        whose + " is signed by nobody whom this machine trusts",
                        "Check the endpoint; if a proxy opens TLS on the way, put its certificate into the trust store")
                : Finding.failed(
                        TLS,
                        "no safe connection is made: " + words,
                        "Check that the endpoint speaks TLS, and any proxy between");
    }

    /** What an exception of this kind says, in brackets; absent if none is the cause. */
    private static Option<String> message(Throwable problem, Class<? extends Throwable> kind) {
        for (@Nullable Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Option.some(Option.of(cause.getMessage())
                        .map(text -> " (" + text + ")")
                        .getOrElse(""));
            }
        }
        return Option.none();
    }

    /** The names for which a certificate stands, or its subject if it has no others. */
    private static String names(X509Certificate certificate) {
        String subject = String.valueOf(certificate.getSubjectX500Principal());
        try {
            @Nullable Collection<java.util.List<?>> alternatives = certificate.getSubjectAlternativeNames();
            List<String> names = List.ofAll(alternatives == null ? java.util.List.of() : alternatives)
                    .map(name -> String.valueOf(name.get(1)));
            return names.isEmpty()
                    ? subject
                    : names.take(TOLD).mkString(", ")
                            + (names.size() > TOLD ? " and " + (names.size() - TOLD) + " more" : "");
        } catch (CertificateParsingException unreadable) {
            return subject;
        }
    }
}
