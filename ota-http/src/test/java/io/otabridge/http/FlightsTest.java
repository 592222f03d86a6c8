package io.otabridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
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

class FlightsTest {

    private static final Origin ORIGIN = new Origin("prod", Vendor.of("acme"), "Show");
    private static final HttpAnswer ANSWER = new HttpAnswer(200, Headers.of(), new byte[0]);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Flights flights = new Flights();
    private final AtomicInteger sent = new AtomicInteger();
    private final CountDownLatch landed = new CountDownLatch(1);
    private final CountDownLatch flying = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        landed.countDown();
        threads.shutdownNow();
    }

    @Test
    void tells_questions_apart_by_all_that_is_sent_and_who_asks() {
        Headers none = Headers.of();
        HttpUrl url = HttpUrl.get("https://h/a");
        VendorRequest.Question asked = question("a");

        assertThat(asked).isEqualTo(question("a")).hasSameHashCodeAs(question("a"));
        assertThat(List.of(
                        new VendorRequest.Question("HEAD", url, none, 0),
                        question("b"),
                        new VendorRequest.Question("GET", url, Headers.of("Instance-Id", "1"), 0),
                        new VendorRequest.Question("GET", url, none, 1)))
                .doesNotContain(asked)
                .doesNotHaveDuplicates();
    }

    @Test
    void sends_the_same_request_once_for_all() throws InterruptedException {
        CompletableFuture<Either<OtaFailure, HttpAnswer>> first = ask("a", () -> flight(Either.right(ANSWER)));
        flying.await();
        List<CompletableFuture<Either<OtaFailure, HttpAnswer>>> others =
                List.range(0, 8).map(i -> ask("a", this::another));
        assertThat(ask("b", this::another).join()).isEqualTo(Either.right(ANSWER));

        landed.countDown();

        assertThat(others.map(CompletableFuture::join).append(first.join())).containsOnly(Either.right(ANSWER));
        // Whoever came after the landing asked anew.
        assertThat(sent.get()).isBetween(2, 10);
    }

    @Test
    void waits_no_longer_than_its_own_deadline() throws InterruptedException {
        ask("a", () -> flight(Either.right(ANSWER)));
        flying.await();

        OtaFailure failure = join("a", Duration.ofMillis(20), this::another).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.summary()).contains("before the deadline");
        assertThat(sent.get()).isEqualTo(1);
    }

    @Test
    void leaves_the_flight_to_the_others_when_interrupted() throws InterruptedException {
        CompletableFuture<Either<OtaFailure, HttpAnswer>> first = ask("a", () -> flight(Either.right(ANSWER)));
        flying.await();

        Thread.currentThread().interrupt();
        OtaFailure failure = join("a", LONG, this::another).getLeft();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        landed.countDown();
        assertThat(first.join()).isEqualTo(Either.right(ANSWER));
    }

    @Test
    void asks_for_itself_when_the_other_was_interrupted() throws InterruptedException {
        FailureDetails interrupted = FailureDetails.of(ORIGIN, "It was interrupted", "Ask again");
        ask("a", () -> flight(Either.left(new OtaFailure.Unavailable(interrupted))));
        flying.await();
        CompletableFuture<Either<OtaFailure, HttpAnswer>> second = ask("a", this::another);

        landed.countDown();

        assertThat(second.join()).isEqualTo(Either.right(ANSWER));
    }

    @Test
    void shares_an_outage_with_all() throws InterruptedException {
        OtaFailure outage = new OtaFailure.Unavailable(
                FailureDetails.of(ORIGIN, "Not now", "Wait").withRetry(Option.none()));
        CompletableFuture<Either<OtaFailure, HttpAnswer>> first = ask("a", () -> flight(Either.left(outage)));
        flying.await();

        landed.countDown();

        assertThat(first.join().getLeft()).isSameAs(outage);
    }

    @Test
    void asks_for_itself_when_the_other_threw() throws InterruptedException {
        CompletableFuture<Either<OtaFailure, HttpAnswer>> first = ask("a", () -> {
            flight(Either.right(ANSWER));
            throw new IllegalStateException("a mistake");
        });
        flying.await();
        CompletableFuture<Either<OtaFailure, HttpAnswer>> second = ask("a", this::another);

        landed.countDown();

        assertThat(second.join()).isEqualTo(Either.right(ANSWER));
        assertThat(first.handle((answer, thrown) -> thrown).join()).hasRootCauseMessage("a mistake");
    }

    @Test
    void takes_no_answer_from_before_a_change() throws InterruptedException {
        CompletableFuture<Either<OtaFailure, HttpAnswer>> before = ask("a", () -> flight(Either.right(ANSWER)));
        flying.await();
        HttpAnswer fresh = new HttpAnswer(204, Headers.of(), new byte[0]);

        flights.leaveBehind();

        assertThat(join("a", LONG, () -> Either.right(fresh))).isEqualTo(Either.right(fresh));
        landed.countDown();
        assertThat(before.join()).isEqualTo(Either.right(ANSWER));
    }

    @Test
    void asks_for_itself_when_the_others_deadline_has_passed() throws InterruptedException {
        OtaFailure late = new OtaFailure.Unavailable(FailureDetails.of(ORIGIN, "No answer before the deadline", "Wait")
                .withRetry(Option.none()));
        CompletableFuture<Either<OtaFailure, HttpAnswer>> hurried =
                CompletableFuture.supplyAsync(() -> join("a", Duration.ZERO, () -> flight(Either.left(late))), threads);
        flying.await();
        CompletableFuture<Either<OtaFailure, HttpAnswer>> patient = ask("a", this::another);

        landed.countDown();

        assertThat(patient.join()).isEqualTo(Either.right(ANSWER));
        assertThat(hurried.join().getLeft()).isSameAs(late);
    }

    @Test
    void judges_anothers_answer_for_itself() throws InterruptedException {
        ask("a", () -> flight(Either.right(ANSWER)));
        flying.await();
        Crowd<Either<OtaFailure, String>> second = Crowd.of(
                        1,
                        () -> flights.join(
                                ORIGIN,
                                question("a"),
                                System.nanoTime() + LONG.toNanos(),
                                () -> {
                                    throw new AssertionError("it is on its way");
                                },
                                answer -> Either.right("status " + answer.status())))
                .whenWaiting(1);

        landed.countDown();

        assertThat(second.answers()).containsExactly(Either.right("status 200"));
    }

    @Test
    void asks_again_where_the_other_had_no_time_for_it() throws InterruptedException {
        HttpAnswer outage = new HttpAnswer(503, Headers.of(), new byte[0]);
        CompletableFuture<Either<OtaFailure, HttpAnswer>> hurried = CompletableFuture.supplyAsync(
                () -> join(
                        "a",
                        Duration.ofSeconds(50),
                        Duration.ofMinutes(1).toNanos(),
                        () -> flight(Either.right(outage))),
                threads);
        flying.await();
        Crowd<Either<OtaFailure, HttpAnswer>> patient =
                Crowd.of(1, () -> join("a", LONG, this::another)).whenWaiting(1);
        Crowd<Either<OtaFailure, HttpAnswer>> alike = Crowd.of(
                        1, () -> join("a", Duration.ofSeconds(50), this::another))
                .whenWaiting(1);

        landed.countDown();

        assertThat(hurried.join()).isEqualTo(Either.right(outage));
        assertThat(alike.answers()).containsExactly(Either.right(outage));
        assertThat(patient.answers()).containsExactly(Either.right(ANSWER));
    }

    @Test
    void asks_for_itself_when_the_other_had_no_turn_in_time() throws InterruptedException {
        OtaFailure noTurn = new OtaFailure.RateLimited(FailureDetails.of(ORIGIN, "No turn before the deadline", "Wait")
                .withRetry(Option.some(Duration.ofSeconds(4))));
        CompletableFuture<Either<OtaFailure, HttpAnswer>> hurried = ask("a", () -> flight(Either.left(noTurn)));
        flying.await();
        Crowd<Either<OtaFailure, HttpAnswer>> patient =
                Crowd.of(1, () -> join("a", LONG, this::another)).whenWaiting(1);

        landed.countDown();

        assertThat(patient.answers()).containsExactly(Either.right(ANSWER));
        assertThat(hurried.join().getLeft()).isSameAs(noTurn);
    }

    @Test
    void keeps_nothing_of_what_has_landed() {
        assertThat(join("a", LONG, this::another).isRight()).isTrue();
        assertThat(join("a", LONG, this::another).isRight()).isTrue();

        assertThat(sent.get()).isEqualTo(2);
    }

    private CompletableFuture<Either<OtaFailure, HttpAnswer>> ask(
            String question, Supplier<Either<OtaFailure, HttpAnswer>> send) {
        return CompletableFuture.supplyAsync(() -> join(question, LONG, send), threads);
    }

    private Either<OtaFailure, HttpAnswer> join(
            String question, Duration longest, Supplier<Either<OtaFailure, HttpAnswer>> send) {
        return join(question, longest, Long.MAX_VALUE, send);
    }

    /** @param wait how long it would wait before it sends again, if it had the time */
    private Either<OtaFailure, HttpAnswer> join(
            String question, Duration longest, long wait, Supplier<Either<OtaFailure, HttpAnswer>> send) {
        return flights.join(
                ORIGIN,
                question(question),
                System.nanoTime() + longest.toNanos(),
                () -> {
                    Either<OtaFailure, HttpAnswer> answer = send.get();
                    return new Landing<>(answer, answer, wait);
                },
                Either::right);
    }

    private static VendorRequest.Question question(String thing) {
        return new VendorRequest.Question("GET", HttpUrl.get("https://h/" + thing), Headers.of(), 0);
    }

    private Either<OtaFailure, HttpAnswer> another() {
        sent.incrementAndGet();
        return Either.right(ANSWER);
    }

    /** Lands when it is let. */
    private Either<OtaFailure, HttpAnswer> flight(Either<OtaFailure, HttpAnswer> answer) {
        sent.incrementAndGet();
        flying.countDown();
        try {
            assertThat(landed.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        return answer;
    }
}
