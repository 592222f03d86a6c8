package io.otabridge.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.BackendClient;
import io.otabridge.client.ConcurrentCallers;
import io.otabridge.client.auth.RefreshableCredential;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.client.ratelimit.RateLimiter;
import io.otabridge.client.ratelimit.RateLimits;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.RawServer;
import io.otabridge.client.transport.RequestSigner;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.domain.observation.ChangeEvent;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to an object store over real sockets. Each test states the outcome and the number of requests. */
class TransferClientTest {

    private static final OperationContext ORIGIN = new OperationContext("prod", Vendor.of("acme"), "PutObject");
    private static final byte[] IMAGE = ObjectServer.bytes("firmware".repeat(10_000));

    private final ObjectServer server = new ObjectServer();
    private final List<ChangeEvent> changes = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final BackendClient backend = backend(Option.none());
    private final TransferClient client = client(backend, request -> request);

    @AfterEach
    void stop() {
        server.close();
    }

    private BackendClient backend(Option<io.otabridge.client.ratelimit.AccountLimiter> quota) {
        return new BackendClient(
                "prod",
                Vendor.of("acme"),
                Redactor.hiding(io.vavr.collection.List.of("s3cr3tk3y")),
                BackendContext.system().withResource(BackendObserver.class, new BackendObserver() {
                    @Override
                    public CallObservation started(OperationContext origin) {
                        return new CallObservation() {
                            @Override
                            public void sent(Duration queued) {
                                events.add("sent");
                            }

                            @Override
                            public void throttled() {
                                events.add("throttled");
                            }

                            @Override
                            public void ended(Option<OtaFailure> failure) {
                                events.add("ended");
                            }
                        };
                    }

                    @Override
                    public void changed(ChangeEvent event) {
                        changes.add(event);
                    }
                }),
                limits(),
                quota);
    }

    private static CallOptions limits() {
        return new CallOptions(Duration.ofMinutes(1), 100_000, 2, true);
    }

    private static TransferClient client(BackendClient backend, RequestSigner signer) {
        return TransferClient.of(
                backend,
                HttpTransport.shared(),
                new ConnectionSettings(
                        Endpoint.parse("http://127.0.0.1:1", false).get(), Option.none(), limits()),
                signer);
    }

    private Request.Builder request() {
        return new Request.Builder().url(server.url());
    }

    private Request put() {
        return request()
                .put(ArtifactBody.of(artifact(), Option.none(), TransferListener.NONE))
                .build();
    }

    private static Artifact artifact() {
        try {
            return Artifact.of("fw.bin", IMAGE.length, () -> new ByteArrayInputStream(IMAGE));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Either<OtaFailure, Integer> upload() {
        return client.upload(
                ORIGIN,
                put(),
                (head, body) -> head.isSuccess()
                        ? Either.right(head.status())
                        : Either.left(client.failure(ORIGIN, Message.of("object fw.bin"), head, body)));
    }

    private Function<HttpResponse, Either<OtaFailure, Integer>> decoder() {
        return response -> response.isSuccess()
                ? Either.right(response.status())
                : Either.left(client.failure(ORIGIN, Message.of("object fw.bin"), response));
    }

    /** Reads the body of an upload. */
    private static ObjectServer.Fault received(ObjectServer.Fault response) {
        return (connection, head) -> {
            connection.in().readNBytes((int) RawServer.Connection.contentLength(head));
            response.respond(connection, head);
        };
    }

    private static ObjectServer.Fault lost() {
        return received((connection, head) -> {});
    }

    @Test
    void an_upload_is_reported_as_a_change() {
        server.plan(received(ObjectServer.status("200 OK", "")));

        assertThat(upload()).contains(200);

        assertThat(server.requests()).hasSize(1);
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).subject()).isEqualTo("PUT 127.0.0.1/bucket/fw.bin");
        assertThat(changes.get(0).origin()).isEqualTo(ORIGIN);
        assertThat(changes.get(0).failure()).isEmpty();
    }

