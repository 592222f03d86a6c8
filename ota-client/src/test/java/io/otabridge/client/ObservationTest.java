package io.otabridge.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.error.ErrorRule;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.QuotaUsage;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.client.ratelimit.RateLimiter;
import io.otabridge.client.ratelimit.RateLimits;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.client.transport.RequestSigner;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.BackendStatus;
import io.otabridge.domain.observation.CallObservation;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import retrofit2.http.GET;

/** What an application learns about calls: from its observer and in the log. */
class ObservationTest {

    private static final String SECRET = "s3cr3t-s3cr3t";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private interface Api {
        @GET("/")
        PreparedRequest show();
    }

    @Test
    void reports_the_start_the_request_and_the_end_of_a_call() {
        always(aResponse().withStatus(200));
        Recorder recorder = new Recorder();

        read(recorder, limits(2, true));

        assertThat(recorder.events).containsExactly("opened prod", "started Show", "sent", "ended");
    }

    @Test
    void reports_every_retry_and_the_failure() {
        always(aResponse().withStatus(503));
        Recorder recorder = new Recorder();

        read(recorder, limits(2, true));

        assertThat(recorder.events)
                .containsExactly("opened prod", "started Show", "sent", "sent", "sent", "ended Unavailable");
    }

    @Test
    void reports_a_call_that_succeeds_after_a_retry() {
        respond(0, aResponse().withStatus(503));
        respond(1, aResponse().withStatus(200));
        Recorder recorder = new Recorder();

        read(recorder, limits(2, true));

        assertThat(recorder.events).containsExactly("opened prod", "started Show", "sent", "sent", "ended");
    }

    @Test
    void reports_throttling() {
        respond(0, aResponse().withStatus(429).withHeader("Retry-After", "0"));
        respond(1, aResponse().withStatus(200));
        Recorder recorder = new Recorder();

        read(recorder, limits(2, true));

        assertThat(recorder.events)
                .containsExactly("opened prod", "started Show", "sent", "throttled", "sent", "ended");
    }

