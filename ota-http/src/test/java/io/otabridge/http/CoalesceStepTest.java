package io.otabridge.http;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static final HttpAnswer ANSWER = new HttpAnswer(200, Headers.of(), new byte[0]);
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
    void a_request_is_the_same_if_everything_sent_is() {
        Headers none = Headers.of();
        HttpUrl url = HttpUrl.get("https://h/a");
        VendorRequest.Question request = new VendorRequest.Question("Show", "GET", url, none, 0);

        assertThat(request)
                .isEqualTo(new VendorRequest.Question("Show", "GET", HttpUrl.get("https://h/a"), none, 0))
                .hasSameHashCodeAs(new VendorRequest.Question("Show", "GET", HttpUrl.get("https://h/a"), none, 0));
        assertThat(List.of(
                        new VendorRequest.Question("List", "GET", url, none, 0),
                        new VendorRequest.Question("Show", "HEAD", url, none, 0),
                        new VendorRequest.Question("Show", "GET", HttpUrl.get("https://h/b"), none, 0),
                        new VendorRequest.Question("Show", "GET", url, Headers.of("Instance-Id", "1"), 0),
                        new VendorRequest.Question("Show", "GET", url, none, 1)))
                .doesNotContain(request)
                .doesNotHaveDuplicates();
    }

    @Test
    void sends_identical_concurrent_reads_once() throws InterruptedException {
        CompletableFuture<Either<OtaFailure, HttpAnswer>> first = start("a", () -> held(Either.right(ANSWER)));
        inFlight.await();
        Crowd<Either<OtaFailure, HttpAnswer>> others =
                Crowd.of(8, () -> read("a", LONG, this::another)).whenWaiting(8);
        assertThat(read("b", LONG, this::another)).isEqualTo(Either.right(ANSWER));

        finish.countDown();

        assertThat(others.answers().append(first.join())).containsOnly(Either.right(ANSWER));
        assertThat(sent).hasValue(2);
    }

    static List<OtaFailure> failuresOfTheVendor() {
        FailureDetails details = FailureDetails.of(TestCalls.ORIGIN, "Not signed by a trusted CA", "Check it");
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
        CompletableFuture<Either<OtaFailure, HttpAnswer>> first = start("a", () -> held(Either.left(failure)));
        inFlight.await();
        Crowd<Either<OtaFailure, HttpAnswer>> others =
                Crowd.of(8, () -> read("a", LONG, this::another)).whenWaiting(8);

        finish.countDown();

        assertThat(others.answers().append(first.join())).allMatch(outcome -> outcome.getLeft() == failure);
        assertThat(sent).hasValue(1);
    }

    @Test
    void waits_no_longer_than_its_own_deadline() throws InterruptedException {
        start("a", () -> held(Either.right(ANSWER)));
        inFlight.await();

        OtaFailure failure = read("a", Duration.ofMillis(20), this::another).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.DeadlineExceeded.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(sent).hasValue(1);
    }

    @Test
    void an_interrupt_of_one_caller_leaves_the_call_to_the_others() throws InterruptedException {
        CompletableFuture<Either<OtaFailure, HttpAnswer>> first = start("a", () -> held(Either.right(ANSWER)));
        inFlight.await();

        Thread.currentThread().interrupt();
        OtaFailure failure = read("a", LONG, this::another).getLeft();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isInstanceOf(OtaFailure.Cancelled.class);
        finish.countDown();
        assertThat(first.join()).isEqualTo(Either.right(ANSWER));
    }

    @Test
    void starts_over_when_the_sender_was_interrupted() throws InterruptedException {
        start("a", () -> held(Either.left(CallFailures.cancelled(TestCalls.ORIGIN, Message.of("waited")))));
        inFlight.await();
        Crowd<Either<OtaFailure, HttpAnswer>> second =
                Crowd.of(1, () -> read("a", LONG, this::another)).whenWaiting(1);

        finish.countDown();

        assertThat(second.answers()).containsExactly(Either.right(ANSWER));
    }

    @Test
    void starts_over_when_the_sender_threw() throws InterruptedException {
        CompletableFuture<Either<OtaFailure, HttpAnswer>> first = start("a", () -> {
            held(Either.right(ANSWER));
            throw new IllegalStateException("a mistake");
        });
        inFlight.await();
        Crowd<Either<OtaFailure, HttpAnswer>> second =
                Crowd.of(1, () -> read("a", LONG, this::another)).whenWaiting(1);

        finish.countDown();

        assertThat(second.answers()).containsExactly(Either.right(ANSWER));
        assertThat(first.handle((answer, thrown) -> thrown).join()).hasRootCauseMessage("a mistake");
    }

    @Test
    void a_read_after_a_change_shares_no_older_result() throws InterruptedException {
        CompletableFuture<Either<OtaFailure, HttpAnswer>> before = start("a", () -> held(Either.right(ANSWER)));
        inFlight.await();
        HttpAnswer fresh = new HttpAnswer(204, Headers.of(), new byte[0]);

        change();

        assertThat(read("a", LONG, () -> Either.right(fresh))).isEqualTo(Either.right(fresh));
        finish.countDown();
        assertThat(before.join()).isEqualTo(Either.right(ANSWER));
    }

    static List<Result<HttpAnswer>> resultsOfAShortTimeout() {
        OtaFailure outage = new OtaFailure.Unavailable(
                FailureDetails.of(TestCalls.ORIGIN, "Not now", "Wait").withRetry(Option.none()));
        return List.of(
                Result.<HttpAnswer>ofRequest(Either.left(outage)).cutShort(),
                Result.ofRequest(
                        Either.left(CallFailures.deadlineExceeded(TestCalls.ORIGIN, SHORT, Message.of("response")))),
                Result.notSent(CallFailures.noPermit(TestCalls.ORIGIN, SHORT)));
    }

    @ParameterizedTest
    @MethodSource("resultsOfAShortTimeout")
    void starts_over_when_the_sender_had_less_time(Result<HttpAnswer> result) throws InterruptedException {
        CompletableFuture<Result<HttpAnswer>> hurried = CompletableFuture.supplyAsync(
                () -> proceed("a", SHORT, () -> {
                    held(result.outcome());
                    return result;
                }),
                threads);
        inFlight.await();
        Crowd<Either<OtaFailure, HttpAnswer>> patient =
                Crowd.of(1, () -> read("a", LONG, this::another)).whenWaiting(1);
        Crowd<Either<OtaFailure, HttpAnswer>> alike =
                Crowd.of(1, () -> read("a", SHORT, this::another)).whenWaiting(1);

        finish.countDown();

        assertThat(hurried.join()).isSameAs(result);
        assertThat(alike.answers()).containsExactly(result.outcome());
        assertThat(patient.answers()).containsExactly(Either.right(ANSWER));
    }

    @Test
    void keeps_nothing_after_a_call() {
        assertThat(read("a", LONG, this::another).isRight()).isTrue();
        assertThat(read("a", LONG, this::another).isRight()).isTrue();

        assertThat(sent).hasValue(2);
    }

    private CompletableFuture<Either<OtaFailure, HttpAnswer>> start(
            String thing, Supplier<Either<OtaFailure, HttpAnswer>> send) {
        return CompletableFuture.supplyAsync(() -> read(thing, LONG, send), threads);
    }

    private Either<OtaFailure, HttpAnswer> read(
            String thing, Duration timeout, Supplier<Either<OtaFailure, HttpAnswer>> send) {
        return proceed(thing, timeout, () -> Result.ofRequest(send.get())).outcome();
    }

    private Result<HttpAnswer> proceed(String thing, Duration timeout, Supplier<Result<HttpAnswer>> send) {
        return Chain.of(java.util.List.of(coalesce, TestCalls.last(send)))
                .proceed(TestCalls.read("https://h/" + thing, timeout));
    }

    private void change() {
        Chain.of(java.util.List.of(coalesce, TestCalls.sending(() -> Either.right(ANSWER))))
                .proceed(TestCalls.call(Effect.CHANGE, "https://h/a", LONG));
    }

    private Either<OtaFailure, HttpAnswer> another() {
        sent.incrementAndGet();
        return Either.right(ANSWER);
    }

    /** Ends when the test lets it. */
    private Either<OtaFailure, HttpAnswer> held(Either<OtaFailure, HttpAnswer> outcome) {
        sent.incrementAndGet();
        inFlight.countDown();
        try {
            assertThat(finish.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        return outcome;
    }
}
