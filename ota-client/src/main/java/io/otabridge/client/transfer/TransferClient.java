package io.otabridge.client.transfer;

import io.otabridge.client.BackendClient;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.config.HostPortFormatter;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.client.transport.RequestSigner;
import io.otabridge.client.transport.ResponseHandler;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the object store of one backend: observation, logging, retries, credential refresh, clock skew
 * correction and transport, in this order. The circuit breaker, the rate limits and the coalescing of the vendor's API
 * do not apply. Redirects are not followed. Clear text is sent only to the configured endpoint, and within this machine
 * if that endpoint is on it.
 * The response of a proxy, login portal or firewall is a failure. Never throws for network or vendor errors. Safe for
 * many threads.
 *
 * <p>Uploads and downloads end if no bytes move within the timeout of the backend's calls, or after 24 hours. Other
 * requests end at that timeout.
 */
public final class TransferClient {

    private static final Duration MAX_DURATION = Duration.ofHours(24);

    /** More than any error response of an object store. */
    private static final int MAX_ERROR_BYTES = 64_000;

    /** Headers of a request that depend on earlier attempts, as a tag of the request. */
    interface AttemptHeaders {

        /** Called for each attempt, before it is signed. */
        Request addTo(Request request);

        private static Request of(Request request) {
            @Nullable AttemptHeaders headers = request.tag(AttemptHeaders.class);
            return headers == null ? request : headers.addTo(request);
        }
    }

    private final BackendClient client;
    private final HttpUrl endpoint;
    private final Function<Request, PreparedRequest> requests;

    private TransferClient(BackendClient client, HttpUrl endpoint, Function<Request, PreparedRequest> requests) {
        this.client = client;
        this.endpoint = endpoint;
        this.requests = requests;
    }

    /**
     * A client for the object store of a backend.
     *
     * @param client the backend, with the credential that signs the requests if it expires
     * @param connection timeouts and limits. Requests name their whole URL; the endpoint is the one that may be reached
     *     in clear text
     * @param signer authenticates every request
     */
    public static TransferClient of(
            BackendClient client, HttpTransport transport, ConnectionSettings connection, RequestSigner signer) {
        RequestSigner signed = request -> signer.sign(AttemptHeaders.of(request));
        return new TransferClient(
                client.forTransfers(), connection.endpoint().url(), transport.requests(connection, signed));
    }

    /**
     * Sends a request whose body may be larger than memory, such as an {@link ArtifactBody}. It is retried if the body
     * can be replayed. The observer receives the change.
     *
     * @param handler reads a response of any status
     * @return the handler's result; {@link OtaFailure.OutcomeUnknown} if a request was started and no response arrived;
     *     {@link OtaFailure.Rejected} if the source of the body cannot be read or has changed
     */
    public <T> Either<OtaFailure, T> upload(OperationContext origin, Request request, ResponseHandler<T> handler) {
        return prepared(origin, request).flatMap(ready -> client.upload(origin, ready, handler, MAX_DURATION));
    }

    /**
     * Sends a read whose response may be larger than memory.
     *
     * @param handler reads a response of any status while it arrives; a retry calls it again
     */
    public <T> Either<OtaFailure, T> download(OperationContext origin, Request request, ResponseHandler<T> handler) {
        return prepared(origin, request).flatMap(ready -> client.download(origin, ready, handler, MAX_DURATION));
    }

    /**
     * Sends a read with a small response, with retries.
     *
     * @param decoder decodes a response of any status
     */
    public <T> Either<OtaFailure, T> read(
            OperationContext origin, Request request, Function<HttpResponse, Either<OtaFailure, T>> decoder) {
        return prepared(origin, request).flatMap(ready -> client.read(origin, ready, decoder));
    }

    /**
     * Sends a change with a small body. It is retried only if the store throttled it. The observer receives the change.
     *
     * @param decoder decodes a response of any status
     */
    public <T> Either<OtaFailure, T> change(
            OperationContext origin, Request request, Function<HttpResponse, Either<OtaFailure, T>> decoder) {
        return prepared(origin, request).flatMap(ready -> client.change(origin, ready, decoder));
    }

    /**
     * Sends a deletion, with retries. The observer receives the change.
     *
     * @param decoder decodes a response of any status; {@link DeleteResult#NOT_FOUND} if there is nothing to delete
     */
    public Either<OtaFailure, DeleteResult> delete(
            OperationContext origin,
            Request request,
            Function<HttpResponse, Either<OtaFailure, DeleteResult>> decoder) {
        return prepared(origin, request).flatMap(ready -> client.delete(origin, ready, decoder, () -> false));
    }

    /**
     * The failure that an unsuccessful response of the object store means.
     *
     * @param subject what was requested, such as {@code object ota/fw.bin}
     */
    public OtaFailure failure(OperationContext origin, Message subject, HttpResponse response) {
        return ObjectStoreError.of(response).toFailure(client, origin, subject, response);
    }

    /** The same for a {@link ResponseHandler}, which receives the body as a stream. */
    public OtaFailure failure(OperationContext origin, Message subject, HttpResponse head, InputStream body)
            throws IOException {
        return failure(origin, subject, head.withBody(body.readNBytes(MAX_ERROR_BYTES)));
    }

    /**
     * The failure of a successful response that cannot be used.
     *
     * @param reason what is missing or invalid in it
     */
    public OtaFailure unreadable(OperationContext origin, Message subject, String reason, HttpResponse response) {
        return client.unreadable(origin, subject, reason, response.head(), response.requestId());
    }

    private Either<OtaFailure, PreparedRequest> prepared(OperationContext origin, Request request) {
        HttpUrl url = request.url();
        boolean isConfigured = url.host().equals(endpoint.host()) && url.port() == endpoint.port();
        // A vendor's response must not direct requests to services of this machine.
        boolean isSimulated = Endpoint.isLoopback(url.host()) && Endpoint.isLoopback(endpoint.host());
        return url.isHttps() || isSimulated || isConfigured
                ? Either.right(requests.apply(request))
                : Either.left(new OtaFailure.Rejected(
                        FailureDetails.of(
                                origin,
                                Message.of(
                                        "Backend {0} was directed to {1} over http://, which sends firmware in clear text",
                                        origin.backend(), HostPortFormatter.of(url)),
                                Message.of(
                                        "Nothing was sent; http:// is allowed only for this machine and for the configured endpoint")),
                        OtaFailure.Rejected.Subject.NETWORK));
    }
}