    @Test
    void reports_throttling_once_for_coalesced_reads() throws IOException {
        Recorder recorder = new Recorder();
        RateLimits table = RateLimits.perOperation(Rate.perSecond(1_000));
        AccountLimiter quota = RateLimiter.shared().account("acme:" + System.nanoTime(), table);
        BackendClient calls = calls(recorder, limits(0, true), Option.some(quota));
        try (ServerSocket vendor = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            PreparedRequest call = call("http://127.0.0.1:" + vendor.getLocalPort(), request -> request);
            ConcurrentCallers<?> callers =
                    ConcurrentCallers.of(8, () -> calls.read(calls.contextOf("Show"), call, decoder(calls)));
            try (Socket accepted = vendor.accept()) {
                assertThat(accepted.getInputStream().read()).isPositive();
                callers.whenWaiting(7);
                accepted.getOutputStream()
                        .write("HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                callers.results();
            }
        }

        assertThat(recorder.events).containsOnlyOnce("sent", "throttled");
        assertThat(recorder.events).filteredOn("ended RateLimited"::equals).hasSize(8);
        assertThat(quota.usage().map(QuotaUsage::throttled)).containsExactly(1L);
    }

    @Test
    void reports_neither_a_request_nor_throttling_without_a_permit() {
        always(aResponse().withStatus(200));
        Recorder recorder = new Recorder();
        RateLimits table = RateLimits.perOperation(Rate.perSecond(0.01));
        BackendClient calls = calls(
                recorder,
                limits(0, false),
                Option.some(RateLimiter.shared().account("acme:" + System.nanoTime(), table)));

        read(calls);
        read(calls);

        assertThat(recorder.events)
                .containsExactly("opened prod", "started Show", "sent", "ended", "started Show", "ended RateLimited");
        assertThat(recorder.state().quotaUsage("Show")).isNotEmpty();
    }

    @Test
    void reports_an_exception_of_the_decoder() {
        always(aResponse().withStatus(200));
        Recorder recorder = new Recorder();
        BackendClient calls = calls(recorder, limits(0, true), Option.none());

        assertThatThrownBy(() -> calls.read(calls.contextOf("Show"), call(), response -> {
                    throw new IllegalStateException("mistake");
                }))
                .hasMessage("mistake");

        assertThat(recorder.events).endsWith("sent", "broken IllegalStateException");
    }

    @Test
    void reports_no_exception_of_the_call_if_the_observer_throws_at_its_end() {
        always(aResponse().withStatus(200));
        Recorder recorder = new Recorder();
        recorder.throwsAtEnd = true;

        assertThatThrownBy(() -> read(recorder, limits(0, true))).hasMessage("observer");

        assertThat(recorder.events).endsWith("sent", "ended");
    }

    @Test
    void reports_an_open_circuit_breaker() {
        always(aResponse().withStatus(503));
        Recorder recorder = new Recorder();
        BackendClient calls = calls(recorder, limits(0, true), Option.none());
        assertThat(recorder.state().circuit()).isEqualTo(BackendStatus.Circuit.CLOSED);

        for (int i = 0; i < 20; i++) {
            read(calls);
        }

        assertThat(recorder.state().circuit()).isEqualTo(BackendStatus.Circuit.OPEN);
        assertThat(recorder.state().quotaUsage("Show")).isEmpty();
    }

    @Test
    void sends_the_observers_headers_with_every_attempt() {
        always(aResponse().withStatus(503));
        Recorder recorder = new Recorder();
        recorder.headers = Map.of("traceparent", TRACE);

        read(recorder, limits(1, true));

        SERVER.verify(2, anyRequestedFor(anyUrl()).withHeader("traceparent", equalTo(TRACE)));
    }

    @Test
    void does_not_sign_headers_of_the_observer() {
        always(aResponse().withStatus(200));
        Recorder recorder = new Recorder();
        recorder.headers = Map.of("traceparent", TRACE);
        BackendClient calls = calls(recorder, limits(0, true), Option.none());
        CopyOnWriteArrayList<String> signed = new CopyOnWriteArrayList<>();

        calls.read(
                calls.contextOf("Show"),
                call(request -> {
                    signed.addAll(request.headers().names());
                    return request;
                }),
                Either::right);

        assertThat(signed).isNotEmpty().doesNotContain("traceparent");
        SERVER.verify(1, anyRequestedFor(anyUrl()).withHeader("traceparent", equalTo(TRACE)));
    }

    @Test
    void does_not_let_an_observer_replace_a_header() {
        always(aResponse().withStatus(200));
        Recorder recorder = new Recorder();
        recorder.headers = Map.of("Authorization", "another's");
        BackendClient calls = calls(recorder, limits(0, true), Option.none());

        calls.read(
                calls.contextOf("Show"),
                call(request ->
                        request.newBuilder().header("Authorization", "ours").build()),
                Either::right);

        SERVER.verify(1, anyRequestedFor(anyUrl()).withHeader("Authorization", equalTo("ours")));
    }

    @Test
    void does_not_send_headers_of_an_earlier_call() {
        always(aResponse().withStatus(200));
        Recorder recorder = new Recorder();
        recorder.headers = Map.of("traceparent", TRACE);
        BackendClient calls = calls(recorder, limits(0, true), Option.none());
        read(calls);
        recorder.headers = Map.of();

        read(calls);

        SERVER.verify(1, anyRequestedFor(anyUrl()).withHeader("traceparent", equalTo(TRACE)));
        SERVER.verify(2, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @CsvSource({"401, AccessDenied", "400, Rejected", "429, RateLimited", "503, Unavailable", "302, UnreadableResponse"
    })
    void logs_one_line_for_a_failed_call(int status, String kind) {
        always(aResponse()
                .withStatus(status)
                .withHeader("X-Id", "r-17")
                .withBody("no, " + SECRET + " at https://host/file?Signature=abc"));

        String log = logOf(() -> read(new Recorder(), limits(1, true)));

        assertThat(log.lines().filter(line -> line.contains("WARN")))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line).contains("prod Show: " + kind, "status " + status, "request id r-17; ");
                    assertThat(line).containsPattern("request id r-17; [A-Z]\\w+ ");
                    assertThat(line).doesNotContain(SECRET, "Signature=abc");
                });
    }

