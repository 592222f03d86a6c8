package io.otabridge.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.client.transport.RawServer;
import io.otabridge.client.transport.TestCertificates;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLSocket;
import okhttp3.Cache;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import retrofit2.http.GET;

/** Calls over real sockets, from the request to the response or failure. */
class BackendClientTest {

    private static final int MAX_BYTES = 1_000;
    private static final CallOptions LIMITS = new CallOptions(Duration.ofSeconds(30), MAX_BYTES, 0, false);
    private static final CallOptions SHORT_TIMEOUT = new CallOptions(Duration.ofSeconds(1), MAX_BYTES, 0, false);
    private static final BackendClient CALLS = calls(LIMITS);
    private static final OperationContext ORIGIN = CALLS.contextOf("Show");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().dynamicHttpsPort())
            .build();

    @RegisterExtension
    static final WireMockExtension OTHER_SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    interface Api {
        @GET("thing")
        PreparedRequest show();
    }

    @Test
    void returns_status_headers_and_body() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("text").withHeader("X-Id", " 7 ")));

        HttpResponse response = send().get();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.isSuccess()).isTrue();
        assertThat(response.header("x-id")).contains("7");
        assertThat(new String(response.body())).isEqualTo("text");
    }

    @Test
    void returns_the_body_of_an_error() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404).withBody("gone")));

        HttpResponse response = send().get();

        assertThat(response.isSuccess()).isFalse();
        assertThat(new String(response.body())).isEqualTo("gone");
    }

    @Test
    void reads_a_body_of_the_maximum_size() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("x".repeat(MAX_BYTES))));

        assertThat(send().get().body()).hasSize(MAX_BYTES);
    }

    @Test
    void rejects_a_body_one_byte_over_the_maximum() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("x".repeat(MAX_BYTES + 1))));

        assertUnreadable(send().getLeft());
    }

    @Test
    void rejects_an_oversized_error_body() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500).withBody("x".repeat(MAX_BYTES + 1))));

        assertUnreadable(send().getLeft());
    }

    @Test
    void rejects_an_oversized_compressed_body() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 1_000; i++) {
                gzip.write(new byte[10_000]);
            }
        }
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse().withHeader("Content-Encoding", "gzip").withBody(packed.toByteArray())));

        assertUnreadable(send().getLeft());
    }

    @Test
    void follows_no_redirect_and_sends_no_credentials_there() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(307).withHeader("Location", OTHER_SERVER.baseUrl() + "/thing")));

        OtaFailure failure = send().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.status()).contains(307);
        assertThat(failure.summary())
                .isEqualTo("Backend prod was redirected by localhost:" + SERVER.getPort() + " to "
                        + OTHER_SERVER.baseUrl() + "/thing");
        OTHER_SERVER.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void shows_an_ipv6_address_in_brackets() {
        // No process listens on this port.
        OtaFailure failure = send(HttpTransport.shared(), "http://[::1]:1").getLeft();

        assertThat(failure.summary()).contains(" to [::1]:1: ").doesNotContain("0:0:0:0");
    }

    @Test
    void a_refused_connection_is_unavailable() throws IOException {
        // The port is bound, so that no other process can listen on it.
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));

            OtaFailure failure =
                    send("http://127.0.0.1:" + taken.getLocalPort()).getLeft();

            assertUnavailable(failure, "Backend prod cannot connect to 127.0.0.1:" + taken.getLocalPort());
            assertThat(failure.isRetryable()).isTrue();
        }
    }

    @Test
    void an_unknown_host_is_unavailable() {
        assertUnavailable(send("https://no-such-host.invalid").getLeft(), "unknown host no-such-host.invalid");
    }

    @Test
    void rejects_a_certificate_not_signed_by_a_trusted_ca() {
        OtaFailure failure = send("https://localhost:" + SERVER.getRuntimeInfo().getHttpsPort())
                .getLeft();

        assertUnavailable(failure, "cannot establish a secure connection");
        assertThat(failure.isRetryable()).isFalse();
    }

    @Test
    void names_at_most_three_hosts_of_a_certificate_for_other_hosts(@TempDir Path scratch) throws Exception {
        TestCertificates certificates = TestCertificates.in(scratch);
        HttpTransport transport = HttpTransport.over(certificates.client().build());
        try (RawServer server = new RawServer(
                certificates.of("foreign", "-5d", 365, "a.example", "b.example", "c.example", "d.example"),
                RawServer.ok())) {
            OtaFailure failure =
                    send(transport, "https://localhost:" + server.port()).getLeft();

            assertThat(failure.summary())
                    .endsWith(": the certificate is for a.example, b.example, c.example and 1 more and not for"
                            + " localhost");
        }
    }

    @Test
    void connects_once_for_concurrent_callers_if_the_certificate_is_not_trusted(@TempDir Path scratch)
            throws Exception {
        CallOptions longTimeout = new CallOptions(Duration.ofMinutes(1), MAX_BYTES, 2, true);
        BackendClient calls = calls(longTimeout);
        AtomicInteger connections = new AtomicInteger();
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch allWaiting = new CountDownLatch(1);
        try (ServerSocket server = TestCertificates.in(scratch)
                .of("untrusted", "-5d", 365, "localhost")
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread handshakes = new Thread(() -> {
                while (!server.isClosed()) {
                    try (SSLSocket client = (SSLSocket) server.accept()) {
                        connections.incrementAndGet();
                        connected.countDown();
                        allWaiting.await();
                        client.startHandshake();
                    } catch (IOException | InterruptedException closed) {
                        // The next connection, or the end of the test.
                    }
                }
            });
            handshakes.setDaemon(true);
            handshakes.start();
            PreparedRequest request =
                    call(HttpTransport.shared(), "https://127.0.0.1:" + server.getLocalPort(), longTimeout);
            ConcurrentCallers<Either<OtaFailure, HttpResponse>> callers =
                    ConcurrentCallers.of(32, () -> calls.read(ORIGIN, request, Either::right));
            connected.await();
            callers.whenWaiting(31);
            allWaiting.countDown();

            List<OtaFailure> failures = callers.results().map(Either::getLeft);

            assertThat(failures).hasSize(32).allMatch(failure -> failure == failures.head());
            assertUnavailable(failures.head(), "cannot establish a secure connection");
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void stops_at_the_deadline_before_the_response() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("late").withFixedDelay(60_000)));

        OtaFailure failure = send(SHORT_TIMEOUT, calls(SHORT_TIMEOUT)).getLeft();

        assertLate(failure, "1 s");
        assertThat(failure.isRetryable()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void stops_at_the_deadline_within_the_body() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("slow".repeat(100)).withChunkedDribbleDelay(100, 60_000)));

        assertLate(send(SHORT_TIMEOUT, calls(SHORT_TIMEOUT)).getLeft(), "1 s");
    }

    @Test
    void uses_a_shorter_timeout_for_one_call() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok().withFixedDelay(1_500)));

        OtaFailure failure =
                send(LIMITS, CALLS.withTimeout(Duration.ofMillis(300))).getLeft();

        assertLate(failure, "300 ms");
        assertThat(send().isRight()).isTrue();
    }

    @Test
    void uses_a_longer_timeout_for_one_call() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("late").withFixedDelay(1_500)));

        assertThat(send(SHORT_TIMEOUT, calls(SHORT_TIMEOUT).withTimeout(Duration.ofSeconds(60)))
                        .isRight())
                .isTrue();
    }

    @Test
    void accepts_a_timeout_of_any_length() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("text")));

        assertThat(send(SHORT_TIMEOUT, calls(SHORT_TIMEOUT).withTimeout(Duration.ofSeconds(Long.MAX_VALUE)))
                        .isRight())
                .isTrue();
    }

    @Test
    void a_connection_closed_before_the_response_is_unavailable() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertUnavailable(send().getLeft(), "lost the connection");
    }

    @Test
    void tries_every_address_of_a_host() {
        OkHttpClient twoAddresses = new OkHttpClient.Builder()
                .dns(host -> java.util.List.of(
                        InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
                        InetAddress.getByAddress(new byte[] {127, 0, 0, 1})))
                .build();
        SERVER.stubFor(any(anyUrl()).willReturn(ok("text")));

        assertThat(send(
                                HttpTransport.over(twoAddresses),
                                "http://localhost:" + SERVER.getRuntimeInfo().getHttpPort())
                        .get()
                        .status())
                .isEqualTo(200);
    }

    static Stream<Arguments> invalidHttp() {
        return Stream.of(
                arguments("HTTP/1.1 -12 x\r\n\r\n", false),
                arguments("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", false),
                arguments("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", false),
                arguments("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", false),
                arguments("HTTP/1.1 200 OK\r\nLocation: ::::\r\n: \r\n\r\n", true),
                arguments("\u0001\u0002\u0003\r\n\r\n", false),
                arguments("SSH-2.0-OpenSSH_9.2\r\n", false),
                arguments("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", false),
                arguments("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", false));
    }

    /** If the HTTP client is lenient, there is a response without a body. */
    @ParameterizedTest
    @MethodSource("invalidHttp")
    void throws_nothing_for_invalid_http(String response, boolean lenient) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> respond(socket, response));
            server.setDaemon(true);
            server.start();

            Either<OtaFailure, HttpResponse> outcome = send("http://127.0.0.1:" + socket.getLocalPort());

            assertThat(outcome.isRight()).isEqualTo(lenient);
            outcome.peekLeft(failure -> {
                assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
                assertThat(failure.isRetryable()).isFalse();
            });
        }
    }

    @Test
    void a_truncated_body_is_unavailable() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> respond(socket, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf"));
            server.setDaemon(true);
            server.start();

            OtaFailure failure =
                    send("http://127.0.0.1:" + socket.getLocalPort()).getLeft();

            assertUnavailable(failure, "lost the connection");
            assertThat(failure.isRetryable()).isTrue();
        }
    }

    @Test
    void hides_the_message_of_an_exception_in_the_client() {
        OkHttpClient broken = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    throw new IllegalStateException("hidden-token");
                })
                .build();

        OtaFailure failure = send(
                        HttpTransport.over(broken), SERVER.getRuntimeInfo().getHttpBaseUrl())
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.toString()).contains("IllegalStateException").doesNotContain("hidden-token");
    }

    @Test
    void does_not_use_the_cache_of_the_applications_client(@TempDir Path folder) {
        OkHttpClient caching = new OkHttpClient.Builder()
                .cache(new Cache(folder.toFile(), 1_000_000))
                .build();
        SERVER.stubFor(any(anyUrl()).willReturn(ok("text").withHeader("Cache-Control", "public, max-age=600")));

        send(HttpTransport.over(caching), SERVER.getRuntimeInfo().getHttpBaseUrl());
        send(HttpTransport.over(caching), SERVER.getRuntimeInfo().getHttpBaseUrl());

        SERVER.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void signs_each_network_request() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("text")));

        send();

        SERVER.verify(anyRequestedFor(anyUrl()).withHeader("X-Signed", equalTo("yes")));
    }

    @Test
    void uses_the_client_of_the_application() {
        AtomicInteger seen = new AtomicInteger();
        OkHttpClient application = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    seen.incrementAndGet();
                    return chain.proceed(chain.request());
                })
                .followRedirects(true)
                .build();
        SERVER.stubFor(
                any(anyUrl()).willReturn(aResponse().withStatus(302).withHeader("Location", OTHER_SERVER.baseUrl())));

        Either<OtaFailure, HttpResponse> response =
                send(HttpTransport.over(application), SERVER.getRuntimeInfo().getHttpBaseUrl());

        assertThat(seen).hasValue(1);
        assertThat(response.getLeft().status()).contains(302);
    }

    @Test
    void advises_that_retrying_a_change_of_unknown_outcome_is_safe() {
        FailureDetails details =
                FailureDetails.of(ORIGIN, "Something happened", "Wait").withRetry(Option.none());
        FailureDetails withAdvice =
                details.withMoreAdvice(Message.of("retrying the command is safe, even if the change was made"));

        assertThat(BackendClient.ofChange(new OtaFailure.OutcomeUnknown(details, Option.some("token"))))
                .isEqualTo(new OtaFailure.OutcomeUnknown(withAdvice, Option.some("token")));
        assertThat(BackendClient.ofChange(new OtaFailure.Unavailable(details)))
                .isEqualTo(new OtaFailure.Unavailable(withAdvice));
        assertThat(BackendClient.ofChange(new OtaFailure.UnreadableResponse(details)))
                .isEqualTo(new OtaFailure.UnreadableResponse(withAdvice));
    }

    @Test
    void adds_no_advice_to_a_rejected_change() {
        FailureDetails details = FailureDetails.of(ORIGIN, "Something happened", "Correct it");

        for (OtaFailure rejection : List.of(
                new OtaFailure.Rejected(details),
                new OtaFailure.NotFound(details),
                new OtaFailure.AccessDenied(details),
                new OtaFailure.RateLimited(details))) {
            assertThat(BackendClient.ofChange(rejection)).isSameAs(rejection);
        }
    }

    private static void respond(ServerSocket socket, String response) {
        while (true) {
            try (Socket client = socket.accept()) {
                client.getInputStream().read(new byte[8_192]);
                client.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static Either<OtaFailure, HttpResponse> send() {
        return send(SERVER.getRuntimeInfo().getHttpBaseUrl());
    }

    private static Either<OtaFailure, HttpResponse> send(String endpoint) {
        return send(HttpTransport.shared(), endpoint);
    }

    private static Either<OtaFailure, HttpResponse> send(CallOptions limits, BackendClient calls) {
        return calls.read(
                ORIGIN, call(HttpTransport.shared(), SERVER.getRuntimeInfo().getHttpBaseUrl(), limits), Either::right);
    }

    private static Either<OtaFailure, HttpResponse> send(HttpTransport transport, String endpoint) {
        return CALLS.read(ORIGIN, call(transport, endpoint, LIMITS), Either::right);
    }

    private static BackendClient calls(CallOptions limits) {
        return TestClients.client(limits);
    }

    private static PreparedRequest call(HttpTransport transport, String endpoint, CallOptions limits) {
        ConnectionSettings connection =
                new ConnectionSettings(Endpoint.parse(endpoint, false).get(), Option.none(), limits);
        return transport
                .retrofit(
                        connection,
                        request ->
                                request.newBuilder().header("X-Signed", "yes").build())
                .create(Api.class)
                .show();
    }

    private static void assertLate(OtaFailure failure, String deadline) {
        assertThat(failure).isInstanceOf(OtaFailure.DeadlineExceeded.class);
        assertThat(failure.summary()).contains("before the deadline of " + deadline);
        assertThat(failure.details().origin()).isEqualTo(ORIGIN);
    }

    private static void assertUnavailable(OtaFailure failure, String text) {
        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.summary()).contains(text);
        assertThat(failure.details().origin()).isEqualTo(ORIGIN);
    }

    private static void assertUnreadable(OtaFailure failure) {
        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).contains("too large: more than 1000 bytes");
    }
}
