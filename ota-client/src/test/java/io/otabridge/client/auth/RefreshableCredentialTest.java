package io.otabridge.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.client.BackendClient;
import io.otabridge.client.ConcurrentCallers;
import io.otabridge.client.TestBackendClients;
import io.otabridge.client.chain.Chain;
import io.otabridge.client.chain.CredentialStep;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a credential is renewed, and who waits for it. */
class RefreshableCredentialTest {

    private static final int THREADS = 16;
    private static final int MANY = 1_000;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration END_IS_NEAR = DAY.minusMinutes(4);

    private final ManualClock clock = new ManualClock();
    private final BackendClient calls = new BackendClient(
            "prod",
            Vendor.of("acme"),
            Redactor.hiding(List.empty()),
            BackendContext.system().withClock(clock),
            CallOptions.usual(),
            Option.none());
    private final OperationContext origin = calls.origin("Show");
    private final AtomicInteger issued = new AtomicInteger();
    private final AtomicReference<RefreshableCredential.Issuer<String>> issuer = new AtomicReference<>(this::nextOfDay);
    private final RefreshableCredential<String> token = of(calls);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch asking = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);

    @AfterEach
    void stop() {
        answered.countDown();
        threads.shutdownNow();
    }

    @Test
    void gets_one_for_all_threads() {
        assertThat(concurrency(this::call)).containsOnly(Either.right("t1"));
        assertThat(issued).hasValue(1);
    }

    @Test
    void keeps_it_while_its_end_is_far() {
        call();
        clock.move(DAY.minusMinutes(6));

        assertThat(concurrency(this::call)).containsOnly(Either.right("t1"));
        assertThat(issued).hasValue(1);
    }

    @Test
    void goes_on_with_the_old_one_while_one_thread_renews() throws InterruptedException {
        call();
        clock.move(END_IS_NEAR);
        issuer.set(this::nextWhenLet);
        CompletableFuture<Either<OtaFailure, String>> renewing = later(this::call);
        asking.await();

        assertThat(concurrency(this::call)).containsOnly(Either.right("t1"));

        answered.countDown();
        assertThat(renewing.join()).isEqualTo(Either.right("t2"));
        assertThat(call()).isEqualTo(Either.right("t2"));
        assertThat(issued).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"86400, 300", "7200, 300", "1200, 120", "300, 60", "100, 50", "10, 5"})
    void renews_in_good_time_before_the_end(long life, long margin) {
        issuer.set(longest -> next(Duration.ofSeconds(life)));
        call();

        clock.move(Duration.ofSeconds(life - margin).minusMillis(1));
        assertThat(call()).isEqualTo(Either.right("t1"));
        clock.move(Duration.ofMillis(1));
        assertThat(call()).isEqualTo(Either.right("t2"));
    }

    @Test
    void waits_for_the_one_renewal_when_the_old_one_is_over() throws InterruptedException {
        call();
        clock.move(DAY);
        issuer.set(this::nextWhenLet);
        CompletableFuture<Either<OtaFailure, String>> renewing = later(this::call);
        asking.await();
        List<CompletableFuture<Either<OtaFailure, String>>> others =
                List.range(0, THREADS).map(i -> later(this::call));

        answered.countDown();

        assertThat(others.append(renewing).map(CompletableFuture::join)).containsOnly(Either.right("t2"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void succeeds_though_the_renewal_fails_while_there_is_a_good_one() {
        call();
        clock.move(END_IS_NEAR);
        issuer.set(longest -> failing(outage()));

        assertThat(concurrency(this::call)).containsOnly(Either.right("t1"));
        assertThat(call()).isEqualTo(Either.right("t1"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void tries_again_after_a_pause_and_not_with_every_call() {
        call();
        clock.move(END_IS_NEAR);
        issuer.set(longest -> failing(outage()));
        call();
        clock.move(Duration.ofMillis(400));
        call();
        assertThat(issued).hasValue(2);

        clock.move(Duration.ofSeconds(1));
        call();
        call();
        assertThat(issued).hasValue(3);

        issuer.set(this::nextOfDay);
        clock.move(Duration.ofSeconds(10));
        assertThat(call()).isEqualTo(Either.right("t4"));
    }

    @Test
    void tries_again_when_the_old_one_ends_within_the_pause() {
        call();
        clock.move(DAY.minusMillis(1));
        issuer.set(longest -> failing(denial()));
        assertThat(call()).isEqualTo(Either.right("t1"));

        issuer.set(this::nextOfDay);
        clock.move(Duration.ofMillis(1));

        assertThat(call()).isEqualTo(Either.right("t3"));
    }

    @Test
    void shares_a_failure_with_all_who_have_none() throws InterruptedException {
        issuer.set(longest -> whenLet(() -> failing(denial())));
        CompletableFuture<Either<OtaFailure, String>> first = later(this::call);
        asking.await();
        List<CompletableFuture<Either<OtaFailure, String>>> others =
                List.range(0, THREADS).map(i -> later(this::call));

        answered.countDown();

        assertThat(others.append(first).map(CompletableFuture::join)).containsOnly(Either.left(denial()));
        assertThat(issued).hasValue(1);
    }

    @Test
    void does_not_ask_again_at_once_with_a_wrong_password() {
        issuer.set(longest -> failing(denial()));

        assertThat(call()).isEqualTo(Either.left(denial()));
        clock.move(Duration.ofSeconds(29));
        assertThat(call()).isEqualTo(Either.left(denial()));
        assertThat(issued).hasValue(1);

        clock.move(Duration.ofSeconds(31));
        call();
        assertThat(issued).hasValue(2);
    }

    @Test
    void says_how_long_an_outage_is_not_asked_about() {
        issuer.set(longest -> failing(outage()));
        call();

        OtaFailure failure = call().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.retryAfter().get()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(issued).hasValue(1);
    }

    @Test
    void obeys_an_issuer_that_asks_for_a_longer_pause() {
        issuer.set(longest -> failing(new OtaFailure.RateLimited(
                FailureDetails.of(origin, "Too often", "Wait").withRetry(Option.some(Duration.ofMinutes(2))))));
        call();
        clock.move(Duration.ofSeconds(119));

        assertThat(call().getLeft().retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(issued).hasValue(1);
    }

    @Test
    void is_not_held_up_by_a_clock_that_is_set_back() {
        issuer.set(longest -> failing(denial()));
        call();
        issuer.set(this::nextOfDay);
        clock.move(Duration.ofHours(-1));

        assertThat(call()).isEqualTo(Either.right("t2"));
    }

    @Test
    void waits_no_longer_than_its_own_deadline() throws InterruptedException {
        issuer.set(this::nextWhenLet);
        CompletableFuture<Either<OtaFailure, String>> first = later(this::call);
        asking.await();

        OtaFailure failure = call(Duration.ofMillis(20)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.DeadlineExceeded.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.summary()).startsWith("Backend prod received no new token before the deadline");
        answered.countDown();
        assertThat(first.join()).isEqualTo(Either.right("t1"));
        assertThat(issued).hasValue(1);
    }

    @Test
    void leaves_the_renewal_to_the_others_when_interrupted() throws InterruptedException {
        issuer.set(this::nextWhenLet);
        CompletableFuture<Either<OtaFailure, String>> first = later(this::call);
        asking.await();

        Thread.currentThread().interrupt();
        OtaFailure failure = call().getLeft();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.summary()).contains("was interrupted");
        answered.countDown();
        assertThat(first.join()).isEqualTo(Either.right("t1"));
        assertThat(issued).hasValue(1);
    }

    @Test
    void an_interrupted_thread_keeps_using_a_stale_credential() {
        issuer.set(this::nextOfDay);
        call();
        clock.move(DAY.minusSeconds(100));
        issuer.set(longest -> failing(outage()));

        Thread.currentThread().interrupt();
        Either<OtaFailure, String> outcome = call();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isEqualTo(Either.right("t1"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void renews_in_place_of_a_thread_that_was_interrupted() throws InterruptedException {
        AtomicReference<Thread> leader = new AtomicReference<>();
        issuer.set(longest -> {
            leader.set(Thread.currentThread());
            return nextWhenLet(longest);
        });
        CompletableFuture<Either<OtaFailure, String>> first = later(this::call);
        asking.await();
        List<CompletableFuture<Either<OtaFailure, String>>> others =
                List.range(0, THREADS).map(i -> later(this::call));
        issuer.set(this::nextOfDay);

        leader.get().interrupt();

        assertThat(first.join().getLeft()).isEqualTo(outage());
        assertThat(others.map(CompletableFuture::join)).containsOnly(Either.right("t2"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void renews_in_place_of_a_thread_whose_time_was_short() throws InterruptedException {
        issuer.set(this::untilTheTimeIsUp);
        CompletableFuture<Either<OtaFailure, String>> first = later(() -> call(Duration.ofMillis(100)));
        asking.await();
        issuer.set(this::nextOfDay);
        List<CompletableFuture<Either<OtaFailure, String>>> others =
                List.range(0, THREADS).map(i -> later(this::call));

        assertThat(first.join()).isEqualTo(Either.left(outage()));
        assertThat(others.map(CompletableFuture::join)).containsOnly(Either.right("t2"));
    }

    @Test
    void keeps_half_of_the_time_for_the_call_itself() {
        call();
        clock.move(END_IS_NEAR);
        AtomicReference<Duration> time = new AtomicReference<>();
        issuer.set(longest -> {
            time.set(longest);
            return failing(outage());
        });

        assertThat(call(Duration.ofMinutes(2))).isEqualTo(Either.right("t1"));
        assertThat(time.get()).isLessThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void takes_the_rest_of_the_time_when_the_old_one_ends_meanwhile() {
        call();
        clock.move(DAY.minusMillis(1));
        issuer.set(longest -> {
            clock.move(Duration.ofMillis(1));
            issuer.set(this::nextOfDay);
            return untilTheTimeIsUp(longest);
        });

        assertThat(call(Duration.ofSeconds(1))).isEqualTo(Either.right("t3"));
    }

    @Test
    void refuses_one_that_is_over_when_it_comes() {
        issuer.set(longest -> next(Duration.ZERO));

        OtaFailure failure = call().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.summary())
                .contains("is over since 2026-01-15T08:15:30Z")
                .doesNotContain("t1");
        assertThat(failure.advice()).contains("clock");
    }

    @Test
    void renews_a_refused_one_once_for_all_and_sends_once_more() {
        call();
        CyclicBarrier allHaveSent = new CyclicBarrier(THREADS);
        AtomicInteger sent = new AtomicInteger();

        List<Either<OtaFailure, String>> answers = concurrency(() -> send(() -> {
            sent.incrementAndGet();
            String used = token.latest();
            if (used.equals("t1")) {
                meet(allHaveSent);
                return Either.left(denial());
            }
            return Either.right(used);
        }));

        assertThat(answers).containsOnly(Either.right("t2"));
        assertThat(issued).hasValue(2);
        assertThat(sent).hasValue(2 * THREADS);
    }

    @Test
    void passes_no_refusal_on_to_a_thread_that_hears_of_it_while_another_renews() {
        call();
        for (int round = 1; round <= MANY; round++) {
            clock.move(Duration.ofMinutes(1));
            String refused = "t" + round;

            assertThat(concurrency(() -> send(() -> {
                        String used = token.latest();
                        return used.equals(refused) ? Either.left(denial()) : Either.right(used);
                    })))
                    .as("round %s", round)
                    .containsOnly(Either.right("t" + (round + 1)));
        }
    }

    @Test
    void answers_a_second_refusal_and_renews_no_more_for_a_while() {
        call();
        Supplier<Either<OtaFailure, String>> refused = () -> Either.left(denial());

        assertThat(send(refused)).isEqualTo(Either.left(denial()));
        assertThat(send(refused)).isEqualTo(Either.left(denial()));
        assertThat(issued).hasValue(2);

        clock.move(Duration.ofSeconds(30));
        send(refused);
        assertThat(issued).hasValue(3);
    }

    @Test
    void renews_nothing_for_another_failure() {
        call();

        assertThat(send(() -> Either.left(outage()))).isEqualTo(Either.left(outage()));
        assertThat(issued).hasValue(1);
    }

    @Test
    void says_why_a_refused_one_could_not_be_renewed() {
        call();
        issuer.set(longest -> failing(outage()));

        OtaFailure failure = send(() -> Either.left(denial())).getLeft();

        assertThat(failure.summary()).isEqualTo(outage().summary());
        assertThat(failure.retryAfter().get()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void hides_each_new_one_in_messages() {
        issuer.set(longest -> {
            issued.incrementAndGet();
            return Either.right(new RefreshableCredential.Issued<>(
                    "secret-" + issued.get(), clock.instant().plus(DAY)));
        });
        call();
        clock.move(DAY);
        call();

        assertThat(calls.redactor().redact("once secret-1 and then secret-2")).isEqualTo("once *** and then ***");
        assertThat(token.toString()).isEqualTo("Renewable[token]");
    }

    @Test
    void goes_on_with_a_refused_one_that_cannot_be_renewed() {
        call();
        issuer.set(longest -> failing(outage()));
        send(() -> Either.left(denial()));

        assertThat(concurrency(this::call)).containsOnly(Either.right("t1"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void tries_to_renew_a_refused_one_after_each_pause() {
        call();
        issuer.set(longest -> failing(outage()));
        send(() -> Either.left(denial()));
        clock.move(Duration.ofSeconds(1));
        assertThat(call()).isEqualTo(Either.right("t1"));
        assertThat(issued).hasValue(3);

        issuer.set(this::nextOfDay);
        clock.move(Duration.ofSeconds(2));

        assertThat(call()).isEqualTo(Either.right("t4"));
    }

    @Test
    void says_why_one_that_is_refused_again_was_not_renewed() {
        call();
        issuer.set(longest -> failing(outage()));
        send(() -> Either.left(denial()));

        OtaFailure failure = send(() -> Either.left(denial())).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.summary()).isEqualTo(outage().summary());
        assertThat(issued).hasValue(2);
    }

    @Test
    void renews_one_that_is_refused_again_once_the_pause_is_over() {
        call();
        issuer.set(longest -> failing(outage()));
        send(() -> Either.left(denial()));
        issuer.set(this::nextOfDay);

        assertThat(send(() -> {
                    clock.move(Duration.ofSeconds(1));
                    return refusedIfFirst();
                }))
                .isEqualTo(Either.right("t3"));
        assertThat(issued).hasValue(3);
    }

    @Test
    void waits_for_a_renewal_under_way_when_it_is_refused_again() throws InterruptedException {
        call();
        issuer.set(longest -> failing(outage()));
        send(() -> Either.left(denial()));
        clock.move(Duration.ofSeconds(1));
        issuer.set(this::nextWhenLet);
        CompletableFuture<Either<OtaFailure, String>> renewing = later(this::call);
        asking.await();
        ConcurrentCallers<Either<OtaFailure, String>> refused =
                ConcurrentCallers.of(1, () -> send(this::refusedIfFirst)).whenWaiting(1);

        answered.countDown();

        assertThat(refused.results()).containsExactly(Either.right("t3"));
        assertThat(renewing.join()).isEqualTo(Either.right("t3"));
        assertThat(issued).hasValue(3);
    }

    @Test
    void says_why_a_renewal_under_way_failed_to_who_is_refused_again() throws InterruptedException {
        call();
        issuer.set(longest -> failing(outage()));
        send(() -> Either.left(denial()));
        clock.move(Duration.ofSeconds(1));
        issuer.set(longest -> whenLet(() -> failing(outage())));
        CompletableFuture<Either<OtaFailure, String>> renewing = later(this::call);
        asking.await();
        ConcurrentCallers<Either<OtaFailure, String>> refused =
                ConcurrentCallers.of(1, () -> send(this::refusedIfFirst)).whenWaiting(1);

        answered.countDown();

        OtaFailure failure = refused.results().head().getLeft();
        assertThat(failure.summary()).isEqualTo(outage().summary());
        assertThat(renewing.join()).isEqualTo(Either.right("t1"));
        assertThat(issued).hasValue(3);
    }

    @Test
    void uses_a_refused_one_no_longer_than_it_is_good() {
        call();
        issuer.set(longest -> failing(outage()));
        send(() -> Either.left(denial()));
        clock.move(DAY);

        assertThat(call()).isEqualTo(Either.left(outage()));
    }

    @Test
    void goes_on_with_a_refused_one_while_the_issuer_hangs() {
        // Any time is enough, so that a thread that is stopped for a while has had enough of it too.
        RefreshableCredential<String> hurried = of(calls.within(Duration.ofNanos(1)));
        issuer.set(this::nextOfDay);
        long end = System.nanoTime() + LONG.toNanos();
        with(hurried, end, () -> Either.right("well"));
        issuer.set(this::untilTheTimeIsUp);
        long soon = System.nanoTime() + Duration.ofMillis(20).toNanos();
        with(hurried, soon, () -> Either.left(denial()));

        assertThat(with(hurried, end, () -> Either.right("well"))).isEqualTo(Either.right("well"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void takes_an_issuer_that_throws_for_one_that_is_down() {
        issuer.set(longest -> {
            issued.incrementAndGet();
            throw new IllegalStateException("no entry for secret-17");
        });

        OtaFailure failure = call().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.toString()).contains("IllegalStateException").doesNotContain("secret-17");
        assertThat(call().isLeft()).isTrue();
        assertThat(issued).hasValue(1);
        issuer.set(this::nextOfDay);
        clock.move(Duration.ofSeconds(1));
        assertThat(call()).isEqualTo(Either.right("t2"));
    }

    @Test
    void goes_on_with_a_good_one_though_the_issuer_throws() {
        call();
        clock.move(END_IS_NEAR);
        issuer.set(longest -> {
            issued.incrementAndGet();
            throw new IllegalStateException("a mistake");
        });

        assertThat(concurrency(this::call)).containsOnly(Either.right("t1"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void has_none_before_the_first_call() {
        assertThatThrownBy(token::latest).isInstanceOf(IllegalStateException.class);
        assertThat(issued).hasValue(0);
    }

    private RefreshableCredential<String> of(BackendClient its) {
        return its.refreshable(
                "token",
                List::of,
                OtaFailure.AccessDenied.class::isInstance,
                longest -> issuer.get().issue(longest));
    }

    private Either<OtaFailure, String> call() {
        return call(LONG);
    }

    private Either<OtaFailure, String> call(Duration longest) {
        return with(token, System.nanoTime() + longest.toNanos(), () -> Either.right(token.latest()));
    }

    private Either<OtaFailure, String> send(Supplier<Either<OtaFailure, String>> sending) {
        return with(token, System.nanoTime() + LONG.toNanos(), sending);
    }

    private static Either<OtaFailure, String> with(
            RefreshableCredential<String> credential, long deadline, Supplier<Either<OtaFailure, String>> send) {
        return Chain.of(java.util.List.of(new CredentialStep(credential), TestBackendClients.sending(send)))
                .proceed(TestBackendClients.readUntil(deadline))
                .outcome();
    }

    private Either<OtaFailure, String> refusedIfFirst() {
        String used = token.latest();
        return used.equals("t1") ? Either.left(denial()) : Either.right(used);
    }

    private List<Either<OtaFailure, String>> concurrency(Supplier<Either<OtaFailure, String>> call) {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        return List.range(0, THREADS)
                .map(i -> later(() -> {
                    meet(start);
                    return call.get();
                }))
                .map(CompletableFuture::join);
    }

    private CompletableFuture<Either<OtaFailure, String>> later(Supplier<Either<OtaFailure, String>> call) {
        return CompletableFuture.supplyAsync(call, threads);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    private Either<OtaFailure, RefreshableCredential.Issued<String>> next(Duration life) {
        return Either.right(new RefreshableCredential.Issued<>(
                "t" + issued.incrementAndGet(), clock.instant().plus(life)));
    }

    /** Takes any time and lasts a day. */
    private Either<OtaFailure, RefreshableCredential.Issued<String>> nextOfDay(Duration longest) {
        return next(DAY);
    }

    private Either<OtaFailure, RefreshableCredential.Issued<String>> nextWhenLet(Duration longest) {
        return whenLet(() -> next(DAY));
    }

    private Either<OtaFailure, RefreshableCredential.Issued<String>> failing(OtaFailure failure) {
        issued.incrementAndGet();
        return Either.left(failure);
    }

    private Either<OtaFailure, RefreshableCredential.Issued<String>> untilTheTimeIsUp(Duration longest) {
        issued.incrementAndGet();
        asking.countDown();
        long end = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        return Either.left(outage());
    }

    private Either<OtaFailure, RefreshableCredential.Issued<String>> whenLet(
            Supplier<Either<OtaFailure, RefreshableCredential.Issued<String>>> answer) {
        asking.countDown();
        try {
            assertThat(answered.await(1, TimeUnit.MINUTES)).isTrue();
            return answer.get();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
            return failing(outage());
        }
    }

    private OtaFailure outage() {
        return new OtaFailure.Unavailable(
                FailureDetails.of(origin, "Not now", "Wait").withRetry(Option.none()));
    }

    private OtaFailure denial() {
        return new OtaFailure.AccessDenied(FailureDetails.of(origin, "You may not", "Ask somebody"));
    }
}
