package io.otabridge.client.chain;

import io.otabridge.client.config.HostAndPort;
import io.otabridge.client.error.CallFailures;
import io.otabridge.client.error.IntermediaryResponses;
import io.otabridge.client.proxy.UsedProxy;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.DeadlineDns;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.client.transport.StreamedBody;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** What it means for a caller that no answer came, or not all of it. */
final class NetworkErrorMapper {

    private static final Pattern BADLY_COMPRESSED =
            Pattern.compile("(ID1ID2|FHCRC|CRC|ISIZE): actual|gzip finished|source exhausted prematurely");

    private NetworkErrorMapper() {}

    /** What it means that the last request of this call ended in this way. */
    static OtaFailure of(Call<?> call, IOException problem, Redactor redactor) {
        OperationContext origin = call.origin();
        PreparedRequest request = call.request();
        HttpUrl url = request.url();
        Option<UsedProxy> proxy = request.proxy();
        Message host = IntermediaryResponses.where(url, proxy);
        String backend = origin.backend();
        // TLS wraps what its socket throws.
        Throwable limit = problem.getCause() instanceof PreparedRequest.TooLarge ? problem.getCause() : problem;
        if (limit instanceof PreparedRequest.TooLarge) {
            return new OtaFailure.UnreadableResponse(FailureDetails.of(
                    origin,
                    Message.of(
                            "Backend {0} got an answer from {1} that is too large: {2}",
                            backend, host, String.valueOf(limit.getMessage())),
                    Message.of("Check that the endpoint is the vendor's API and not another service, or raise"
                            + " max-response-bytes")));
        }
        if (problem instanceof StreamedBody.SourceFailed) {
            return new OtaFailure.Rejected(FailureDetails.of(
                    origin,
                    Message.of(
                            "Backend {0} uploaded nothing complete to {1}: {2}",
                            backend, host, String.valueOf(problem.getMessage())),
                    Message.of("Make sure that the source can be read and does not change, and upload again")));
        }
        if (Thread.currentThread().isInterrupted()) {
            return CallFailures.cancelled(origin, Message.of("waited for {0}", host));
        }
        Option<Integer> refused = IntermediaryResponses.refusedTunnel(problem);
        if (refused.isDefined()) {
            return refusedTunnel(origin, url, proxy, refused.get());
        }
        if (problem instanceof DeadlineDns.NoAddress || problem.getCause() instanceof DeadlineDns.NoAddress) {
            return CallFailures.deadlineExceeded(
                    origin, call.timeout(), Message.of("address of {0} from the name servers", nameOf(url, proxy)));
        }
        boolean isEarly = call.remainingNanos() > 0;
        if (problem instanceof InterruptedIOException && isEarly && call.isTransfer() && call.isSent()) {
            return stalled(origin, call.stallTimeout(), host);
        }
        boolean isUnconnected = problem instanceof SocketTimeoutException && isEarly;
        if (problem instanceof InterruptedIOException && !isUnconnected) {
            return CallFailures.deadlineExceeded(
                    origin, call.timeout(), Message.of("complete response from {0}", host));
        }
        if (problem instanceof ProtocolException && !isCutShort(problem)) {
            return new OtaFailure.UnreadableResponse(FailureDetails.of(
                    origin,
                    Message.of(
                            "Backend {0} got an answer from {1} that is no proper HTTP: {2}",
                            backend, host, words(problem, redactor)),
                    Message.of("Check that the endpoint is the vendor's API, and any proxy between")));
        }
        if (isBadlyCompressed(problem)) {
            return new OtaFailure.UnreadableResponse(FailureDetails.of(
                    origin,
                    Message.of("Backend {0} got an answer from {1} that is not compressed as it says", backend, host),
                    Message.of("Check that the endpoint is the vendor's API, and any proxy between")));
        }
        if (problem instanceof UnknownHostException) {
            return retryable(
                    origin,
                    proxy.map(known -> Message.of(
                                    "Backend {0} cannot be reached: the host name of the proxy {1} is not known",
                                    backend, known.place()))
                            .getOrElse(() -> Message.of(
                                    "Backend {0} cannot be reached: the host name {1} is not known",
                                    backend, HostAndPort.host(url.host()))),
                    proxy.isDefined()
                            ? Message.of(
                                    "Check the proxy's address in {0}, and this machine's name resolution",
                                    IntermediaryResponses.settings(url))
                            : Message.of("Check region or endpoint, and this machine's name resolution"));
        }
        if (isUnsafe(problem)) {
            return new OtaFailure.Unavailable(FailureDetails.of(
                    origin,
                    Message.of(
                            "Backend {0} got no safe connection to {1}: {2}", backend, host, words(problem, redactor)),
                    Message.of("Check the endpoint's host name, its certificate and this machine's clock; a proxy that"
                            + " opens TLS needs its certificate in the trust store")));
        }
        if (problem instanceof ConnectException || problem instanceof NoRouteToHostException || isUnconnected) {
            return retryable(
                    origin,
                    proxy.map(known -> Message.of(
                                    "Backend {0} got no connection to the proxy {1} before {2}: {3}",
                                    backend, known.place(), HostAndPort.of(url), words(problem, redactor)))
                            .getOrElse(() -> Message.of(
                                    "Backend {0} got no connection to {1}: {2}",
                                    backend, HostAndPort.of(url), words(problem, redactor))),
                    proxy.isDefined()
                            ? Message.of(
                                    "Check the proxy's address in {0}, and the network, or try again later",
                                    IntermediaryResponses.settings(url))
                            : Message.of("Check the endpoint and the network between, or try again later"));
        }
        return retryable(
                origin,
                Message.of("Backend {0} lost its connection to {1}: {2}", backend, host, words(problem, redactor)),
                Message.of("Try again later"));
    }

