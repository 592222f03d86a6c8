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
 * A service that gives out credentials for a backend, which is not the backend itself. Requests to it are within the
 * backend's limits, but take no turn in the account's quota and are not repeated here, as the call that needs the credential
 * is. What it answers under a status of success is never shown, not even in part. Safe for many threads.
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

    private final BackendClient calls;
    private final OperationContext origin;
    private final String what;
    private final String hint;
    private final HttpUrl address;
    private final boolean isMetadata;
    private final Api api;

    private CredentialEndpointClient(
            BackendClient calls,
            OperationContext origin,
            String what,
            String hint,
            HttpUrl address,
            boolean isMetadata,
            Retrofit retrofit) {
        this.calls = calls;
        this.origin = origin;
        this.what = what;
        this.hint = hint;
        this.address = address;
        this.isMetadata = isMetadata;
        this.api = retrofit.create(Api.class);
    }

    /**
     * A service.
     *
     * @param calls those of the backend that needs the credentials
     * @param operation the vendor's name of what is asked for
     * @param what it is, for people, such as {@code an IAM token}
     * @param hint where to look if nothing comes, or nothing that can be read, as the end of a sentence
     * @param connection where it is, and the backend's limits; one on this machine or link is not asked through a proxy
     */
    public static CredentialEndpointClient of(
            BackendClient calls,
            String operation,
            String what,
            String hint,
            ConnectionSettings connection,
            HttpTransport transport) {
        return of(calls, operation, what, hint, connection, transport, false);
    }

    /**
     * The metadata service of a virtual machine. No proxy or portal is between the machine and its service, so a page that
     * refuses access or says that something does not exist is the service's own.
     */
    public static CredentialEndpointClient ofMetadata(
            BackendClient calls,
            String operation,
            String what,
            String hint,
            ConnectionSettings connection,
            HttpTransport transport) {
        return of(calls, operation, what, hint, connection, transport, true);
    }

    private static CredentialEndpointClient of(
            BackendClient calls,
            String operation,
            String what,
            String hint,
            ConnectionSettings connection,
            HttpTransport transport,
            boolean isMetadata) {
        HttpUrl address = connection.endpoint().url();
        boolean isNear = Endpoint.isLocal(address.host()) || !address.isHttps();
        return new CredentialEndpointClient(
                calls,
                calls.origin(operation),
                what,
                hint,
                address,
                isMetadata,
                isNear ? transport.withoutProxy(connection) : transport.retrofit(connection, request -> request));
    }

    /**
     * The whole address of a service, with path and query: by https, or on this machine or link.
     *
     * @return the address, or what is wrong, as the end of a sentence that begins with the setting and does not repeat it
     */
    public static Either<String, HttpUrl> address(String text) {
        Option<HttpUrl> url = Option.<HttpUrl>of(HttpUrl.parse(text))
                .filter(found -> found.username().isEmpty() && found.password().isEmpty());
        if (url.isEmpty()) {
            return Either.left("must be an address such as http://127.0.0.1:7002/keys, without user or password");
        }
        return url.filter(found -> found.isHttps() || Endpoint.isLocal(found.host()))
                .toEither("must start with https://, because keys would come in clear text, unless it is a loopback or"
                        + " link-local address");
    }

    /** Requests of one renewal, which together take no longer than this. */
    public Visit visit(Duration longest) {
        return new Visit(System.nanoTime() + longest.toNanos());
    }

    /** The requests of one renewal. For one thread. */
    public final class Visit {

        private final long end;
        private final Map<String, String> headers = new TreeMap<>();

        private Visit(long end) {
            this.end = end;
        }

        /**
         * Gets a session token, which the requests of {@link #get} carry afterwards. Takes at most half of the time that is
         * left, so that a request without a session can follow a timeout.
         *
         * @param lifeHeader request header with the token's life in seconds
         * @param tokenHeader header that carries the token
         * @return why there is no token; absent if there is one
         */
        public Option<OtaFailure> openSession(String path, String lifeHeader, String tokenHeader) {
            long now = System.nanoTime();
            PreparedRequest request =
                    api.put(url(path), Map.of(lifeHeader, SESSION_SECONDS), RequestBody.create(new byte[0], null));
            Either<OtaFailure, String> token = send(request, now + (end - now) / 2)
                    .flatMap(found -> found.isSuccess()
                            ? secret(text(found))
                                    .mapLeft(invalid -> unreadable(found, "the session token: " + invalid.message()))
                            : Either.left(refused(ErrorRule.byStatus(found.status()), found)));
            token.forEach(known -> {
                calls.redactor().learn(List.of(known));
                headers.put(tokenHeader, known);
            });
            return token.swap().toOption();
        }

        /**
         * What the service answers to a question, whatever its status.
         *
         * @param path encoded, perhaps with a query, and perhaps after the address
         */
        public Either<OtaFailure, HttpResponse> get(String path) {
            return send(api.get(url(path), headers), end);
        }

        /** The same to JSON that is sent to it. */
        public Either<OtaFailure, HttpResponse> post(String path, byte[] json) {
            return send(api.post(url(path), RequestBody.create(json, JSON)), end);
        }

        private Either<OtaFailure, HttpResponse> send(PreparedRequest request, long deadline) {
            return calls.sendElsewhere(origin, request, deadline)
                    .flatMap(answer -> ofService(request, answer))
                    .mapLeft(CredentialEndpointClient.this::advised);
        }

        private HttpUrl url(String path) {
            return Option.of(address.resolve(path)).getOrElse(address);
        }
    }

    /**
     * The credential in an answer of success. If it seems to be over already, this machine's clock is wrong, and the answer's
     * date is gone by.
     *
     * @param mapping reads it, or says in words that repeat nothing of it why that cannot be
     */
    public <D, T> Either<OtaFailure, RefreshableCredential.Issued<T>> issued(
            HttpResponse answer,
            LenientJsonReader<D> reader,
            Function<D, Either<String, RefreshableCredential.Issued<T>>> mapping) {
        return reader.read(answer.body())
                .flatMap(mapping)
                .mapLeft(reason -> unreadable(answer, reason))
                .peek(issued -> {
                    if (!calls.clock().instant().isBefore(issued.end())) {
                        calls.learnTime(answer);
                    }
                });
    }

    /** The failure that an answer without success amounts to, with the service's own words. */
    public OtaFailure refused(ErrorRule verdict, HttpResponse answer, VendorError report) {
        return verdict.failure(origin, Message.of(what), answer, report, calls.clock());
    }

    /** The same without any. */
    public OtaFailure refused(ErrorRule verdict, HttpResponse answer) {
        return refused(verdict, answer, new VendorError(Option.none(), Option.none(), Option.none()));
    }

    /** The failure of an answer that should hold a credential and does not. */
    public OtaFailure unreadable(HttpResponse answer, String reason) {
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                        origin,
                        Message.of(
                                "Backend {0} received a response for {1} that cannot be read: {2}",
                                origin.backend(), what, reason),
                        Message.of("Check what answered; {0}", hint))
                .withStatus(answer.status()));
    }

    private Either<OtaFailure, HttpResponse> ofService(PreparedRequest request, HttpResponse answer) {
        boolean isOwn = switch (answer.status()) {
            case 404, 405 -> true;
            case 401, 403 -> isMetadata;
            default -> false;
        };
        return isOwn
                ? Either.right(answer)
                : IntermediaryResponses.failure(origin, request, answer, false, calls.redactor(), calls.clock())
                        .toEither(answer)
                        .swap();
    }

    /** A failure of the network, which says for what the service was asked. */
    private OtaFailure advised(OtaFailure failure) {
        FailureDetails details = failure.details();
        return failure.withDetails(details.withSummary(Message.of("{0}; it was asked for {1}", details.summary(), what))
                .withMoreAdvice(Message.of(hint)));
    }

    /** The body of an answer as text, without blanks around it. */
    public static String text(HttpResponse answer) {
        return new String(answer.body(), StandardCharsets.UTF_8).strip();
    }

    /** What a member that holds a secret must be. The words do not repeat it. */
    public static Either<ConstraintViolation, String> secret(String raw) {
        return Secret.RULE.check(raw).mapLeft(invalid -> new ConstraintViolation("secret", HIDDEN, invalid.rule()));
    }

    /**
     * Parses a time with {@code Z} or an offset such as {@code +0000} or {@code +00:00}. It is a member beside secrets, so the
     * message does not repeat it.
     */
    public static Either<ConstraintViolation, Instant> time(String raw) {
        try {
            return Either.right(TIME.parse(raw, Instant::from));
        } catch (DateTimeException none) {
            return Either.left(new ConstraintViolation("time", HIDDEN, "a time such as 2026-01-15T08:15:30Z"));
        }
    }
}
