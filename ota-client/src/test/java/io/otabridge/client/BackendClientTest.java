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
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.client.transport.TestCertificates;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
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

/** From a call to an answer or a failure, over real sockets. */
class BackendClientTest {

    private static final int MAX_BYTES = 1_000;
    private static final CallOptions LIMITS = new CallOptions(Duration.ofSeconds(30), MAX_BYTES, 0, false);
    private static final CallOptions HURRIED = new CallOptions(Duration.ofSeconds(1), MAX_BYTES, 0, false);
    private static final BackendClient CALLS = calls(LIMITS);
    private static final OperationContext ORIGIN = CALLS.origin("Show");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().dynamicHttpsPort())
            .build();

    @RegisterExtension
    static final WireMockExtension ELSEWHERE = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    interface Api {
        @GET("thing")
        PreparedRequest show();
    }

    @Test
    void answers_with_status_headers_and_body() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("text").withHeader("X-Id", " 7 ")));

        HttpResponse answer = send().get();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.header("x-id")).contains("7");
        assertThat(new String(answer.body())).isEqualTo("text");
    }

    @Test
    void answers_with_the_body_of_an_error() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404).withBody("gone")));

        HttpResponse answer = send().get();

        assertThat(answer.isSuccess()).isFalse();
        assertThat(new String(answer.body())).isEqualTo("gone");
    }

    @Test
    void reads_as_much_as_is_allowed() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("x".repeat(MAX_BYTES))));

        assertThat(send().get().body()).hasSize(MAX_BYTES);
    }

    @Test
    void stops_reading_one_byte_later() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("x".repeat(MAX_BYTES + 1))));

        assertUnreadable(send().getLeft());
    }

    @Test
    void stops_reading_an_oversized_error_too() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500).withBody("x".repeat(MAX_BYTES + 1))));

        assertUnreadable(send().getLeft());
    }

    @Test
    void stops_unpacking_a_compressed_flood() throws IOException {
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
                .willReturn(aResponse().withStatus(307).withHeader("Location", ELSEWHERE.baseUrl() + "/thing")));

        OtaFailure failure = send().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.status()).contains(307);
        assertThat(failure.summary())
                .isEqualTo("Backend prod was redirected by localhost:" + SERVER.getPort() + " to " + ELSEWHERE.baseUrl()
                        + "/thing");
        ELSEWHERE.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void shows_an_ipv6_address_in_brackets() {
        // Nobody listens at this port.
        OtaFailure failure = send(HttpTransport.shared(), "http://[::1]:1").getLeft();

        assertThat(failure.summary()).contains(" to [::1]:1: ").doesNotContain("0:0:0:0");
    }

    @Test
    void says_that_nobody_listens() throws IOException {
        // A port that is taken, so that nobody else comes to listen to it.
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));

            OtaFailure failure =
                    send("http://127.0.0.1:" + taken.getLocalPort()).getLeft();

            assertUnavailable(failure, "Backend prod got no connection to 127.0.0.1:" + taken.getLocalPort());
            assertThat(failure.isRetryable()).isTrue();
        }
    }

    @Test
    void says_that_a_host_is_not_known() {
        assertUnavailable(send("https://no-such-host.invalid").getLeft(), "no-such-host.invalid is not known");
    }

    @Test
    void refuses_a_certificate_that_nobody_vouches_for() {
        OtaFailure failure = send("https://localhost:" + SERVER.getRuntimeInfo().getHttpsPort())
                .getLeft();

        assertUnavailable(failure, "no safe connection");
        assertThat(failure.isRetryable()).isFalse();
    }

    @Test
    void connects_once_for_many_callers_if_the_certificate_is_not_trusted(@TempDir Path scratch) throws Exception {
        CallOptions patient = new CallOptions(Duration.ofMinutes(1), MAX_BYTES, 2, true);
        BackendClient calls = calls(patient);
        AtomicInteger connections = new AtomicInteger();
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch allWait = new CountDownLatch(1);
        try (ServerSocket server = TestCertificates.in(scratch)
                .of("untrusted", "-5d", 365, "localhost")
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread handshakes = new Thread(() -> {
                while (!server.isClosed()) {
                    try (SSLSocket client = (SSLSocket) server.accept()) {
                        connections.incrementAndGet();
                        connected.countDown();
                        allWait.await();
                        client.startHandshake();
                    } catch (IOException | InterruptedException refused) {
                        // The next one, or the test is over.
                    }
                }
            });
            handshakes.setDaemon(true);
            handshakes.start();
            PreparedRequest request =
                    call(HttpTransport.shared(), "https://127.0.0.1:" + server.getLocalPort(), patient);
            ConcurrentCallers<Either<OtaFailure, HttpResponse>> callers =
                    ConcurrentCallers.of(32, () -> calls.ask(ORIGIN, request, Either::right));
            connected.await();
            callers.whenWaiting(31);
            allWait.countDown();

            List<OtaFailure> failures = callers.answers().map(Either::getLeft);

            assertThat(failures).hasSize(32).allMatch(failure -> failure == failures.head());
            assertUnavailable(failures.head(), "no safe connection");
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void gives_up_at_the_deadline_before_the_answer() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("late").withFixedDelay(60_000)));

        OtaFailure failure = send(HURRIED, calls(HURRIED)).getLeft();

        assertLate(failure, 1000);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void gives_up_at_the_deadline_within_the_body() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("slow".repeat(100)).withChunkedDribbleDelay(100, 60_000)));

        assertLate(send(HURRIED, calls(HURRIED)).getLeft(), 1000);
    }

    @Test
    void gives_up_at_the_deadline_of_one_call() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok().withFixedDelay(1_500)));

        OtaFailure failure = send(LIMITS, CALLS.within(Duration.ofMillis(300))).getLeft();

        assertLate(failure, 300);
        assertThat(send().isRight()).isTrue();
    }

    @Test
    void waits_longer_than_usual_for_one_call() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("late").withFixedDelay(1_500)));

        assertThat(send(HURRIED, calls(HURRIED).within(Duration.ofSeconds(60))).isRight())
                .isTrue();
    }

    @Test
    void takes_any_length_of_time_for_a_deadline() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("text")));

        assertThat(send(HURRIED, calls(HURRIED).within(Duration.ofSeconds(Long.MAX_VALUE)))
                        .isRight())
                .isTrue();
    }

    @Test
    void says_that_the_connection_broke_before_the_answer() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertUnavailable(send().getLeft(), "lost its connection");
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

    static Stream<Arguments> answersThatAreNoHttp() {
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

    /** Where the HTTP client is lenient, there is an answer without a body. */
    @ParameterizedTest
    @MethodSource("answersThatAreNoHttp")
    void throws_nothing_for_what_is_no_http(String answer, boolean lenient) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerRaw(socket, answer));
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
    void says_that_the_body_broke_off() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerRaw(socket, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf"));
            server.setDaemon(true);
            server.start();

            OtaFailure failure =
                    send("http://127.0.0.1:" + socket.getLocalPort()).getLeft();

            assertUnavailable(failure, "lost its connection");
            assertThat(failure.isRetryable()).isTrue();
        }
    }

    @Test
    void tells_no_word_of_an_exception_in_the_client() {
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
    void asks_anew_although_the_applications_client_has_a_cache(@TempDir Path folder) {
        OkHttpClient caching = new OkHttpClient.Builder()
                .cache(new Cache(folder.toFile(), 1_000_000))
                .build();
        SERVER.stubFor(any(anyUrl()).willReturn(ok("text").withHeader("Cache-Control", "public, max-age=600")));

        send(HttpTransport.over(caching), SERVER.getRuntimeInfo().getHttpBaseUrl());
        send(HttpTransport.over(caching), SERVER.getRuntimeInfo().getHttpBaseUrl());

        SERVER.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void signs_each_request_on_the_network() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("text")));

        send();

        SERVER.verify(anyRequestedFor(anyUrl()).withHeader("X-Signed", equalTo("yes")));
    }

    @Test
    void uses_the_client_that_an_application_hands_in() {
        AtomicInteger seen = new AtomicInteger();
        OkHttpClient own = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    seen.incrementAndGet();
                    return chain.proceed(chain.request());
                })
                .followRedirects(true)
                .build();
        SERVER.stubFor(
                any(anyUrl()).willReturn(aResponse().withStatus(302).withHeader("Location", ELSEWHERE.baseUrl())));

        Either<OtaFailure, HttpResponse> answer =
                send(HttpTransport.over(own), SERVER.getRuntimeInfo().getHttpBaseUrl());

        assertThat(seen).hasValue(1);
        assertThat(answer.getLeft().status()).contains(302);
    }

    @Test
    void says_of_a_change_of_unknown_outcome_that_repeating_the_command_is_safe() {
        FailureDetails details =
                FailureDetails.of(ORIGIN, "Something happened", "Wait").withRetry(Option.none());
        FailureDetails open =
                details.withMoreAdvice(Message.of("repeating the command is safe, even if the change was made"));

        assertThat(BackendClient.ofChange(new OtaFailure.OutcomeUnknown(details, Option.some("token"))))
                .isEqualTo(new OtaFailure.OutcomeUnknown(open, Option.some("token")));
        assertThat(BackendClient.ofChange(new OtaFailure.Unavailable(details)))
                .isEqualTo(new OtaFailure.Unavailable(open));
        assertThat(BackendClient.ofChange(new OtaFailure.UnreadableResponse(details)))
                .isEqualTo(new OtaFailure.UnreadableResponse(open));
    }

    @Test
    void says_nothing_more_of_a_change_that_was_refused() {
        FailureDetails details = FailureDetails.of(ORIGIN, "Something happened", "Mend it");

        for (OtaFailure refusal : List.of(
                new OtaFailure.Rejected(details),
                new OtaFailure.NotFound(details),
                new OtaFailure.AccessDenied(details),
                new OtaFailure.RateLimited(details))) {
            assertThat(BackendClient.ofChange(refusal)).isSameAs(refusal);
        }
    }

    private static void answerRaw(ServerSocket socket, String answer) {
        while (true) {
            try (Socket client = socket.accept()) {
                client.getInputStream().read(new byte[8_192]);
                client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
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
        return calls.ask(
                ORIGIN, call(HttpTransport.shared(), SERVER.getRuntimeInfo().getHttpBaseUrl(), limits), Either::right);
    }

    private static Either<OtaFailure, HttpResponse> send(HttpTransport transport, String endpoint) {
        return CALLS.ask(ORIGIN, call(transport, endpoint, LIMITS), Either::right);
    }

    private static BackendClient calls(CallOptions limits) {
        return new BackendClient(
                "prod",
                Vendor.of("acme"),
                Redactor.hiding(List.empty()),
                BackendContext.system(),
                limits,
                Option.none());
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

    private static void assertLate(OtaFailure failure, int millis) {
        assertThat(failure).isInstanceOf(OtaFailure.DeadlineExceeded.class);
        assertThat(failure.summary()).contains("before the deadline of " + millis + " ms");
        assertThat(failure.details().origin()).isEqualTo(ORIGIN);
    }

    private static void assertUnavailable(OtaFailure failure, String words) {
        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.summary()).contains(words);
        assertThat(failure.details().origin()).isEqualTo(ORIGIN);
    }

    private static void assertUnreadable(OtaFailure failure) {
        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).contains("too large: more than 1000 bytes");
    }
}
