package io.otabridge.client.chain;

import io.otabridge.client.config.HostPortFormatter;
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
import io.vavr.collection.List;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Maps an exception of the HTTP client to a failure. */
final class NetworkErrorMapper {

    private static final Pattern BADLY_COMPRESSED =
            Pattern.compile("(ID1ID2|FHCRC|CRC|ISIZE): actual|gzip finished|source exhausted prematurely");

    /** The HTTP client's message about a certificate for another host. Its exception does not have the certificate. */
    private static final Pattern FOREIGN_CERTIFICATE =
            Pattern.compile("Hostname (\\S+) not verified:.*subjectAltNames: \\[(.*)]\\s*", Pattern.DOTALL);

    private static final int MAX_NAMES = 3;

    private NetworkErrorMapper() {}

    /** Maps the exception that ended the last request of this call. */
    static OtaFailure of(Call<?> call, IOException e, Redactor redactor) {
        OperationContext origin = call.origin();
        PreparedRequest request = call.request();
        HttpUrl url = request.url();
        Option<UsedProxy> proxy = request.proxy();
        Message host = IntermediaryResponses.where(url, proxy);
        String backend = origin.backend();
        // TLS wraps exceptions of its socket.
        Throwable limit = e.getCause() instanceof PreparedRequest.ResponseTooLargeException ? e.getCause() : e;
        if (limit instanceof PreparedRequest.ResponseTooLargeException) {
            return new OtaFailure.UnreadableResponse(FailureDetails.of(
                    origin,
                    Message.of(
                            "Backend {0} received a response from {1} that is too large: {2}",
                            backend, host, String.valueOf(limit.getMessage())),
                    Message.of("Check that the endpoint is the vendor's API and not another service, or raise"
                            + " max-response-bytes")));
        }
        if (e instanceof StreamedBody.SourceException) {
            return new OtaFailure.Rejected(FailureDetails.of(
                    origin,
                    Message.of(
                            "Backend {0} did not complete the upload to {1}: {2}",
                            backend, host, String.valueOf(e.getMessage())),
                    Message.of("Make sure that the source can be read and does not change, and upload again")));
        }
        if (Thread.currentThread().isInterrupted()) {
            return CallFailures.cancelled(origin, Message.of("waited for {0}", host));
        }
        Option<Integer> tunnelStatus = IntermediaryResponses.refusedTunnel(e);
        if (tunnelStatus.isDefined()) {
            return tunnelFailure(origin, url, proxy, tunnelStatus.get());
        }
        if (e instanceof DeadlineDns.LookupTimeoutException
                || e.getCause() instanceof DeadlineDns.LookupTimeoutException) {
            return CallFailures.deadlineExceeded(
                    origin,
                    call.timeout(),
                    Message.of("address of {0} from the name servers", lookedUpName(url, proxy)));
        }
        boolean isEarly = call.remainingNanos() > 0;
        if (e instanceof InterruptedIOException && isEarly && call.isTransfer() && call.isSent()) {
            return stalled(origin, call.stallTimeout(), host);
        }
        boolean isUnconnected = e instanceof SocketTimeoutException && isEarly;
        if (e instanceof InterruptedIOException && !isUnconnected) {
            return CallFailures.deadlineExceeded(
                    origin, call.timeout(), Message.of("complete response from {0}", host));
        }
        if (e instanceof ProtocolException && !isTruncated(e)) {
            return new OtaFailure.UnreadableResponse(FailureDetails.of(
                    origin,
                    Message.of(
                            "Backend {0} received an invalid HTTP response from {1}: {2}",
                            backend, host, describe(e, redactor)),
                    Message.of("Check that the endpoint is the vendor's API, and any proxy between")));
        }
        if (isCompressionError(e)) {
            return new OtaFailure.UnreadableResponse(FailureDetails.of(
                    origin,
                    Message.of("Backend {0} received a response from {1} with invalid compression", backend, host),
                    Message.of("Check that the endpoint is the vendor's API, and any proxy between")));
        }
        if (e instanceof UnknownHostException) {
            return retryable(
                    origin,
                    proxy.map(known -> Message.of(
                                    "Backend {0} cannot be reached: unknown host of the proxy {1}",
                                    backend, known.address()))
                            .getOrElse(() -> Message.of(
                                    "Backend {0} cannot be reached: unknown host {1}",
                                    backend, HostPortFormatter.host(url.host()))),
                    proxy.isDefined()
                            ? Message.of(
                                    "Check the proxy address in {0}, and the name resolution of this machine",
                                    IntermediaryResponses.settings(url))
                            : Message.of("Check region or endpoint, and the name resolution of this machine"));
        }
        if (isTlsError(e)) {
            return new OtaFailure.Unavailable(FailureDetails.of(
                    origin,
                    Message.of(
                            "Backend {0} cannot establish a secure connection to {1}: {2}",
                            backend, host, foreignCertificate(e, redactor).getOrElse(() -> describe(e, redactor))),
                    Message.of(
                            "Check the host name and the certificate of the endpoint, and the clock of this machine; the"
                                    + " certificate of a proxy that intercepts TLS must be in the trust store")));
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException || isUnconnected) {
            return retryable(
                    origin,
                    proxy.map(known -> Message.of(
                                    "Backend {0} cannot connect to the proxy {1} for {2}: {3}",
                                    backend, known.address(), HostPortFormatter.of(url), describe(e, redactor)))
                            .getOrElse(() -> Message.of(
                                    "Backend {0} cannot connect to {1}: {2}",
                                    backend, HostPortFormatter.of(url), describe(e, redactor))),
                    proxy.isDefined()
                            ? Message.of(
                                    "Check the proxy address in {0} and the network, or retry later",
                                    IntermediaryResponses.settings(url))
                            : Message.of("Check the endpoint and the network, or retry later"));
        }
        return retryable(
                origin,
                Message.of("Backend {0} lost the connection to {1}: {2}", backend, host, describe(e, redactor)),
                Message.of("Retry later"));
    }

