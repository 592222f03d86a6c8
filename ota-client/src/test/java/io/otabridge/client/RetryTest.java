package io.otabridge.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.client.chain.Call;
import io.otabridge.client.chain.Chain;
import io.otabridge.client.chain.CircuitBreakerStep;
import io.otabridge.client.chain.Effect;
import io.otabridge.client.chain.Result;
import io.otabridge.client.chain.TransportStep;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.error.CallFailures;
import io.otabridge.client.error.ErrorRule;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.ratelimit.Priority;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.client.transport.RawServer;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.observation.BackendStatus;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;

/** How often a call is sent, over real sockets. Tests assert counts, never times. */
class RetryTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static final CallOptions WITH_BREAKER = new CallOptions(Duration.ofSeconds(30), 1_000, 0, true);

    /** Requests with a response from an interceptor, without a network. */
    private static final PreparedRequest SUCCEEDING = respondingWith(200);

    private static final PreparedRequest FAILING = respondingWith(503);

    private interface Api {
        @GET("/")
        PreparedRequest show();
    }

    @Test
    void retries_until_the_vendor_is_available() {
        respond(0, aResponse().withStatus(503));
        respond(1, aResponse().withStatus(500));
        respond(2, aResponse().withStatus(200));

        assertThat(read(calls(2)).isRight()).isTrue();
        assertThat(sent()).isEqualTo(3);
    }

    @Test
    void stops_after_the_maximum_number_of_retries() {
        always(aResponse().withStatus(503));

        assertThat(read(calls(2)).getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(sent()).isEqualTo(3);
    }

    @Test
    void sends_once_without_retries() {
        always(aResponse().withStatus(503));

        read(calls(0));

        assertThat(sent()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404})
    void sends_once_if_a_retry_does_not_help(int status) {
        always(aResponse().withStatus(status));

        assertThat(read(calls(5)).isLeft()).isTrue();
        assertThat(sent()).isEqualTo(1);
    }

    @Test
    void waits_for_the_retry_after_of_the_vendor() {
        respond(0, aResponse().withStatus(429).withHeader("Retry-After", "1"));
        respond(1, aResponse().withStatus(200));

        assertThat(read(calls(2)).isRight()).isTrue();
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void does_not_start_a_delay_that_passes_the_deadline() {
        always(aResponse().withStatus(429).withHeader("Retry-After", "3600"));

        OtaFailure failure = read(calls(5)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.RateLimited.class);
        assertThat(failure.retryAfter()).isEqualTo(Option.some(Duration.ofHours(1)));
        assertThat(sent()).isEqualTo(1);
    }

    @Test
    void does_not_start_a_delay_that_overflows_nanoseconds() {
        always(aResponse().withStatus(429).withHeader("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"));

        assertThat(read(calls(5)).getLeft()).isInstanceOf(OtaFailure.RateLimited.class);
        assertThat(sent()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"503, 1", "500, 1", "502, 1", "429, 3", "403, 1"})
    void retries_a_change_only_after_throttling(int status, int expected) {
        always(aResponse().withStatus(status));

        change(calls(2));

        assertThat(sent()).isEqualTo(expected);
    }

    @Test
    void retries_a_deletion_like_a_read() {
        respond(0, aResponse().withStatus(503));
        respond(1, aResponse().withStatus(200));
        BackendClient calls = calls(2);

        assertThat(delete(calls)).contains(DeleteResult.DELETED);
        assertThat(sent()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"503, NOT_FOUND_AFTER_RETRY", "429, NOT_FOUND"})
    void returns_not_found_after_retry_if_an_earlier_attempt_may_have_deleted(int first, DeleteResult expected) {
        respond(0, aResponse().withStatus(first));
        respond(1, aResponse().withStatus(404));

        assertThat(delete(calls(2))).contains(expected);
        assertThat(sent()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 403})
    void a_deletion_with_a_lost_response_has_an_unknown_outcome_although_its_retry_failed(int status) {
        respond(0, aResponse().withFault(Fault.EMPTY_RESPONSE));
        respond(1, aResponse().withStatus(status));

        assertThat(delete(calls(1)).getLeft()).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void an_attempt_without_a_connection_cannot_have_succeeded() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        Call<HttpResponse> unsent =
                TestBackendClients.call(Effect.IDEMPOTENT_CHANGE, "http://127.0.0.1:" + closed, Duration.ofSeconds(10));

        assertThat(sent(unsent).outcome().isLeft()).isTrue();
        assertThat(unsent.mayHaveSucceeded()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "400, in-use, true, NOT_FOUND",
        "400, in-use, false, ",
        "400, , true, ",
        "403, in-use, true, ",
        "503, in-use, true, "
    })
    void looks_up_the_thing_after_a_rejected_deletion(
            int status, @Nullable String code, boolean isGone, @Nullable DeleteResult expected) {
        always(aResponse().withStatus(status));
        BackendClient calls = calls(0);

        Either<OtaFailure, DeleteResult> deletion = rejected(calls, code, isGone);

        assertThat(deletion.toOption()).isEqualTo(Option.of(expected));
    }

    @Test
    void looks_up_the_thing_if_the_retry_of_a_deletion_with_a_lost_response_is_rejected() {
        respond(0, aResponse().withFault(Fault.EMPTY_RESPONSE));
        respond(1, aResponse().withStatus(400));

        assertThat(rejected(calls(1), "unknown-id", true)).contains(DeleteResult.NOT_FOUND_AFTER_RETRY);
        assertThat(sent()).isEqualTo(2);
    }

    private static Either<OtaFailure, DeleteResult> rejected(
            BackendClient calls, @Nullable String code, boolean isGone) {
        return calls.delete(
                origin(calls),
                call(),
                response -> Either.left(calls.toFailure(
                        ErrorRule.byStatus(response.status()),
                        origin(calls),
                        Message.of("it"),
                        response,
                        VendorError.of(Option.of(code), Option.none(), Option.none(), calls.redactor()))),
                () -> isGone);
    }

    @Test
    void limits_retries_to_a_tenth_of_the_calls_during_a_long_outage() {
        always(aResponse().withStatus(503));
        BackendClient calls = calls(2);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List.range(0, 200)
                    .map(i -> CompletableFuture.runAsync(() -> delete(calls), threads))
                    .forEach(CompletableFuture::join);
        } finally {
            threads.shutdownNow();
        }

        // The budget starts with ten retries.
        assertThat(sent()).isBetween(200, 200 + 20 + 10);
    }

    @Test
    void opens_the_circuit_breaker_after_too_many_failures() {
        always(aResponse().withStatus(503));
        BackendClient calls = calls(WITH_BREAKER, Clock.systemUTC());

        List.range(0, 20).forEach(i -> read(calls));
        OtaFailure failure = read(calls).getLeft();

        assertThat(sent()).isEqualTo(20);
        assertThat(failure).isInstanceOf(OtaFailure.CircuitOpen.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.summary()).contains("circuit breaker", "nothing was sent");
        assertThat(failure.retryAfter().get()).isBetween(Duration.ZERO, Duration.ofSeconds(5));
    }

    @Test
    void does_not_open_the_circuit_breaker_for_errors_of_the_caller() {
        always(aResponse().withStatus(404));
        BackendClient calls = calls(WITH_BREAKER, Clock.systemUTC());

        List.range(0, 30).forEach(i -> read(calls));

        assertThat(sent()).isEqualTo(30);
    }

    @Test
    void does_not_open_the_circuit_breaker_for_shorter_timeouts() throws IOException {
        always(aResponse().withStatus(200));
        BackendClient calls = calls(WITH_BREAKER, Clock.systemUTC());
        try (ServerSocket silent = silent()) {
            BackendClient withShortTimeout = calls.withTimeout(Duration.ofMillis(20));

            List.range(0, 20).forEach(i -> withShortTimeout.read(origin(calls), call(silent), decoder(calls)));
        }

        assertThat(read(calls).isRight()).isTrue();
    }

    @Test
    void does_not_open_the_circuit_breaker_for_requests_with_little_time() throws IOException {
        CircuitBreakerStep breaker = new CircuitBreakerStep(WITH_BREAKER);
        try (ServerSocket silent = silent()) {
            PreparedRequest call = call(silent);

            List.range(0, 20).forEach(i -> run(breaker, newCall(call, Duration.ofSeconds(30), Duration.ofMillis(20))));
        }

        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.CLOSED);
    }

    @Test
    void opens_the_circuit_breaker_after_too_many_timeouts() throws IOException {
        Duration timeout = Duration.ofMillis(20);
        CircuitBreakerStep breaker = new CircuitBreakerStep(new CallOptions(timeout, 1_000, 0, true));
        try (ServerSocket silent = silent()) {
            PreparedRequest call = call(silent);

            // A call that runs out of time before it is sent does not count.
            for (int i = 0; i < 200 && breaker.state() == BackendStatus.Circuit.CLOSED; i++) {
                run(breaker, newCall(call, timeout, timeout));
            }
        }

        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.OPEN);
    }

    @Test
    void closes_the_circuit_breaker_when_the_vendor_responds() {
        CircuitBreakerStep breaker = opened();
        always(aResponse().withStatus(404));

        run(breaker, newCall());

        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.CLOSED);
    }

    @Test
    void reopens_the_circuit_breaker_when_the_trial_fails() {
        CircuitBreakerStep breaker = opened();

        run(breaker, newCall());

        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.OPEN);
    }

    @Test
    void does_not_record_an_interrupt() {
        CircuitBreakerStep breaker = opened();

        Thread.currentThread().interrupt();
        run(breaker, newCall());

        assertThat(Thread.interrupted()).isTrue();
        assertHalfOpen(breaker);
    }

    @Test
    void does_not_record_a_call_without_a_permit() {
        CircuitBreakerStep breaker = opened();

        run(breaker, newCall(), RetryTest::noPermit);

        assertHalfOpen(breaker);
    }

    @Test
    void does_not_record_a_failure_of_the_credential_issuer() {
        CircuitBreakerStep breaker = opened();
        FailureDetails noToken = FailureDetails.of(TestBackendClients.ORIGIN, "No token", "Wait");

        run(breaker, newCall(), () -> Result.notSent(new OtaFailure.Unavailable(noToken.withRetry(Option.none()))));

        assertHalfOpen(breaker);
    }

    @Test
    void does_not_record_an_exception() {
        CircuitBreakerStep breaker = opened();

        assertThatThrownBy(() -> run(breaker, newCall(), () -> {
                    throw new IllegalStateException("mistake");
                }))
                .hasMessage("mistake");

        assertHalfOpen(breaker);
    }

    @Test
    void permits_one_trial_at_a_time_when_older_calls_end() {
        always(aResponse().withStatus(503));
        CircuitBreakerStep breaker = new CircuitBreakerStep(WITH_BREAKER, Duration.ZERO);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        CompletableFuture<Void> older = CompletableFuture.runAsync(() -> run(breaker, newCall(), () -> {
            started.countDown();
            await(finish);
            return noPermit();
        }));
        await(started);
        List.range(0, 20).forEach(i -> run(breaker, newCall()));
        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.OPEN);
        AtomicInteger others = new AtomicInteger();

        run(breaker, newCall(), () -> {
            finish.countDown();
            older.join();
            run(breaker, newCall(), () -> {
                others.incrementAndGet();
                return noPermit();
            });
            return noPermit();
        });

        assertThat(others).hasValue(0);
        assertHalfOpen(breaker);
    }

    @Test
    void closes_on_a_response_that_arrives_while_a_trial_is_released() {
        CircuitBreakerStep breaker = new CircuitBreakerStep(WITH_BREAKER, Duration.ZERO);
        for (int round = 0; round < 60; round++) {
            CountDownLatch started = new CountDownLatch(1);
            AtomicBoolean isTrialStarted = new AtomicBoolean();
            Call<HttpResponse> older = newCall(SUCCEEDING);
            CompletableFuture<Void> responding = CompletableFuture.runAsync(() -> run(breaker, older, () -> {
                started.countDown();
                Result<HttpResponse> response = sent(older);
                while (!isTrialStarted.get()) {
                    Thread.onSpinWait();
                }
                return response;
            }));
            await(started);
            List.range(0, 20).forEach(i -> run(breaker, newCall(FAILING)));

            run(breaker, newCall(), () -> {
                isTrialStarted.set(true);
                return noPermit();
            });
            responding.join();

            assertThat(breaker.state()).as("round %s", round).isEqualTo(BackendStatus.Circuit.CLOSED);
        }
    }

    private static Result<HttpResponse> noPermit() {
        return Result.notSent(CallFailures.noPermit(TestBackendClients.ORIGIN, Duration.ofSeconds(1)));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertHalfOpen(CircuitBreakerStep breaker) {
        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.HALF_OPEN);
        always(aResponse().withStatus(200));
        run(breaker, newCall());
        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.CLOSED);
    }

    /** A circuit breaker that has opened and permits a trial at once. */
    private static CircuitBreakerStep opened() {
        always(aResponse().withStatus(503));
        CircuitBreakerStep breaker = new CircuitBreakerStep(WITH_BREAKER, Duration.ZERO);
        List.range(0, 20).forEach(i -> run(breaker, newCall()));
        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.OPEN);
        return breaker;
    }

    private static void run(CircuitBreakerStep breaker, Call<HttpResponse> call) {
        run(breaker, call, () -> sent(call));
    }

    private static void run(
            CircuitBreakerStep breaker, Call<HttpResponse> call, Supplier<Result<HttpResponse>> request) {
        Chain.of(java.util.List.of(breaker, TestBackendClients.last(request))).proceed(call);
    }

    private static Result<HttpResponse> sent(Call<HttpResponse> call) {
        return Chain.of(java.util.List.of(new TransportStep(Redactor.hiding(List.empty()), true)))
                .proceed(call);
    }

    private static Call<HttpResponse> newCall() {
        return newCall(Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    private static Call<HttpResponse> newCall(PreparedRequest request) {
        return newCall(request, Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    private static Call<HttpResponse> newCall(Duration timeout, Duration remaining) {
        return newCall(call(), timeout, remaining);
    }

    private static Call<HttpResponse> newCall(PreparedRequest request, Duration timeout, Duration remaining) {
        BackendClient calls = calls(0);
        return Call.until(
                System.nanoTime() + remaining.toNanos(),
                origin(calls),
                Effect.READ,
                Priority.INTERACTIVE,
                request,
                decoder(calls),
                timeout);
    }

    @Test
    void adopts_the_vendors_time_if_its_clock_is_wrong() {
        respond(0, aResponse().withStatus(401).withHeader("Date", http(NOW.plusSeconds(7_200))));
        respond(1, aResponse().withStatus(200));
        BackendClient calls = calls(CallOptions.defaults(), Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(change(calls).isRight()).isTrue();

        assertThat(sent()).isEqualTo(2);
        assertThat(calls.clock().instant()).isEqualTo(NOW.plusSeconds(7_200));
    }

    @Test
    void retries_only_once_because_of_clock_skew() {
        always(aResponse().withStatus(401).withHeader("Date", http(NOW.plusSeconds(7_200))));
        BackendClient calls = calls(CallOptions.defaults(), Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(read(calls).getLeft()).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(sent()).isEqualTo(2);

        read(calls);
        assertThat(sent()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sun, 01 Mar 2026 08:00:59 GMT", "soon", ""})
    void keeps_its_clock_without_a_valid_date_or_a_significant_difference(String date) {
        always(aResponse().withStatus(401).withHeader("Date", date));
        BackendClient calls = calls(CallOptions.defaults(), Clock.fixed(NOW, ZoneOffset.UTC));

        read(calls);

        assertThat(sent()).isEqualTo(1);
        assertThat(calls.clock().instant()).isEqualTo(NOW);
    }

    @Test
    void an_interrupt_ends_the_delay_before_a_retry() {
        always(aResponse().withStatus(429).withHeader("Retry-After", "5"));
        BackendClient calls = calls(2);

        Either<OtaFailure, HttpResponse> outcome = calls.read(origin(calls), call(), response -> {
            Thread.currentThread().interrupt();
            return decoder(calls).apply(response);
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome.getLeft()).isInstanceOf(OtaFailure.Cancelled.class);
        assertThat(outcome.getLeft().isRetryable()).isFalse();
        assertThat(sent()).isEqualTo(1);
    }

    @Test
    void an_interrupt_ends_a_call_at_once() throws IOException, InterruptedException {
        AtomicReference<Either<OtaFailure, HttpResponse>> outcome = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>(false);
        CallOptions limits = new CallOptions(Duration.ofMinutes(10), 1_000, 2, true);
        BackendClient calls = calls(limits, Clock.systemUTC());
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PreparedRequest call = call("http://127.0.0.1:" + silent.getLocalPort(), limits);
            Thread caller = new Thread(() -> {
                outcome.set(calls.read(origin(calls), call, decoder(calls)));
                flag.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.getInputStream().read()).isPositive();
                caller.interrupt();
                caller.join(TimeUnit.MINUTES.toMillis(1));
                assertThat(caller.isAlive())
                        .as("still waiting for the response")
                        .isFalse();
            }
        }

        assertThat(outcome.get().getLeft()).isInstanceOf(OtaFailure.Cancelled.class);
        assertThat(outcome.get().getLeft().summary()).contains("interrupted");
        assertThat(flag.get()).isTrue();
    }

    @Test
    void retries_a_coalesced_read_once_for_all_callers() throws IOException {
        CallOptions limits = new CallOptions(Duration.ofMinutes(5), 1_000, 2, true);
        BackendClient calls = calls(limits, Clock.systemUTC());
        try (ServerSocket vendor = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            vendor.setSoTimeout((int) TimeUnit.MINUTES.toMillis(1));
            ConcurrentCallers<Either<OtaFailure, HttpResponse>> callers = callers(calls, limits, vendor);
            loseResponse(vendor, callers);
            try (Socket retry = vendor.accept()) {
                assertThat(retry.getInputStream().read()).isPositive();
                retry.getOutputStream().write(RawServer.ok().getBytes(StandardCharsets.US_ASCII));
                assertThat(callers.results()).allMatch(Either::isRight);
            }
        }
    }

    @Test
    void records_one_outage_for_all_coalesced_callers() throws IOException {
        always(aResponse().withStatus(200));
        CallOptions limits = new CallOptions(Duration.ofMinutes(5), 1_000, 0, true);
        BackendClient calls = calls(limits, Clock.systemUTC());
        try (ServerSocket vendor = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            vendor.setSoTimeout((int) TimeUnit.MINUTES.toMillis(1));
            ConcurrentCallers<Either<OtaFailure, HttpResponse>> callers = callers(calls, limits, vendor);
            loseResponse(vendor, callers);

            assertThat(callers.results()).allMatch(Either::isLeft);
        }

        assertThat(read(calls).isRight()).isTrue();
    }

    /** More callers than the failures that open the circuit breaker. */
    private static ConcurrentCallers<Either<OtaFailure, HttpResponse>> callers(
            BackendClient calls, CallOptions limits, ServerSocket vendor) {
        PreparedRequest call = call("http://127.0.0.1:" + vendor.getLocalPort(), limits);
        return ConcurrentCallers.of(24, () -> calls.read(origin(calls), call, decoder(calls)));
    }

    /** Loses the one response that all callers wait for. */
    private static void loseResponse(ServerSocket vendor, ConcurrentCallers<?> callers) throws IOException {
        try (Socket accepted = vendor.accept()) {
            assertThat(accepted.getInputStream().read()).isPositive();
            callers.whenWaiting(23);
        }
    }

    private static BackendClient calls(int retries) {
        return calls(new CallOptions(Duration.ofSeconds(30), 1_000, retries, false), Clock.systemUTC());
    }

    private static BackendClient calls(CallOptions limits, Clock clock) {
        return TestClients.client(limits, BackendContext.system().withClock(clock));
    }

    private static OperationContext origin(BackendClient calls) {
        return calls.contextOf("Show");
    }

    private static Either<OtaFailure, HttpResponse> read(BackendClient calls) {
        return calls.read(origin(calls), call(), decoder(calls));
    }

    private static Either<OtaFailure, DeleteResult> delete(BackendClient calls) {
        return calls.delete(origin(calls), call(), response -> deleted(calls, response), () -> false);
    }

    private static Either<OtaFailure, DeleteResult> deleted(BackendClient calls, HttpResponse response) {
        return response.status() == 404
                ? Either.right(DeleteResult.NOT_FOUND)
                : decoder(calls).apply(response).map(done -> DeleteResult.DELETED);
    }

    private static Either<OtaFailure, HttpResponse> change(BackendClient calls) {
        return calls.change(origin(calls), call(), decoder(calls));
    }

    private static Function<HttpResponse, Either<OtaFailure, HttpResponse>> decoder(BackendClient calls) {
        return response -> {
            ErrorRule rule = ErrorRule.byStatus(response.status());
            return response.isSuccess()
                    ? Either.right(response)
                    : Either.left(calls.toFailure(
                            response.status() == 401 ? rule.orClockSkew() : rule,
                            origin(calls),
                            Message.of("it"),
                            response,
                            VendorError.ofUnreadable(response, Option.none(), calls.redactor())));
        };
    }

    /**
     * Accepts connections and never responds. A separate server, so that its requests are not counted in other tests.
     */
    private static ServerSocket silent() throws IOException {
        return new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    }

    private static PreparedRequest call(ServerSocket vendor) {
        return call("http://127.0.0.1:" + vendor.getLocalPort(), WITH_BREAKER);
    }

    private static PreparedRequest respondingWith(int status) {
        OkHttpClient client = new OkHttpClient.Builder()
                .addInterceptor(chain -> new Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(status)
                        .message("")
                        .build())
                .build();
        return call(HttpTransport.over(client), "http://127.0.0.1:1", WITH_BREAKER);
    }

    private static PreparedRequest call() {
        return call(SERVER.baseUrl(), CallOptions.defaults());
    }

    private static PreparedRequest call(String endpoint, CallOptions limits) {
        return call(HttpTransport.shared(), endpoint, limits);
    }

    private static PreparedRequest call(HttpTransport transport, String endpoint, CallOptions limits) {
        ConnectionSettings connection =
                new ConnectionSettings(Endpoint.parse(endpoint, false).get(), Option.none(), limits);
        return transport
                .retrofit(connection, request -> request)
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

    private static int sent() {
        return SERVER.getAllServeEvents().size();
    }

    private static String http(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }
}
