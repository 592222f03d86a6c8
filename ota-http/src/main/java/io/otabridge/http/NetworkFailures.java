package io.otabridge.http;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** What it means for a caller that no answer came, or not all of it. */
final class NetworkFailures {

    private static final Pattern BADLY_COMPRESSED =
            Pattern.compile("(ID1ID2|FHCRC|CRC|ISIZE): actual|gzip finished|source exhausted prematurely");

    private NetworkFailures() {}

    /** What it means that this request ended in this way. */
    static OtaFailure of(
            Origin origin, VendorRequest request, IOException problem, Redactor redactor, Duration deadline) {
        HttpUrl url = request.url();
        Option<UsedProxy> proxy = request.proxy();
        String host = Intermediaries.where(url, proxy);
        String who = "Backend " + origin.backend();
        // TLS wraps what its socket throws.
        Throwable limit = problem.getCause() instanceof VendorRequest.TooLarge ? problem.getCause() : problem;
        if (limit instanceof VendorRequest.TooLarge) {
            return new OtaFailure.UnreadableResponse(
                    FailureDetails.of(
                            origin,
                            who + " got an answer from " + host + " that is too large: " + limit.getMessage(),
                            "Check that the endpoint is the vendor's API and not another service, or raise max-response-bytes"));
        }
        if (problem instanceof StreamedBody.SourceFailed) {
            return new OtaFailure.Rejected(FailureDetails.of(
                    origin,
                    who + " uploaded nothing complete to " + host + ": " + problem.getMessage(),
                    "Make sure that the source can be read and does not change, and upload again"));
        }
        if (Thread.currentThread().isInterrupted()) {
            return CallFailures.cancelled(origin, "waited for " + host);
        }
        Option<Integer> refused = Intermediaries.refusedTunnel(problem);
        if (refused.isDefined()) {
            return refusedTunnel(origin, url, proxy, refused.get());
        }
        if (problem instanceof TimelyDns.NoAddress || problem.getCause() instanceof TimelyDns.NoAddress) {
            return CallFailures.deadlineExceeded(
                    origin, deadline, "address of " + nameOf(url, proxy) + " from the name servers");
        }
        if (problem instanceof InterruptedIOException) {
            return CallFailures.deadlineExceeded(origin, deadline, "complete response of " + host);
        }
        if (problem instanceof ProtocolException && !isCutShort(problem)) {
            return new OtaFailure.UnreadableResponse(FailureDetails.of(
                    origin,
                    who + " got an answer from " + host + " that is no proper HTTP: " + words(problem, redactor),
                    "Check that the endpoint is the vendor's API, and any proxy between"));
        }
        if (isBadlyCompressed(problem)) {
            return new OtaFailure.UnreadableResponse(FailureDetails.of(
                    origin,
                    who + " got an answer from " + host + " that is not compressed as it says",
                    "Check that the endpoint is the vendor's API, and any proxy between"));
        }
        if (problem instanceof UnknownHostException) {
            return retryable(
                    origin,
                    who + " cannot be reached: the host name " + (proxy.isDefined() ? "of " : "") + nameOf(url, proxy)
                            + " is not known",
                    (proxy.isDefined()
                                    ? "Check the proxy's address in " + Intermediaries.settings(url)
                                    : "Check region or endpoint")
                            + ", and this machine's name resolution");
        }
        if (isUnsafe(problem)) {
            return new OtaFailure.Unavailable(FailureDetails.of(
                    origin,
                    who + " got no safe connection to " + host + ": " + words(problem, redactor),
                    "Check the endpoint's host name, its certificate and this machine's clock; a proxy that opens TLS"
                            + " needs its certificate in the trust store"));
        }
        if (problem instanceof ConnectException || problem instanceof NoRouteToHostException) {
            return retryable(
                    origin,
                    who + " got no connection to "
                            + proxy.map(known -> "the proxy " + known.place() + " before ")
                                    .getOrElse("")
                            + HostText.of(url) + ": " + words(problem, redactor),
                    proxy.isDefined()
                            ? "Check the proxy's address in " + Intermediaries.settings(url)
                                    + ", and the network, or try again later"
                            : "Check the endpoint and the network between, or try again later");
        }
        return retryable(
                origin, who + " lost its connection to " + host + ": " + words(problem, redactor), "Try again later");
    }

    /** What a proxy means that does not connect to the endpoint. */
    private static OtaFailure refusedTunnel(Origin origin, HttpUrl url, Option<UsedProxy> proxy, int status) {
        if (status == Intermediaries.PROXY_LOGIN) {
            return Intermediaries.wantsLogin(origin, url, proxy);
        }
        FailureDetails details = FailureDetails.of(
                origin,
                "Backend " + origin.backend() + " was not reached: " + Intermediaries.tunnelWords(url, proxy, status),
                Intermediaries.tunnelAdvice(url));
        return status >= 500
                ? new OtaFailure.Unavailable(details.withRetry(Option.none()))
                : new OtaFailure.Rejected(details);
    }

    /** Whose address is looked up. */
    private static String nameOf(HttpUrl url, Option<UsedProxy> proxy) {
        return proxy.map(known -> "the proxy " + known.place()).getOrElse(HostText.host(url.host()));
    }

    private static boolean isCutShort(IOException problem) {
        return Option.of(problem.getMessage()).exists(message -> message.contains("unexpected end of stream"));
    }

    /** Another matter is that the other side goes away while TLS is agreed upon: that may be better the next time. */
    private static boolean isUnsafe(IOException problem) {
        boolean isGone = problem.getCause() instanceof EOFException;
        return isCertificateProblem(problem) || (problem instanceof SSLException && !isGone);
    }

    /** The HTTP client has no type of its own for this; these are the beginnings of its words. */
    private static boolean isBadlyCompressed(IOException problem) {
        return problem.getCause() instanceof DataFormatException
                || Option.of(problem.getMessage())
                        .exists(message -> BADLY_COMPRESSED.matcher(message).lookingAt());
    }

    private static boolean isCertificateProblem(Throwable problem) {
        for (@Nullable Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static OtaFailure retryable(Origin origin, String summary, String advice) {
        return new OtaFailure.Unavailable(
                FailureDetails.of(origin, summary, advice).withRetry(Option.none()));
    }

    private static String words(IOException problem, Redactor redactor) {
        if (isCutShort(problem)) {
            return "it ended before the answer did";
        }
        // The client's own words name the address again; those of the platform below it say what went wrong.
        Throwable telling = problem instanceof ConnectException && problem.getCause() instanceof IOException
                ? problem.getCause()
                : problem;
        return Option.of(telling.getMessage())
                .flatMap(redactor::shown)
                .getOrElse(problem.getClass().getSimpleName());
    }
}