    @Test
    void logs_nothing_for_a_call_that_succeeds_after_a_retry() {
        respond(0, aResponse().withStatus(503));
        respond(1, aResponse().withStatus(200));

        assertThat(logOf(() -> read(new Recorder(), limits(1, true)))).isEmpty();
    }

    @Test
    void does_not_warn_about_a_thing_that_does_not_exist() {
        always(aResponse().withStatus(404));

        assertThat(logOf(() -> read(new Recorder(), limits(1, true)))).isEmpty();
    }

    /** The log of an application with an SLF4J provider and no other configuration. */
    private static String logOf(Runnable task) {
        PrintStream original = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            task.run();
        } finally {
            System.setErr(original);
        }
        return written.toString(StandardCharsets.UTF_8);
    }

    /** Records the events that are reported. */
    private static final class Recorder implements BackendObserver {

        private final CopyOnWriteArrayList<String> events = new CopyOnWriteArrayList<>();
        private volatile Map<String, String> headers = Map.of();
        private volatile @Nullable BackendStatus state;
        private volatile boolean throwsAtEnd;

        BackendStatus state() {
            return Option.of(state).get();
        }

        @Override
        public void opened(String name, Vendor vendor, BackendStatus opened) {
            events.add("opened " + name);
            state = opened;
        }

        @Override
        public CallObservation started(OperationContext origin) {
            events.add("started " + origin.operation());
            return new CallObservation() {
                @Override
                public Map<String, String> headers() {
                    return headers;
                }

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
                    events.add("ended"
                            + failure.map(reported -> " " + reported.getClass().getSimpleName())
                                    .getOrElse(""));
                    if (throwsAtEnd) {
                        throw new IllegalStateException("observer");
                    }
                }

                @Override
                public void threw(Throwable mistake) {
                    events.add("broken " + mistake.getClass().getSimpleName());
                }
            };
        }
    }

    private static CallOptions limits(int retries, boolean hasBreaker) {
        return new CallOptions(Duration.ofSeconds(30), 1_000, retries, hasBreaker);
    }

    private static BackendClient calls(Recorder recorder, CallOptions limits, Option<AccountLimiter> quota) {
        return new BackendClient(
                "prod",
                Vendor.of("acme"),
                Redactor.hiding(List.of(SECRET)),
                BackendContext.system().withResource(BackendObserver.class, recorder),
                limits,
                quota);
    }

    private static void read(Recorder recorder, CallOptions limits) {
        read(calls(recorder, limits, Option.none()));
    }

    private static Either<OtaFailure, HttpResponse> read(BackendClient calls) {
        return calls.read(calls.contextOf("Show"), call(), decoder(calls));
    }

    private static Function<HttpResponse, Either<OtaFailure, HttpResponse>> decoder(BackendClient calls) {
        return response -> response.isSuccess()
                ? Either.right(response)
                : Either.left(calls.toFailure(
                        response.status() == 404
                                ? ErrorRule.notFound("Look elsewhere")
                                : ErrorRule.byStatus(response.status()),
                        calls.contextOf("Show"),
                        Message.of("it"),
                        response,
                        VendorError.ofUnreadable(response, response.header("X-Id"), calls.redactor())));
    }

    private static PreparedRequest call() {
        return call(request -> request);
    }

    private static PreparedRequest call(RequestSigner signer) {
        return call(SERVER.baseUrl(), signer);
    }

    private static PreparedRequest call(String endpoint, RequestSigner signer) {
        ConnectionSettings connection =
                new ConnectionSettings(Endpoint.parse(endpoint, false).get(), Option.none(), CallOptions.defaults());
        return HttpTransport.shared()
                .retrofit(connection, signer)
                .create(Api.class)
                .show();
    }

    private static void always(ResponseDefinitionBuilder response) {
        SERVER.stubFor(any(anyUrl()).willReturn(response));
    }

    /** The response to the request of this number, from 0. */
    private static void respond(int number, ResponseDefinitionBuilder response) {
        SERVER.stubFor(any(anyUrl())
                .inScenario("responses")
                .whenScenarioStateIs(number == 0 ? Scenario.STARTED : String.valueOf(number))
                .willSetStateTo(String.valueOf(number + 1))
                .willReturn(response));
    }
}
