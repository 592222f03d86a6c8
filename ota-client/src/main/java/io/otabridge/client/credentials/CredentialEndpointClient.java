package io.otabridge.client.credentials;

import io.otabridge.client.BackendClient;
import io.otabridge.client.auth.RefreshableCredential;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.error.ErrorRule;
import io.otabridge.client.error.IntermediaryResponses;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Secret;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.HeaderMap;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Url;

/**
 * A client of an endpoint that issues credentials for a backend, such as a metadata service. Requests obey the backend's timeout
 * and size limit. They need no permit of the account's quota and are not retried here, because the call that needs the credential
 * is retried. Bodies of successful responses are never shown or logged. Thread-safe.
 */
public final class CredentialEndpointClient {

    private static final MediaType JSON = MediaType.get("application/json;charset=utf8");
    private static final String HIDDEN = "***";
    private static final String SESSION_SECONDS = "300";

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter(Locale.ROOT);

    interface Api {
        @GET
        PreparedRequest get(@Url HttpUrl url, @HeaderMap Map<String, String> headers);

        @PUT
        PreparedRequest put(@Url HttpUrl url, @HeaderMap Map<String, String> headers, @Body RequestBody body);

        @POST
        PreparedRequest post(@Url HttpUrl url, @Body RequestBody body);
    }

    private final BackendClient client;
    private final OperationContext origin;
    private final String description;
    private final String hint;
    private final HttpUrl address;
    private final boolean isMetadata;
    private final Api api;

    private CredentialEndpointClient(
            BackendClient client,
            OperationContext origin,
            String description,
            String hint,
            HttpUrl address,
            boolean isMetadata,
            Retrofit retrofit) {
        this.client = client;
        this.origin = origin;
        this.description = description;
        this.hint = hint;
        this.address = address;
        this.isMetadata = isMetadata;
        this.api = retrofit.create(Api.class);
    }

    /**
     * Creates a client.
     *
     * @param client the client of the backend that needs the credentials
     * @param operation the vendor's name of the operation
     * @param description the credential for messages, such as {@code an IAM token}
     * @param hint advice if the request fails or the response is unreadable, worded as the end of a sentence
     * @param connection the endpoint and the backend's limits; loopback, link-local and clear-text endpoints are reached without
     *     a proxy
     */
    public static CredentialEndpointClient of(
            BackendClient client,
            String operation,
            String description,
            String hint,
            ConnectionSettings connection,
            HttpTransport transport) {
        return of(client, operation, description, hint, connection, transport, false);
    }

    /**
     * Creates a client of a virtual machine's metadata service. No proxy or captive portal is between the machine and this service,
     * so responses with status 401 or 403 come from the service.
     */
    public static CredentialEndpointClient ofMetadata(
            BackendClient client,
            String operation,
            String description,
            String hint,
            ConnectionSettings connection,
            HttpTransport transport) {
        return of(client, operation, description, hint, connection, transport, true);
    }

    private static CredentialEndpointClient of(
            BackendClient client,
            String operation,
            String description,
            String hint,
            ConnectionSettings connection,
            HttpTransport transport,
            boolean isMetadata) {
        HttpUrl address = connection.endpoint().url();
        boolean isLocal = Endpoint.isLocal(address.host()) || !address.isHttps();
        return new CredentialEndpointClient(
                client,
                client.contextOf(operation),
                description,
                hint,
                address,
                isMetadata,
                isLocal ? transport.withoutProxy(connection) : transport.retrofit(connection, request -> request));
    }

    /**
     * Parses the complete URL of a service, with path and query. It must use https or a loopback or link-local address.
     *
     * @return the URL, or the problem, worded as the end of a sentence that begins with the setting's name; it does not contain the
     *     URL
     */
    public static Either<String, HttpUrl> address(String text) {
        Option<HttpUrl> url = Option.<HttpUrl>of(HttpUrl.parse(text))
                .filter(found -> found.username().isEmpty() && found.password().isEmpty());
        if (url.isEmpty()) {
            return Either.left("must be an address such as http://127.0.0.1:7002/keys, without user or password");
        }
        return url.filter(found -> found.isHttps() || Endpoint.isLocal(found.host()))
                .toEither(
                        "must start with https://, because keys would be sent in clear text, unless it is a loopback or"
                                + " link-local address");
    }

    /** Starts the requests of one refresh, which together take no longer than this timeout. */
    public Session startSession(Duration timeout) {
        return new Session(System.nanoTime() + timeout.toNanos());
    }

    /** The requests of one refresh, which share a deadline and a session token. Not thread-safe. */
    public final class Session {

        private final long end;
        private final Map<String, String> headers = new TreeMap<>();

        private Session(long end) {
            this.end = end;
        }