    /** No bytes moved in either direction. */
    private static OtaFailure stalled(OperationContext origin, Duration stallTimeout, Message host) {
        return new OtaFailure.DeadlineExceeded(FailureDetails.of(
                        origin,
                        Message.of(
                                "The transfer of backend {0} stopped: no bytes to or from {1} within {2} ms",
                                origin.backend(), host, stallTimeout.toMillis()),
                        Message.of("Retry later, or set a longer timeout"))
                .withRetry(Option.none()));
    }

    /** What a proxy means that does not connect to the endpoint. */
    private static OtaFailure refusedTunnel(OperationContext origin, HttpUrl url, Option<UsedProxy> proxy, int status) {
        if (status == IntermediaryResponses.PROXY_LOGIN) {
            return IntermediaryResponses.wantsLogin(origin, url, proxy);
        }
        FailureDetails details = FailureDetails.of(
                origin,
                Message.of(
                        "Backend {0} was not reached: {1}",
                        origin.backend(), IntermediaryResponses.tunnelWords(url, proxy, status)),
                IntermediaryResponses.tunnelAdvice(url));
        return status >= 500
                ? new OtaFailure.Unavailable(details.withRetry(Option.none()))
                : new OtaFailure.Rejected(details);
    }

    /** Whose address is looked up. */
    private static Message nameOf(HttpUrl url, Option<UsedProxy> proxy) {
        return proxy.map(known -> Message.of("the proxy {0}", known.place()))
                .getOrElse(() -> Message.of("{0}", HostAndPort.host(url.host())));
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

    private static OtaFailure retryable(OperationContext origin, Message summary, Message advice) {
        return new OtaFailure.Unavailable(
                FailureDetails.of(origin, summary, advice).withRetry(Option.none()));
    }

    private static Object words(IOException problem, Redactor redactor) {
        if (isCutShort(problem)) {
            return Message.of("it ended before the response did");
        }
        if (problem instanceof SocketTimeoutException) {
            return Message.of("connect timed out");
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