    /** No bytes moved in either direction within the stall timeout. */
    private static OtaFailure stalled(OperationContext origin, Duration stallTimeout, Message host) {
        return new OtaFailure.DeadlineExceeded(FailureDetails.of(
                        origin,
                        Message.of(
                                "The transfer of backend {0} stopped: no bytes to or from {1} within {2}",
                                origin.backend(), host, CallFailures.duration(stallTimeout)),
                        Message.of("Retry later, or set a longer timeout"))
                .withRetry(Option.none()));
    }

    /** The proxy did not connect to the endpoint. */
    private static OtaFailure tunnelFailure(OperationContext origin, HttpUrl url, Option<UsedProxy> proxy, int status) {
        if (status == IntermediaryResponses.PROXY_LOGIN) {
            return IntermediaryResponses.loginRequired(origin, url, proxy);
        }
        FailureDetails details = FailureDetails.of(
                origin,
                Message.of(
                        "Backend {0} was not reached: {1}",
                        origin.backend(), IntermediaryResponses.tunnelWords(url, proxy, status)),
                IntermediaryResponses.tunnelAdvice(url));
        return status >= 500
                ? new OtaFailure.Unavailable(details.withRetry(Option.none()))
                : new OtaFailure.Rejected(details, OtaFailure.Rejected.Subject.NETWORK);
    }

    /** The name that is looked up: the proxy or the endpoint. */
    private static Message lookedUpName(HttpUrl url, Option<UsedProxy> proxy) {
        return proxy.map(known -> Message.of("the proxy {0}", known.address()))
                .getOrElse(() -> Message.of("{0}", HostPortFormatter.host(url.host())));
    }

    private static boolean isTruncated(IOException e) {
        return Option.of(e.getMessage()).exists(message -> message.contains("unexpected end of stream"));
    }

    /** A connection that is closed during the TLS handshake is not a TLS error, because a retry may help. */
    private static boolean isTlsError(IOException e) {
        boolean isClosed = e.getCause() instanceof EOFException;
        return isCertificateError(e) || (e instanceof SSLException && !isClosed);
    }

    /** The HTTP client has no exception type for this, so its messages are matched. */
    private static boolean isCompressionError(IOException e) {
        return e.getCause() instanceof DataFormatException
                || Option.of(e.getMessage())
                        .exists(message -> BADLY_COMPRESSED.matcher(message).lookingAt());
    }

    private static boolean isCertificateError(Throwable e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    /** Describes a certificate for other hosts; absent if the error is another one. */
    private static Option<Object> foreignCertificate(IOException e, Redactor redactor) {
        Matcher message = FOREIGN_CERTIFICATE.matcher(String.valueOf(e.getMessage()));
        if (!(e instanceof SSLPeerUnverifiedException) || !message.matches()) {
            return Option.none();
        }
        List<String> names = List.of(message.group(2).split(", ")).filter(name -> !name.isEmpty());
        String shown = names.take(MAX_NAMES).mkString(", ")
                + (names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "");
        return Option.some(Message.of(
                "the certificate is for {0} and not for {1}",
                redactor.sanitize(shown).getOrElse("no name"), HostPortFormatter.host(message.group(1))));
    }

    private static OtaFailure retryable(OperationContext origin, Message summary, Message advice) {
        return new OtaFailure.Unavailable(
                FailureDetails.of(origin, summary, advice).withRetry(Option.none()));
    }

    private static Object describe(IOException e, Redactor redactor) {
        if (isTruncated(e)) {
            return Message.of("the response is incomplete");
        }
        if (e instanceof SocketTimeoutException) {
            return Message.of("connect timed out");
        }
        // The message of the HTTP client repeats the address; the message of its cause names the error.
        Throwable specific = e instanceof ConnectException && e.getCause() instanceof IOException ? e.getCause() : e;
        return Option.of(specific.getMessage())
                .flatMap(redactor::sanitize)
                .getOrElse(e.getClass().getSimpleName());
    }
}
