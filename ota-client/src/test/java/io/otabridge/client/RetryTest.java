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
import io.otabridge.domain.Vendor;
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

/** How often a call is sent, over real sockets. Counts are asserted, never times. */
class RetryTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static final CallOptions WITH_BREAKER = new CallOptions(Duration.ofSeconds(30), 1_000, 0, true);

    /** Calls that are answered without a network. */
    private static final PreparedRequest ANSWERED = answered(200);

    private static final PreparedRequest FAILING = answered(503);

    private interface Api {
        @GET("/")
        PreparedRequest show();
    }

    @Test
    void asks_again_until_the_vendor_can_answer() {
        answer(0, aResponse().withStatus(503));
        answer(1, aResponse().withStatus(500));
        answer(2, aResponse().withStatus(200));

        assertThat(ask(calls(2)).isRight()).isTrue();
        assertThat(sent()).isEqualTo(3);
    }

    @Test
    void gives_up_after_as_many_repeats_as_it_may() {
        always(aResponse().withStatus(503));

        assertThat(ask(calls(2)).getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(sent()).isEqualTo(3);
    }

    @Test
    void asks_once_if_it_may_not_repeat() {
        always(aResponse().withStatus(503));

        ask(calls(0));

        assertThat(sent()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404})
    void asks_once_where_asking_again_does_not_help(int status) {
        always(aResponse().withStatus(status));

        assertThat(ask(calls(5)).isLeft()).isTrue();
        assertThat(sent()).isEqualTo(1);
    }

    @Test
    void waits_as_long_as_the_vendor_asks() {
        answer(0, aResponse().withStatus(429).withHeader("Retry-After", "1"));
        answer(1, aResponse().withStatus(200));

        assertThat(ask(calls(2)).isRight()).isTrue();
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void does_not_begin_a_wait_that_passes_the_deadline() {
        always(aResponse().withStatus(429).withHeader("Retry-After", "3600"));

        OtaFailure failure = ask(calls(5)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.RateLimited.class);
        assertThat(failure.retryAfter()).isEqualTo(Option.some(Duration.ofHours(1)));
        assertThat(sent()).isEqualTo(1);
    }

    @Test
    void does_not_begin_a_wait_longer_than_nanoseconds_can_count() {
        always(aResponse().withStatus(429).withHeader("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"));

        assertThat(ask(calls(5)).getLeft()).isInstanceOf(OtaFailure.RateLimited.class);
        assertThat(sent()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"503, 1", "500, 1", "502, 1", "429, 3", "403, 1"})
    void repeats_a_change_only_if_it_was_surely_not_made(int status, int expected) {
        always(aResponse().withStatus(status));

        change(calls(2));

        assertThat(sent()).isEqualTo(expected);
    }

    @Test
    void repeats_a_deletion_like_a_question() {
        answer(0, aResponse().withStatus(503));
        answer(1, aResponse().withStatus(200));
        BackendClient calls = calls(2);

        assertThat(delete(calls)).contains(DeleteResult.DELETED);
        assertThat(sent()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"503, GONE", "429, ABSENT"})
    void says_if_an_earlier_attempt_may_have_deleted(int first, DeleteResult expected) {
        answer(0, aResponse().withStatus(first));
        answer(1, aResponse().withStatus(404));

        assertThat(delete(calls(2))).contains(expected);
        assertThat(sent()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 403})
    void a_deletion_whose_response_was_lost_has_an_unknown_outcome_though_its_retry_failed(int status) {
        answer(0, aResponse().withFault(Fault.EMPTY_RESPONSE));
        answer(1, aResponse().withStatus(status));

        assertThat(delete(calls(1)).getLeft()).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void knows_that_an_attempt_without_a_connection_changed_nothing() throws IOException {
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
        "400, in-use, true, ABSENT",
        "400, in-use, false, ",
        "400, , true, ",
        "403, in-use, true, ",
        "503, in-use, true, "
    })
    void looks_again_after_a_deletion_that_the_vendor_rejects(
            int status, @Nullable String code, boolean isGone, @Nullable DeleteResult expected) {
        always(aResponse().withStatus(status));
        BackendClient calls = calls(0);

        Either<OtaFailure, DeleteResult> deletion = rejected(calls, code, isGone);

        assertThat(deletion.toOption()).isEqualTo(Option.of(expected));
    }

    @Test
    void looks_again_if_the_retry_of_a_deletion_with_a_lost_response_is_rejected() {
        answer(0, aResponse().withFault(Fault.EMPTY_RESPONSE));
        answer(1, aResponse().withStatus(400));

        assertThat(rejected(calls(1), "unknown-id", true)).contains(DeleteResult.GONE);
        assertThat(sent()).isEqualTo(2);
    }

    private static Either<OtaFailure, DeleteResult> rejected(
            BackendClient calls, @Nullable String code, boolean isGone) {
        return calls.delete(
                origin(calls),
                call(),
                answer -> Either.left(calls.judged(
                        ErrorRule.byStatus(answer.status()),
                        origin(calls),
                        Message.of("it"),
                        answer,
                        VendorError.of(Option.of(code), Option.none(), Option.none(), calls.redactor()))),
                () -> isGone);
    }

    @Test
    void adds_no_more_than_a_tenth_while_the_vendor_fails_for_long() {
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

        // Ten are saved from better times.
        assertThat(sent()).isBetween(200, 200 + 20 + 10);
    }

    @Test
    void gives_a_backend_that_keeps_failing_a_rest() {
        always(aResponse().withStatus(503));
        BackendClient calls = calls(WITH_BREAKER, Clock.systemUTC());

        List.range(0, 20).forEach(i -> ask(calls));
        OtaFailure failure = ask(calls).getLeft();

        assertThat(sent()).isEqualTo(20);
        assertThat(failure).isInstanceOf(OtaFailure.CircuitOpen.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.summary()).contains("circuit breaker", "nothing was sent");
        assertThat(failure.retryAfter().get()).isBetween(Duration.ZERO, Duration.ofSeconds(5));
    }

    @Test
    void gives_no_rest_for_failures_of_the_caller() {
        always(aResponse().withStatus(404));
        BackendClient calls = calls(WITH_BREAKER, Clock.systemUTC());

        List.range(0, 30).forEach(i -> ask(calls));

        assertThat(sent()).isEqualTo(30);
    }

    @Test
    void gives_no_rest_for_deadlines_that_are_shorter_than_usual() throws IOException {
        always(aResponse().withStatus(200));
        BackendClient calls = calls(WITH_BREAKER, Clock.systemUTC());
        try (ServerSocket silent = silent()) {
            BackendClient hurried = calls.within(Duration.ofMillis(20));

            List.range(0, 20).forEach(i -> hurried.ask(origin(calls), call(silent), judge(calls)));
        }

        assertThat(ask(calls).isRight()).isTrue();
    }

    @Test
    void gives_no_rest_for_deadlines_that_were_near_at_the_start() throws IOException {
        CircuitBreakerStep breaker = new CircuitBreakerStep(WITH_BREAKER);
        try (ServerSocket silent = silent()) {
            PreparedRequest call = call(silent);

            List.range(0, 20).forEach(i -> run(breaker, sending(call, Duration.ofSeconds(30), Duration.ofMillis(20))));
        }

        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.CLOSED);
    }

    @Test
    void gives_a_backend_that_misses_its_deadlines_a_rest() throws IOException {
        Duration usual = Duration.ofMillis(20);
        CircuitBreakerStep breaker = new CircuitBreakerStep(new CallOptions(usual, 1_000, 0, true));
        try (ServerSocket silent = silent()) {
            PreparedRequest call = call(silent);

            // One whose thread was stopped before it was sent does not count.
            for (int i = 0; i < 200 && breaker.state() == BackendStatus.Circuit.CLOSED; i++) {
                run(breaker, sending(call, usual, usual));
            }
        }

        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.OPEN);
    }

    @Test
    void ends_the_rest_when_the_vendor_answers() {
        CircuitBreakerStep breaker = opened();
        always(aResponse().withStatus(404));

        run(breaker, sending());

        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.CLOSED);
    }

    @Test
    void rests_on_when_the_vendor_fails_again() {
        CircuitBreakerStep breaker = opened();

        run(breaker, sending());

        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.OPEN);
    }

    @Test
    void learns_nothing_of_the_vendor_from_an_interrupt() {
        CircuitBreakerStep breaker = opened();

        Thread.currentThread().interrupt();
        run(breaker, sending());

        assertThat(Thread.interrupted()).isTrue();
        assertStillHalfOpen(breaker);
    }

    @Test
    void learns_nothing_of_the_vendor_without_a_turn() {
        CircuitBreakerStep breaker = opened();

        run(breaker, sending(), RetryTest::noTurn);

        assertStillHalfOpen(breaker);
    }

    @Test
    void learns_nothing_of_the_vendor_from_who_gives_out_credentials() {
        CircuitBreakerStep breaker = opened();
        FailureDetails noToken = FailureDetails.of(TestBackendClients.ORIGIN, "No token", "Wait");

        run(breaker, sending(), () -> Result.notSent(new OtaFailure.Unavailable(noToken.withRetry(Option.none()))));

        assertStillHalfOpen(breaker);
    }

    @Test
    void learns_nothing_of_the_vendor_from_a_mistake() {
        CircuitBreakerStep breaker = opened();

        assertThatThrownBy(() -> run(breaker, sending(), () -> {
                    throw new IllegalStateException("mistake");
                }))
                .hasMessage("mistake");

        assertStillHalfOpen(breaker);
    }

    @Test
    void has_a_rested_backend_tried_by_one_call_whoever_else_ends() {
        always(aResponse().withStatus(503));
        CircuitBreakerStep breaker = new CircuitBreakerStep(WITH_BREAKER, Duration.ZERO);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<Void> older = CompletableFuture.runAsync(() -> run(breaker, sending(), () -> {
            begun.countDown();
            await(mayEnd);
            return noTurn();
        }));
        await(begun);
        List.range(0, 20).forEach(i -> run(breaker, sending()));
        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.OPEN);
        AtomicInteger others = new AtomicInteger();

        run(breaker, sending(), () -> {
            mayEnd.countDown();
            older.join();
            run(breaker, sending(), () -> {
                others.incrementAndGet();
                return noTurn();
            });
            return noTurn();
        });

        assertThat(others).hasValue(0);
        assertStillHalfOpen(breaker);
    }

    @Test
    void goes_by_an_answer_that_comes_while_a_call_gives_up_trying() {
        CircuitBreakerStep breaker = new CircuitBreakerStep(WITH_BREAKER, Duration.ZERO);
        for (int round = 0; round < 60; round++) {
            CountDownLatch begun = new CountDownLatch(1);
            AtomicBoolean isTried = new AtomicBoolean();
            Call<HttpResponse> older = sending(ANSWERED);
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> run(breaker, older, () -> {
                begun.countDown();
                Result<HttpResponse> answer = sent(older);
                while (!isTried.get()) {
                    Thread.onSpinWait();
                }
                return answer;
            }));
            await(begun);
            List.range(0, 20).forEach(i -> run(breaker, sending(FAILING)));

            run(breaker, sending(), () -> {
                isTried.set(true);
                return noTurn();
            });
            answered.join();

            assertThat(breaker.state()).as("round %s", round).isEqualTo(BackendStatus.Circuit.CLOSED);
        }
    }

    private static Result<HttpResponse> noTurn() {
        return Result.notSent(CallFailures.noPermit(TestBackendClients.ORIGIN, Duration.ofSeconds(1)));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertStillHalfOpen(CircuitBreakerStep breaker) {
        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.HALF_OPEN);
        always(aResponse().withStatus(200));
        run(breaker, sending());
        assertThat(breaker.state()).isEqualTo(BackendStatus.Circuit.CLOSED);
    }

    /** Those of a backend that has failed too often, and may be tried again at once. */
    private static CircuitBreakerStep opened() {
        always(aResponse().withStatus(503));
        CircuitBreakerStep breaker = new CircuitBreakerStep(WITH_BREAKER, Duration.ZERO);
        List.range(0, 20).forEach(i -> run(breaker, sending()));
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

    private static Call<HttpResponse> sending() {
        return sending(Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    private static Call<HttpResponse> sending(PreparedRequest request) {
        return sending(request, Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    private static Call<HttpResponse> sending(Duration timeout, Duration left) {
        return sending(call(), timeout, left);
    }

    private static Call<HttpResponse> sending(PreparedRequest request, Duration timeout, Duration left) {
        BackendClient calls = calls(0);
        return Call.until(
                System.nanoTime() + left.toNanos(),
                origin(calls),
                Effect.READ,
                Priority.INTERACTIVE,
                request,
                judge(calls),
                timeout);
    }

    @Test
    void goes_by_the_vendors_clock_if_its_own_is_wrong() {
        answer(0, aResponse().withStatus(401).withHeader("Date", http(NOW.plusSeconds(7_200))));
        answer(1, aResponse().withStatus(200));
        BackendClient calls = calls(CallOptions.usual(), Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(change(calls).isRight()).isTrue();

        assertThat(sent()).isEqualTo(2);
        assertThat(calls.clock().instant()).isEqualTo(NOW.plusSeconds(7_200));
    }

    @Test
    void asks_only_once_more_because_of_the_time() {
        always(aResponse().withStatus(401).withHeader("Date", http(NOW.plusSeconds(7_200))));
        BackendClient calls = calls(CallOptions.usual(), Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(ask(calls).getLeft()).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(sent()).isEqualTo(2);

        ask(calls);
        assertThat(sent()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sun, 01 Mar 2026 08:00:59 GMT", "soon", ""})
    void keeps_its_own_clock_where_it_is_right(String date) {
        always(aResponse().withStatus(401).withHeader("Date", date));
        BackendClient calls = calls(CallOptions.usual(), Clock.fixed(NOW, ZoneOffset.UTC));

        ask(calls);

        assertThat(sent()).isEqualTo(1);
        assertThat(calls.clock().instant()).isEqualTo(NOW);
    }

    @Test
    void stops_waiting_when_it_is_interrupted() {
        always(aResponse().withStatus(429).withHeader("Retry-After", "5"));
        BackendClient calls = calls(2);

        Either<OtaFailure, HttpResponse> answer = calls.ask(origin(calls), call(), response -> {
            Thread.currentThread().interrupt();
            return judge(calls).apply(response);
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(answer.getLeft()).isInstanceOf(OtaFailure.Cancelled.class);
        assertThat(answer.getLeft().isRetryable()).isFalse();
        assertThat(sent()).isEqualTo(1);
    }

    @Test
    void ends_a_call_at_once_when_it_is_interrupted() throws IOException, InterruptedException {
        AtomicReference<Either<OtaFailure, HttpResponse>> answer = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>(false);
        CallOptions limits = new CallOptions(Duration.ofMinutes(10), 1_000, 2, true);
        BackendClient calls = calls(limits, Clock.systemUTC());
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PreparedRequest call = call("http://127.0.0.1:" + silent.getLocalPort(), limits);
            Thread asking = new Thread(() -> {
                answer.set(calls.ask(origin(calls), call, judge(calls)));
                flag.set(Thread.currentThread().isInterrupted());
            });
            asking.start();
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.getInputStream().read()).isPositive();
                asking.interrupt();
                asking.join(TimeUnit.MINUTES.toMillis(1));
                assertThat(asking.isAlive()).as("still waiting for the answer").isFalse();
            }
        }

        assertThat(answer.get().getLeft()).isInstanceOf(OtaFailure.Cancelled.class);
        assertThat(answer.get().getLeft().summary()).contains("interrupted");
        assertThat(flag.get()).isTrue();
    }

    @Test
    void repeats_a_question_once_for_all_who_ask_it() throws IOException {
        CallOptions limits = new CallOptions(Duration.ofMinutes(5), 1_000, 2, true);
        BackendClient calls = calls(limits, Clock.systemUTC());
        try (ServerSocket vendor = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            vendor.setSoTimeout((int) TimeUnit.MINUTES.toMillis(1));
            ConcurrentCallers<Either<OtaFailure, HttpResponse>> crowd = crowd(calls, limits, vendor);
            lose(vendor, crowd);
            try (Socket repeat = vendor.accept()) {
                assertThat(repeat.getInputStream().read()).isPositive();
                repeat.getOutputStream().write(RawServer.ok().getBytes(StandardCharsets.US_ASCII));
                assertThat(crowd.answers()).allMatch(Either::isRight);
            }
        }
    }

    @Test
    void counts_one_outage_for_all_who_waited_for_an_answer() throws IOException {
        always(aResponse().withStatus(200));
        CallOptions limits = new CallOptions(Duration.ofMinutes(5), 1_000, 0, true);
        BackendClient calls = calls(limits, Clock.systemUTC());
        try (ServerSocket vendor = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            vendor.setSoTimeout((int) TimeUnit.MINUTES.toMillis(1));
            ConcurrentCallers<Either<OtaFailure, HttpResponse>> crowd = crowd(calls, limits, vendor);
            lose(vendor, crowd);

            assertThat(crowd.answers()).allMatch(Either::isLeft);
        }

        assertThat(ask(calls).isRight()).isTrue();
    }

    /** More than have to fail before a backend is given a rest. */
    private static ConcurrentCallers<Either<OtaFailure, HttpResponse>> crowd(
            BackendClient calls, CallOptions limits, ServerSocket vendor) {
        PreparedRequest call = call("http://127.0.0.1:" + vendor.getLocalPort(), limits);
        return ConcurrentCallers.of(24, () -> calls.ask(origin(calls), call, judge(calls)));
    }

    /** Loses the one answer that all wait for. */
    private static void lose(ServerSocket vendor, ConcurrentCallers<?> crowd) throws IOException {
        try (Socket accepted = vendor.accept()) {
            assertThat(accepted.getInputStream().read()).isPositive();
            crowd.whenWaiting(23);
        }
    }

    private static BackendClient calls(int retries) {
        return calls(new CallOptions(Duration.ofSeconds(30), 1_000, retries, false), Clock.systemUTC());
    }

    private static BackendClient calls(CallOptions limits, Clock clock) {
        return new BackendClient(
                "prod",
                Vendor.of("acme"),
                Redactor.hiding(List.empty()),
                BackendContext.system().withClock(clock),
                limits,
                Option.none());
    }

    private static OperationContext origin(BackendClient calls) {
        return calls.origin("Show");
    }

    private static Either<OtaFailure, HttpResponse> ask(BackendClient calls) {
        return calls.ask(origin(calls), call(), judge(calls));
    }

    private static Either<OtaFailure, DeleteResult> delete(BackendClient calls) {
        return calls.delete(origin(calls), call(), answer -> deleted(calls, answer), () -> false);
    }

    private static Either<OtaFailure, DeleteResult> deleted(BackendClient calls, HttpResponse answer) {
        return answer.status() == 404
                ? Either.right(DeleteResult.ABSENT)
                : judge(calls).apply(answer).map(done -> DeleteResult.DELETED);
    }

    private static Either<OtaFailure, HttpResponse> change(BackendClient calls) {
        return calls.change(origin(calls), call(), judge(calls));
    }

    private static Function<HttpResponse, Either<OtaFailure, HttpResponse>> judge(BackendClient calls) {
        return answer -> {
            ErrorRule verdict = ErrorRule.byStatus(answer.status());
            return answer.isSuccess()
                    ? Either.right(answer)
                    : Either.left(calls.judged(
                            answer.status() == 401 ? verdict.orOfTime() : verdict,
                            origin(calls),
                            Message.of("it"),
                            answer,
                            VendorError.ofUnreadable(answer, Option.none(), calls.redactor())));
        };
    }

    /** Takes connections and answers nothing; what is given up on its way here is not counted in another test. */
    private static ServerSocket silent() throws IOException {
        return new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    }

    private static PreparedRequest call(ServerSocket vendor) {
        return call("http://127.0.0.1:" + vendor.getLocalPort(), WITH_BREAKER);
    }

    private static PreparedRequest answered(int status) {
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
        return call(SERVER.baseUrl(), CallOptions.usual());
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

    private static void always(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(any(anyUrl()).willReturn(answer));
    }

    /** The answer to the request of this number, from 0. */
    private static void answer(int number, ResponseDefinitionBuilder answer) {
        SERVER.stubFor(any(anyUrl())
                .inScenario("answers")
                .whenScenarioStateIs(number == 0 ? Scenario.STARTED : String.valueOf(number))
                .willSetStateTo(String.valueOf(number + 1))
                .willReturn(answer));
    }

    private static int sent() {
        return SERVER.getAllServeEvents().size();
    }

    private static String http(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }
}
