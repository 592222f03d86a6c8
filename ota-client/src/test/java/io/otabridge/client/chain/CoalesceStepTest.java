package io.otabridge.client.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.ConcurrentCallers;
import io.otabridge.client.TestBackendClients;
import io.otabridge.client.error.CallFailures;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoalesceStepTest {

    private static final HttpResponse RESPONSE = new HttpResponse(200, Headers.of(), new byte[0]);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(50);

    private final CoalesceStep coalesce = new CoalesceStep(() -> 0);
    private final AtomicInteger sent = new AtomicInteger();
    private final CountDownLatch finish = new CountDownLatch(1);
    private final CountDownLatch inFlight = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        finish.countDown();
        threads.shutdownNow();
    }

    @Test
    void requests_are_identical_if_all_their_parts_are_equal() {
        Headers none = Headers.of();
        HttpUrl url = HttpUrl.get("https://h/a");
        PreparedRequest.RequestKey request = new PreparedRequest.RequestKey("Show", "GET", url, none, 0);

        assertThat(request)
                .isEqualTo(new PreparedRequest.RequestKey("Show", "GET", HttpUrl.get("https://h/a"), none, 0))
                .hasSameHashCodeAs(new PreparedRequest.RequestKey("Show", "GET", HttpUrl.get("https://h/a"), none, 0));
        assertThat(List.of(
                        new PreparedRequest.RequestKey("List", "GET", url, none, 0),
                        new PreparedRequest.RequestKey("Show", "HEAD", url, none, 0),
                        new PreparedRequest.RequestKey("Show", "GET", HttpUrl.get("https://h/b"), none, 0),
                        new PreparedRequest.RequestKey("Show", "GET", url, Headers.of("Instance-Id", "1"), 0),
                        new PreparedRequest.RequestKey("Show", "GET", url, none, 1)))
                .doesNotContain(request)
                .doesNotHaveDuplicates();
    }

    @Test
    void sends_identical_concurrent_reads_once() throws InterruptedException {
        CompletableFuture<Either<OtaFailure, HttpResponse>> first =
                start("a", () -> sendAndWait(Either.right(RESPONSE)));
        inFlight.await();
        ConcurrentCallers<Either<OtaFailure, HttpResponse>> others = ConcurrentCallers.of(
                        8, () -> read("a", LONG, this::sendAnother))
                .whenWaiting(8);
        assertThat(read("b", LONG, this::sendAnother)).isEqualTo(Either.right(RESPONSE));

        finish.countDown();

        assertThat(others.results().append(first.join())).containsOnly(Either.right(RESPONSE));
        assertThat(sent).hasValue(2);
    }

    static List<OtaFailure> failuresOfTheVendor() {
        FailureDetails details = FailureDetails.of(TestBackendClients.ORIGIN, "Not signed by a trusted CA", "Check it");
        return List.of(
                new OtaFailure.Unavailable(details),
                new OtaFailure.Unavailable(details.withRetry(Option.none())),
                new OtaFailure.AccessDenied(details),
                new OtaFailure.UnreadableResponse(details),
                new OtaFailure.RateLimited(details.withRetry(Option.none())),
                new OtaFailure.DeadlineExceeded(details.withRetry(Option.none())));
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheVendor")
    void shares_a_failure_of_any_kind(OtaFailure failure) throws InterruptedException {
        CompletableFuture<Either<OtaFailure, HttpResponse>> first = start("a", () -> sendAndWait(Either.left(failure)));
        inFlight.await();
        ConcurrentCallers<Either<OtaFailure, HttpResponse>> others = ConcurrentCallers.of(
                        8, () -> read("a", LONG, this::sendAnother))
                .whenWaiting(8);

        finish.countDown();

        assertThat(others.results().append(first.join())).allMatch(outcome -> outcome.getLeft() == failure);
        assertThat(sent).hasValue(1);
    }

    @Test
    void a_caller_waits_until_its_own_deadline() throws InterruptedException {
        start("a", () -> sendAndWait(Either.right(RESPONSE)));
        inFlight.await();

        OtaFailure failure = read("a", Duration.ofMillis(20), this::sendAnother).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.DeadlineExceeded.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(sent).hasValue(1);
    }

    @Test
    void an_interrupt_ends_only_the_wait_of_its_caller() throws InterruptedException {
        CompletableFuture<Either<OtaFailure, HttpResponse>> first =
                start("a", () -> sendAndWait(Either.right(RESPONSE)));
        inFlight.await();

        Thread.currentThread().interrupt();
        OtaFailure failure = read("a", LONG, this::sendAnother).getLeft();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isInstanceOf(OtaFailure.Cancelled.class);
        finish.countDown();
        assertThat(first.join()).isEqualTo(Either.right(RESPONSE));
    }

    @Test
    void starts_over_when_the_sender_was_interrupted() throws InterruptedException {
        start(
                "a",
                () -> sendAndWait(
                        Either.left(CallFailures.cancelled(TestBackendClients.ORIGIN, Message.of("waited")))));
        inFlight.await();
        ConcurrentCallers<Either<OtaFailure, HttpResponse>> second = ConcurrentCallers.of(
                        1, () -> read("a", LONG, this::sendAnother))
                .whenWaiting(1);

        finish.countDown();

        assertThat(second.results()).containsExactly(Either.right(RESPONSE));
    }

    @Test
    void starts_over_when_the_sender_threw() throws InterruptedException {
        CompletableFuture<Either<OtaFailure, HttpResponse>> first = start("a", () -> {
            sendAndWait(Either.right(RESPONSE));
            throw new IllegalStateException("a mistake");
        });
        inFlight.await();
        ConcurrentCallers<Either<OtaFailure, HttpResponse>> second = ConcurrentCallers.of(
                        1, () -> read("a", LONG, this::sendAnother))
                .whenWaiting(1);

        finish.countDown();

        assertThat(second.results()).containsExactly(Either.right(RESPONSE));
        assertThat(first.handle((response, thrown) -> thrown).join()).hasRootCauseMessage("a mistake");
    }

    @Test
    void a_read_after_a_change_does_not_share_an_older_result() throws InterruptedException {
        CompletableFuture<Either<OtaFailure, HttpResponse>> before =
                start("a", () -> sendAndWait(Either.right(RESPONSE)));
        inFlight.await();
        HttpResponse fresh = new HttpResponse(204, Headers.of(), new byte[0]);

        change();

        assertThat(read("a", LONG, () -> Either.right(fresh))).isEqualTo(Either.right(fresh));
        finish.countDown();
        assertThat(before.join()).isEqualTo(Either.right(RESPONSE));
    }

    static List<Result<HttpResponse>> resultsOfAShortTimeout() {
        OtaFailure outage = new OtaFailure.Unavailable(
                FailureDetails.of(TestBackendClients.ORIGIN, "Not now", "Wait").withRetry(Option.none()));
        return List.of(
                Result.<HttpResponse>ofRequest(Either.left(outage)).cutShort(),
                Result.ofRequest(Either.left(
                        CallFailures.deadlineExceeded(TestBackendClients.ORIGIN, SHORT, Message.of("response")))),
                Result.notSent(CallFailures.noPermit(TestBackendClients.ORIGIN, SHORT)));
    }

    @ParameterizedTest
    @MethodSource("resultsOfAShortTimeout")
    void starts_over_when_the_sender_had_a_shorter_timeout(Result<HttpResponse> result) throws InterruptedException {
        CompletableFuture<Result<HttpResponse>> withShortTimeout = CompletableFuture.supplyAsync(
                () -> proceed("a", SHORT, () -> {
                    sendAndWait(result.outcome());
                    return result;
                }),
                threads);
        inFlight.await();
        ConcurrentCallers<Either<OtaFailure, HttpResponse>> withLongTimeout = ConcurrentCallers.of(
                        1, () -> read("a", LONG, this::sendAnother))
                .whenWaiting(1);
        ConcurrentCallers<Either<OtaFailure, HttpResponse>> withSameTimeout = ConcurrentCallers.of(
                        1, () -> read("a", SHORT, this::sendAnother))
                .whenWaiting(1);

        finish.countDown();

        assertThat(withShortTimeout.join()).isSameAs(result);
        assertThat(withSameTimeout.results()).containsExactly(result.outcome());
        assertThat(withLongTimeout.results()).containsExactly(Either.right(RESPONSE));
    }

    @Test
    void does_not_cache_results() {
        assertThat(read("a", LONG, this::sendAnother).isRight()).isTrue();
        assertThat(read("a", LONG, this::sendAnother).isRight()).isTrue();

        assertThat(sent).hasValue(2);
    }

    private CompletableFuture<Either<OtaFailure, HttpResponse>> start(
            String thing, Supplier<Either<OtaFailure, HttpResponse>> send) {
        return CompletableFuture.supplyAsync(() -> read(thing, LONG, send), threads);
    }

    private Either<OtaFailure, HttpResponse> read(
            String thing, Duration timeout, Supplier<Either<OtaFailure, HttpResponse>> send) {
        return proceed(thing, timeout, () -> Result.ofRequest(send.get())).outcome();
    }

    private Result<HttpResponse> proceed(String thing, Duration timeout, Supplier<Result<HttpResponse>> send) {
        return Chain.of(java.util.List.of(coalesce, TestBackendClients.last(send)))
                .proceed(TestBackendClients.read("https://h/" + thing, timeout));
    }

    private void change() {
        Chain.of(java.util.List.of(coalesce, TestBackendClients.sending(() -> Either.right(RESPONSE))))
                .proceed(TestBackendClients.call(Effect.CHANGE, "https://h/a", LONG));
    }

    private Either<OtaFailure, HttpResponse> sendAnother() {
        sent.incrementAndGet();
        return Either.right(RESPONSE);
    }

    /** Returns the outcome when the test counts {@link #finish} down. */
    private Either<OtaFailure, HttpResponse> sendAndWait(Either<OtaFailure, HttpResponse> outcome) {
        sent.incrementAndGet();
        inFlight.countDown();
        try {
            assertThat(finish.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return outcome;
    }
}