    @Test
    void an_upload_without_a_response_is_repeated() {
        server.plan(lost(), received(ObjectServer.status("200 OK", "")));

        assertThat(upload()).contains(200);

        assertThat(server.requests()).hasSize(2);
        assertThat(changes).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void an_upload_that_is_cut_is_repeated(int tenths) {
        server.plan(
                (connection, head) -> connection.in().readNBytes(tenths * IMAGE.length / 10),
                received(ObjectServer.status("200 OK", "")));

        assertThat(upload()).contains(200);

        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void an_upload_that_never_has_a_response_has_an_unknown_outcome() {
        server.plan(lost(), lost(), lost());

        OtaFailure failure = upload().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(server.requests()).hasSize(3);
        assertThat(changes).extracting(ChangeEvent::failure).containsExactly(Option.some(failure));
    }

    @Test
    void a_throttled_upload_is_repeated() {
        server.plan(
                received(ObjectServer.error("503 Service Unavailable", "SlowDown", "Reduce your request rate.")),
                received(ObjectServer.status("200 OK", "")));

        assertThat(upload()).contains(200);

        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void the_observer_receives_every_request_and_each_rejection_because_of_a_rate_limit() {
        server.plan(
                received(ObjectServer.error("503 Service Unavailable", "SlowDown", "Reduce your request rate.")),
                received(ObjectServer.status("200 OK", "")));

        upload();

        assertThat(events).containsExactly("sent", "throttled", "sent", "ended");
    }

    @Test
    void a_change_without_a_response_is_not_repeated() {
        server.plan(lost());

        OtaFailure failure = client.change(
                        ORIGIN, request().post(RequestBody.create("<a/>", null)).build(), decoder())
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(server.requests()).hasSize(1);
        assertThat(changes).extracting(ChangeEvent::failure).containsExactly(Option.some(failure));
    }

    @Test
    void a_deletion_is_repeated() {
        server.plan(lost(), ObjectServer.error("404 Not Found", "NoSuchKey", "The key does not exist."));

        assertThat(client.delete(
                        ORIGIN,
                        request().delete().build(),
                        response ->
                                Either.right(response.status() == 404 ? DeleteResult.NOT_FOUND : DeleteResult.DELETED)))
                .contains(DeleteResult.NOT_FOUND_AFTER_RETRY);

        assertThat(server.requests()).hasSize(2);
        assertThat(changes).hasSize(1);
    }

    @Test
    void a_read_is_repeated_and_not_reported() {
        server.plan((connection, head) -> {}, ObjectServer.status("200 OK", ""));

        assertThat(client.read(ORIGIN, request().head().build(), decoder())).contains(200);

        assertThat(server.requests()).hasSize(2);
        assertThat(changes).isEmpty();
    }

    /** The server responds when both requests have arrived. */
    @Test
    void identical_reads_are_not_coalesced() {
        CountDownLatch both = new CountDownLatch(2);
        ObjectServer.Fault waiting = (connection, head) -> {
            both.countDown();
            both.await();
            ObjectServer.status("200 OK", "").respond(connection, head);
        };
        server.plan(waiting, waiting);

        assertThat(ConcurrentCallers.of(2, () -> client.read(ORIGIN, request().build(), decoder()))
                        .results())
                .allMatch(Either::isRight);

        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void failures_of_the_store_do_not_open_the_circuit_breaker() {
        for (int i = 0; i < 40; i++) {
            server.plan(ObjectServer.status("500 Internal Server Error", ""));
        }
        for (int i = 0; i < 40; i++) {
            OtaFailure failure = client.change(
                            ORIGIN, request().post(RequestBody.create("", null)).build(), decoder())
                    .getLeft();
            assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        }

        assertThat(server.requests()).hasSize(40);
    }

    @Test
    void the_rate_limit_of_the_api_does_not_apply() {
        RateLimits table = RateLimits.perOperation(Rate.perSecond(0.001));
        TransferClient unlimited = client(
                backend(Option.some(RateLimiter.shared().account("acme:" + System.nanoTime(), table))),
                request -> request);
        server.serve(IMAGE, "");

        for (int i = 0; i < 3; i++) {
            assertThat(unlimited.read(ORIGIN, request().build(), decoder())).contains(200);
        }

        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void a_request_with_a_skewed_date_is_repeated_once_with_the_date_of_the_store() {
        TransferClient dated = client(
                backend,
                request -> request.newBuilder()
                        .header("x-date", backend.clock().instant().toString())
                        .build());
        ObjectServer.Fault skewed = received(ObjectServer.respond(
                "403 Forbidden",
                "Date: Thu, 01 Jan 2099 00:00:00 GMT\r\n",
                "<Error><Code>RequestTimeTooSkewed</Code></Error>"));
        server.plan(skewed, received(ObjectServer.status("200 OK", "")), skewed, skewed);

        assertThat(dated.upload(ORIGIN, put(), (head, body) -> decoded(dated, head, body)))
                .contains(200);

        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(1)).contains("x-date: 2099-01-01T00:00:");
        // The clock is right now, so another rejection has another cause.
        assertThat(dated.upload(ORIGIN, put(), (head, body) -> decoded(dated, head, body))
                        .getLeft())
                .isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(server.requests()).hasSize(3);
    }

    private static Either<OtaFailure, Integer> decoded(
            TransferClient client, HttpResponse head, java.io.InputStream body) throws IOException {
        return head.isSuccess()
                ? Either.right(head.status())
                : Either.left(client.failure(ORIGIN, Message.of("object fw.bin"), head, body));
    }

    @Test
    void a_rejected_credential_is_refreshed_once() {
        List<String> issued = new ArrayList<>();
        RefreshableCredential<String> key = backend.refreshable(
                "key",
                io.vavr.collection.List::of,
                failure -> failure.vendorCode().contains("InvalidAccessKeyId"),
                longest -> {
                    issued.add("key" + issued.size());
                    return Either.right(new RefreshableCredential.IssuedCredential<>(
                            issued.get(issued.size() - 1), Instant.now().plus(Duration.ofDays(1))));
                });
        TransferClient keyed = client(
                backend.withCredential(key),
                request -> request.newBuilder()
                        .header("x-key", issued.get(issued.size() - 1))
                        .build());
        server.plan(
                received(ObjectServer.error("403 Forbidden", "InvalidAccessKeyId", "Unknown key")),
                received(ObjectServer.status("200 OK", "")));

        assertThat(keyed.upload(ORIGIN, put(), (head, body) -> decoded(keyed, head, body)))
                .contains(200);

        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(0)).contains("x-key: key0");
        assertThat(server.requests().get(1)).contains("x-key: key1");
    }

    @Test
    void a_redirect_is_not_followed() {
        try (RawServer other = new RawServer(RawServer.ok())) {
            server.plan(received(ObjectServer.status(
                    "307 Temporary Redirect", "Location: http://127.0.0.1:" + other.port() + "/\r\n")));

            assertThat(upload().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);

            assertThat(server.requests()).hasSize(1);
            assertThat(other.requests()).isEmpty();
        }
    }

    /** The configuration allows clear text for its endpoint only. */
    @ParameterizedTest
    @CsvSource({
        "https://iot.example, http://store.example/x, true",
        "http://store.example:81, http://store.example/x, true",
        "http://store.invalid, http://store.invalid/x, false",
        "https://iot.example, http://127.0.0.1:1/x, true",
        "https://iot.example, http://localhost:1/x, true",
        "http://127.0.0.1:2, http://127.0.0.1:1/x, false"
    })
    void clear_text_is_refused(String endpoint, String url, boolean isRefused) {
        TransferClient configured = TransferClient.of(
                backend,
                HttpTransport.shared(),
                new ConnectionSettings(Endpoint.parse(endpoint, true).get(), Option.none(), limits()),
                request -> request);

        OtaFailure failure = configured
                .change(
                        ORIGIN,
                        new Request.Builder()
                                .url(url)
                                .post(RequestBody.create("", null))
                                .build(),
                        decoder())
                .getLeft();

        assertThat(failure instanceof OtaFailure.Rejected).as(failure.summary()).isEqualTo(isRefused);
        assertThat(changes).isEmpty();
    }

    @Test
    void a_file_that_changed_is_not_uploaded() throws Exception {
        boolean[] wasRead = new boolean[1];
        Artifact changed = Artifact.of("fw.bin", IMAGE.length, () -> {
            byte[] bytes = IMAGE.clone();
            bytes[0] += (byte) (wasRead[0] ? 1 : 0);
            wasRead[0] = true;
            return new ByteArrayInputStream(bytes);
        });
        CompletableFuture<Integer> received = new CompletableFuture<>();
        server.plan((connection, head) -> received.complete(connection.in().readNBytes(IMAGE.length).length));

        OtaFailure failure = client.upload(
                        ORIGIN,
                        request()
                                .put(ArtifactBody.of(changed, Option.none(), TransferListener.NONE))
                                .build(),
                        (head, body) -> Either.right(head.status()))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(received.get(1, TimeUnit.MINUTES)).isLessThan(IMAGE.length);
        assertThat(server.requests()).hasSize(1);
    }
}