        /**
         * Requests a session token, which later requests of {@link #get} send. Takes at most half of the remaining time, so that a
         * request without a session is possible after a timeout.
         *
         * @param ttlHeader the request header for the token's lifetime in seconds
         * @param tokenHeader the request header for the token
         * @return the failure; absent if the token was received
         */
        public Option<OtaFailure> openSession(String path, String ttlHeader, String tokenHeader) {
            long now = System.nanoTime();
            PreparedRequest request =
                    api.put(url(path), Map.of(ttlHeader, SESSION_SECONDS), RequestBody.create(new byte[0], null));
            Either<OtaFailure, String> token = send(request, now + (end - now) / 2)
                    .flatMap(response -> response.isSuccess()
                            ? secret(text(response))
                                    .mapLeft(invalid -> unreadable(response, "the session token: " + invalid.message()))
                            : Either.left(errorResponse(ErrorRule.byStatus(response.status()), response)));
            token.forEach(known -> {
                client.redactor().addSecrets(List.of(known));
                headers.put(tokenHeader, known);
            });
            return token.swap().toOption();
        }

        /**
         * Sends a GET request.
         *
         * @param path the encoded path and query, absolute or relative to the address
         * @return the response of any status, or a failure if the service did not respond
         */
        public Either<OtaFailure, HttpResponse> get(String path) {
            return send(api.get(url(path), headers), end);
        }

        /** Sends a POST request with a JSON body. */
        public Either<OtaFailure, HttpResponse> post(String path, byte[] json) {
            return send(api.post(url(path), RequestBody.create(json, JSON)), end);
        }

        private Either<OtaFailure, HttpResponse> send(PreparedRequest request, long deadline) {
            return client.sendToOtherService(origin, request, deadline)
                    .flatMap(response -> requireFromService(request, response))
                    .mapLeft(CredentialEndpointClient.this::withContext);
        }

        private HttpUrl url(String path) {
            return Option.of(address.resolve(path)).getOrElse(address);
        }
    }

    /**
     * Reads the credential of a successful response. If it appears to have expired, this machine's clock is wrong, so the clock is
     * corrected with the response's date.
     *
     * @param mapping converts the wire object, or returns a problem that contains no part of it
     * @return the credential, or {@link OtaFailure.UnreadableResponse}
     */
    public <D, T> Either<OtaFailure, RefreshableCredential.IssuedCredential<T>> issued(
            HttpResponse response,
            LenientJsonReader<D> reader,
            Function<D, Either<String, RefreshableCredential.IssuedCredential<T>>> mapping) {
        return reader.read(response.body())
                .flatMap(mapping)
                .mapLeft(reason -> unreadable(response, reason))
                .peek(issued -> {
                    if (!client.clock().instant().isBefore(issued.expiresAt())) {
                        client.synchronizeClock(response);
                    }
                });
    }

    /** Maps an error response to a failure that includes the service's error. */
    public OtaFailure errorResponse(ErrorRule rule, HttpResponse response, VendorError error) {
        return rule.failure(origin, Message.of(description), response, error, client.clock());
    }

    /** Maps an error response without error details to a failure. */
    public OtaFailure errorResponse(ErrorRule rule, HttpResponse response) {
        return errorResponse(rule, response, new VendorError(Option.none(), Option.none(), Option.none()));
    }

    /** The failure for a successful response without a readable credential. */
    public OtaFailure unreadable(HttpResponse response, String reason) {
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                        origin,
                        Message.of(
                                "Backend {0} received a response for {1} that cannot be read: {2}",
                                origin.backend(), description, reason),
                        Message.of("Check which server responded; {0}", hint))
                .withStatus(response.status()));
    }

    /** Returns a failure if the response comes from an intermediary such as a proxy. */
    private Either<OtaFailure, HttpResponse> requireFromService(PreparedRequest request, HttpResponse response) {
        boolean isFromService = switch (response.status()) {
            case 404, 405 -> true;
            case 401, 403 -> isMetadata;
            default -> false;
        };
        return isFromService
                ? Either.right(response)
                : IntermediaryResponses.failure(origin, request, response, false, client.redactor(), client.clock())
                        .toEither(response)
                        .swap();
    }

    /** Adds the requested credential and the hint to a network failure. */
    private OtaFailure withContext(OtaFailure failure) {
        FailureDetails details = failure.details();
        return failure.withDetails(
                details.withSummary(Message.of("{0}; the request was for {1}", details.summary(), description))
                        .withMoreAdvice(Message.of(hint)));
    }

    /** The response body as UTF-8 text, without leading and trailing white space. */
    public static String text(HttpResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8).strip();
    }

    /** Checks a secret field. The violation does not contain the value. */
    public static Either<ConstraintViolation, String> secret(String raw) {
        return Secret.CONSTRAINT
                .check(raw)
                .mapLeft(invalid -> new ConstraintViolation("secret", HIDDEN, invalid.requirement()));
    }

    /**
     * Parses a time with {@code Z} or an offset such as {@code +0000} or {@code +00:00}. The violation does not contain the value,
     * because the field is next to secrets.
     */
    public static Either<ConstraintViolation, Instant> time(String raw) {
        try {
            return Either.right(TIME.parse(raw, Instant::from));
        } catch (DateTimeException invalid) {
            return Either.left(new ConstraintViolation("time", HIDDEN, "a time such as 2026-01-15T08:15:30Z"));
        }
    }
}
