package io.otabridge.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.client.BackendClient;
import io.otabridge.client.ConcurrentCallers;
import io.otabridge.client.TestBackendClients;
import io.otabridge.client.TestClients;
import io.otabridge.client.chain.Chain;
import io.otabridge.client.chain.CredentialStep;
import io.otabridge.client.config.CallOptions;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
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

/** When a credential is refreshed, and which callers wait. */
class RefreshableCredentialTest {

    private static final int THREADS = 16;
    private static final int ROUNDS = 1_000;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration UNTIL_STALE = DAY.minusMinutes(4);

    private final ManualClock clock = new ManualClock();
    private final BackendClient client =
            TestClients.client(CallOptions.defaults(), BackendContext.system().withClock(clock));
    private final OperationContext origin = client.contextOf("Show");
    private final AtomicInteger issued = new AtomicInteger();
    private final AtomicReference<RefreshableCredential.CredentialIssuer<String>> issuer =
            new AtomicReference<>(this::issueForADay);
    private final RefreshableCredential<String> token = of(client);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        released.countDown();
        threads.shutdownNow();
    }

    @Test
    void issues_one_credential_for_all_threads() {
        assertThat(concurrently(this::call)).containsOnly(Either.right("t1"));
        assertThat(issued).hasValue(1);
    }

    @Test
    void a_fresh_credential_is_reused() {
        call();
        clock.move(DAY.minusMinutes(6));

        assertThat(concurrently(this::call)).containsOnly(Either.right("t1"));
        assertThat(issued).hasValue(1);
    }

    @Test
    void a_stale_credential_is_used_while_one_thread_refreshes() throws InterruptedException {
        call();
        clock.move(UNTIL_STALE);
        issuer.set(this::issueWhenReleased);
        CompletableFuture<Either<OtaFailure, String>> refreshing = later(this::call);
        requested.await();

        assertThat(concurrently(this::call)).containsOnly(Either.right("t1"));

        released.countDown();
        assertThat(refreshing.join()).isEqualTo(Either.right("t2"));
        assertThat(call()).isEqualTo(Either.right("t2"));
        assertThat(issued).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"86400, 300", "7200, 300", "1200, 120", "300, 60", "100, 50", "10, 5"})
    void refreshes_a_margin_before_the_expiry(long lifetime, long margin) {
        issuer.set(timeout -> issue(Duration.ofSeconds(lifetime)));
        call();

        clock.move(Duration.ofSeconds(lifetime - margin).minusMillis(1));
        assertThat(call()).isEqualTo(Either.right("t1"));
        clock.move(Duration.ofMillis(1));
        assertThat(call()).isEqualTo(Either.right("t2"));
    }

    @Test
    void all_callers_wait_for_one_refresh_of_an_expired_credential() throws InterruptedException {
        call();
        clock.move(DAY);
        issuer.set(this::issueWhenReleased);
        CompletableFuture<Either<OtaFailure, String>> refreshing = later(this::call);
        requested.await();
        List<CompletableFuture<Either<OtaFailure, String>>> others =
                List.range(0, THREADS).map(i -> later(this::call));

        released.countDown();

        assertThat(others.append(refreshing).map(CompletableFuture::join)).containsOnly(Either.right("t2"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void a_failed_refresh_of_a_stale_credential_does_not_fail_calls() {
        call();
        clock.move(UNTIL_STALE);
        issuer.set(timeout -> failing(outage()));

        assertThat(concurrently(this::call)).containsOnly(Either.right("t1"));
        assertThat(call()).isEqualTo(Either.right("t1"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void a_failed_refresh_is_retried_after_a_backoff() {
        call();
        clock.move(UNTIL_STALE);
        issuer.set(timeout -> failing(outage()));
        call();
        clock.move(Duration.ofMillis(400));
        call();
        assertThat(issued).hasValue(2);

        clock.move(Duration.ofSeconds(1));
        call();
        call();
        assertThat(issued).hasValue(3);

        issuer.set(this::issueForADay);
        clock.move(Duration.ofSeconds(10));
        assertThat(call()).isEqualTo(Either.right("t4"));
    }

    @Test
    void the_backoff_ends_when_the_credential_expires() {
        call();
        clock.move(DAY.minusMillis(1));
        issuer.set(timeout -> failing(denial()));
        assertThat(call()).isEqualTo(Either.right("t1"));

        issuer.set(this::issueForADay);
        clock.move(Duration.ofMillis(1));

        assertThat(call()).isEqualTo(Either.right("t3"));
    }

    @Test
    void all_waiting_callers_share_a_failure() throws InterruptedException {
        issuer.set(timeout -> whenReleased(() -> failing(denial())));
        CompletableFuture<Either<OtaFailure, String>> first = later(this::call);
        requested.await();
        List<CompletableFuture<Either<OtaFailure, String>>> others =
                List.range(0, THREADS).map(i -> later(this::call));

        released.countDown();

        assertThat(others.append(first).map(CompletableFuture::join)).containsOnly(Either.left(denial()));
        assertThat(issued).hasValue(1);
    }

    @Test
    void a_rejected_password_is_not_retried_immediately() {
        issuer.set(timeout -> failing(denial()));

        assertThat(call()).isEqualTo(Either.left(denial()));
        clock.move(Duration.ofSeconds(29));
        assertThat(call()).isEqualTo(Either.left(denial()));
        assertThat(issued).hasValue(1);

        clock.move(Duration.ofSeconds(31));
        call();
        assertThat(issued).hasValue(2);
    }

    @Test
    void the_failure_reports_the_remaining_backoff() {
        issuer.set(timeout -> failing(outage()));
        call();

        OtaFailure failure = call().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.retryAfter().get()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(issued).hasValue(1);
    }

    @Test
    void the_backoff_respects_a_longer_retry_after() {
        issuer.set(timeout -> failing(new OtaFailure.RateLimited(
                FailureDetails.of(origin, "Too many requests", "Wait").withRetry(Option.some(Duration.ofMinutes(2))))));
        call();
        clock.move(Duration.ofSeconds(119));

        assertThat(call().getLeft().retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(issued).hasValue(1);
    }

    @Test
    void setting_the_clock_back_ends_the_backoff() {
        issuer.set(timeout -> failing(denial()));
        call();
        issuer.set(this::issueForADay);
        clock.move(Duration.ofHours(-1));

        assertThat(call()).isEqualTo(Either.right("t2"));
    }

    @Test
    void each_caller_waits_at_most_until_its_own_deadline() throws InterruptedException {
        issuer.set(this::issueWhenReleased);
        CompletableFuture<Either<OtaFailure, String>> first = later(this::call);
        requested.await();

        OtaFailure failure = call(Duration.ofMillis(20)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.DeadlineExceeded.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.summary()).startsWith("Backend prod received no new token before the deadline");
        released.countDown();
        assertThat(first.join()).isEqualTo(Either.right("t1"));
        assertThat(issued).hasValue(1);
    }

    @Test
    void an_interrupted_caller_does_not_cancel_the_refresh_of_others() throws InterruptedException {
        issuer.set(this::issueWhenReleased);
        CompletableFuture<Either<OtaFailure, String>> first = later(this::call);
        requested.await();

        Thread.currentThread().interrupt();
        OtaFailure failure = call().getLeft();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.summary()).contains("was interrupted");
        released.countDown();
        assertThat(first.join()).isEqualTo(Either.right("t1"));
        assertThat(issued).hasValue(1);
    }

    @Test
    void an_interrupted_thread_keeps_using_a_stale_credential() {
        issuer.set(this::issueForADay);
        call();
        clock.move(DAY.minusSeconds(100));
        issuer.set(timeout -> failing(outage()));

        Thread.currentThread().interrupt();
        Either<OtaFailure, String> outcome = call();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isEqualTo(Either.right("t1"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void another_caller_refreshes_if_the_refreshing_thread_is_interrupted() throws InterruptedException {
        AtomicReference<Thread> leader = new AtomicReference<>();
        issuer.set(timeout -> {
            leader.set(Thread.currentThread());
            return issueWhenReleased(timeout);
        });
        CompletableFuture<Either<OtaFailure, String>> first = later(this::call);
        requested.await();
        List<CompletableFuture<Either<OtaFailure, String>>> others =
                List.range(0, THREADS).map(i -> later(this::call));
        issuer.set(this::issueForADay);

        leader.get().interrupt();

        assertThat(first.join().getLeft()).isEqualTo(outage());
        assertThat(others.map(CompletableFuture::join)).containsOnly(Either.right("t2"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void another_caller_refreshes_if_the_refreshing_thread_runs_out_of_time() throws InterruptedException {
        issuer.set(this::failAtTimeout);
        CompletableFuture<Either<OtaFailure, String>> first = later(() -> call(Duration.ofMillis(100)));
        requested.await();
        issuer.set(this::issueForADay);
        List<CompletableFuture<Either<OtaFailure, String>>> others =
                List.range(0, THREADS).map(i -> later(this::call));

        assertThat(first.join()).isEqualTo(Either.left(outage()));
        assertThat(others.map(CompletableFuture::join)).containsOnly(Either.right("t2"));
    }

    @Test
    void a_refresh_of_a_stale_credential_takes_at_most_half_of_the_time() {
        call();
        clock.move(UNTIL_STALE);
        AtomicReference<Duration> time = new AtomicReference<>();
        issuer.set(timeout -> {
            time.set(timeout);
            return failing(outage());
        });

        assertThat(call(Duration.ofMinutes(2))).isEqualTo(Either.right("t1"));
        assertThat(time.get()).isLessThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void uses_the_remaining_time_if_the_credential_expires_during_the_refresh() {
        call();
        clock.move(DAY.minusMillis(1));
        issuer.set(timeout -> {
            clock.move(Duration.ofMillis(1));
            issuer.set(this::issueForADay);
            return failAtTimeout(timeout);
        });

        assertThat(call(Duration.ofSeconds(1))).isEqualTo(Either.right("t3"));
    }

    @Test
    void rejects_a_new_credential_that_has_expired() {
        issuer.set(timeout -> issue(Duration.ZERO));

        OtaFailure failure = call().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.summary())
                .contains("that expired at 2026-01-15T08:15:30Z")
                .doesNotContain("t1");
        assertThat(failure.advice()).contains("clock");
    }

    @Test
    void a_rejected_credential_is_refreshed_once_and_calls_are_retried_once() {
        call();
        CyclicBarrier allSent = new CyclicBarrier(THREADS);
        AtomicInteger sent = new AtomicInteger();

        List<Either<OtaFailure, String>> results = concurrently(() -> send(() -> {
            sent.incrementAndGet();
            String used = token.current();
            if (used.equals("t1")) {
                meet(allSent);
                return Either.left(denial());
            }
            return Either.right(used);
        }));

        assertThat(results).containsOnly(Either.right("t2"));
        assertThat(issued).hasValue(2);
        assertThat(sent).hasValue(2 * THREADS);
    }

    @Test
    void no_call_fails_whose_credential_is_rejected_during_a_refresh() {
        call();
        for (int round = 1; round <= ROUNDS; round++) {
            clock.move(Duration.ofMinutes(1));
            String rejected = "t" + round;

            assertThat(concurrently(() -> send(() -> {
                        String used = token.current();
                        return used.equals(rejected) ? Either.left(denial()) : Either.right(used);
                    })))
                    .as("round %s", round)
                    .containsOnly(Either.right("t" + (round + 1)));
        }
    }

    @Test
    void a_second_rejection_is_returned_and_does_not_refresh_immediately() {
        call();
        Supplier<Either<OtaFailure, String>> rejected = () -> Either.left(denial());

        assertThat(send(rejected)).isEqualTo(Either.left(denial()));
        assertThat(send(rejected)).isEqualTo(Either.left(denial()));
        assertThat(issued).hasValue(2);

        clock.move(Duration.ofSeconds(30));
        send(rejected);
        assertThat(issued).hasValue(3);
    }

    @Test
    void other_failures_do_not_refresh() {
        call();

        assertThat(send(() -> Either.left(outage()))).isEqualTo(Either.left(outage()));
        assertThat(issued).hasValue(1);
    }

    @Test
    void returns_the_failure_to_refresh_a_rejected_credential() {
        call();
        issuer.set(timeout -> failing(outage()));

        OtaFailure failure = send(() -> Either.left(denial())).getLeft();

        assertThat(failure.summary()).isEqualTo(outage().summary());
        assertThat(failure.retryAfter().get()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void hides_each_new_credential_in_messages() {
        issuer.set(timeout -> {
            issued.incrementAndGet();
            return Either.right(new RefreshableCredential.IssuedCredential<>(
                    "secret-" + issued.get(), clock.instant().plus(DAY)));
        });
        call();
        clock.move(DAY);
        call();

        assertThat(client.redactor().redact("once secret-1 and then secret-2")).isEqualTo("once *** and then ***");
        assertThat(token.toString()).isEqualTo("RefreshableCredential[token]");
    }

    @Test
    void a_rejected_credential_that_cannot_be_refreshed_is_still_used() {
        call();
        issuer.set(timeout -> failing(outage()));
        send(() -> Either.left(denial()));

        assertThat(concurrently(this::call)).containsOnly(Either.right("t1"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void the_refresh_of_a_rejected_credential_is_retried_after_each_backoff() {
        call();
        issuer.set(timeout -> failing(outage()));
        send(() -> Either.left(denial()));
        clock.move(Duration.ofSeconds(1));
        assertThat(call()).isEqualTo(Either.right("t1"));
        assertThat(issued).hasValue(3);

        issuer.set(this::issueForADay);
        clock.move(Duration.ofSeconds(2));

        assertThat(call()).isEqualTo(Either.right("t4"));
    }

    @Test
    void a_repeated_rejection_returns_the_failure_of_the_refresh() {
        call();
        issuer.set(timeout -> failing(outage()));
        send(() -> Either.left(denial()));

        OtaFailure failure = send(() -> Either.left(denial())).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.summary()).isEqualTo(outage().summary());
        assertThat(issued).hasValue(2);
    }

    @Test
    void a_repeated_rejection_refreshes_after_the_backoff() {
        call();
        issuer.set(timeout -> failing(outage()));
        send(() -> Either.left(denial()));
        issuer.set(this::issueForADay);

        assertThat(send(() -> {
                    clock.move(Duration.ofSeconds(1));
                    return rejectFirstCredential();
                }))
                .isEqualTo(Either.right("t3"));
        assertThat(issued).hasValue(3);
    }

    @Test
    void a_repeated_rejection_waits_for_a_running_refresh() throws InterruptedException {
        call();
        issuer.set(timeout -> failing(outage()));
        send(() -> Either.left(denial()));
        clock.move(Duration.ofSeconds(1));
        issuer.set(this::issueWhenReleased);
        CompletableFuture<Either<OtaFailure, String>> refreshing = later(this::call);
        requested.await();
        ConcurrentCallers<Either<OtaFailure, String>> rejected =
                ConcurrentCallers.of(1, () -> send(this::rejectFirstCredential)).whenWaiting(1);

        released.countDown();

        assertThat(rejected.results()).containsExactly(Either.right("t3"));
        assertThat(refreshing.join()).isEqualTo(Either.right("t3"));
        assertThat(issued).hasValue(3);
    }

    @Test
    void a_repeated_rejection_returns_the_failure_of_a_running_refresh() throws InterruptedException {
        call();
        issuer.set(timeout -> failing(outage()));
        send(() -> Either.left(denial()));
        clock.move(Duration.ofSeconds(1));
        issuer.set(timeout -> whenReleased(() -> failing(outage())));
        CompletableFuture<Either<OtaFailure, String>> refreshing = later(this::call);
        requested.await();
        ConcurrentCallers<Either<OtaFailure, String>> rejected =
                ConcurrentCallers.of(1, () -> send(this::rejectFirstCredential)).whenWaiting(1);

        released.countDown();

        OtaFailure failure = rejected.results().head().getLeft();
        assertThat(failure.summary()).isEqualTo(outage().summary());
        assertThat(refreshing.join()).isEqualTo(Either.right("t1"));
        assertThat(issued).hasValue(3);
    }

    @Test
    void a_rejected_credential_is_not_used_after_its_expiry() {
        call();
        issuer.set(timeout -> failing(outage()));
        send(() -> Either.left(denial()));
        clock.move(DAY);

        assertThat(call()).isEqualTo(Either.left(outage()));
    }

    @Test
    void a_rejected_credential_is_used_while_the_issuer_hangs() {
        // With a call timeout of 1 ns, any refresh has had sufficient time, even if its thread is suspended.
        RefreshableCredential<String> shortTimeout = of(client.withTimeout(Duration.ofNanos(1)));
        issuer.set(this::issueForADay);
        long end = System.nanoTime() + LONG.toNanos();
        with(shortTimeout, end, () -> Either.right("ok"));
        issuer.set(this::failAtTimeout);
        long soon = System.nanoTime() + Duration.ofMillis(20).toNanos();
        with(shortTimeout, soon, () -> Either.left(denial()));

        assertThat(with(shortTimeout, end, () -> Either.right("ok"))).isEqualTo(Either.right("ok"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void an_exception_of_the_issuer_is_an_outage() {
        issuer.set(timeout -> {
            issued.incrementAndGet();
            throw new IllegalStateException("no entry for secret-17");
        });

        OtaFailure failure = call().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.toString()).contains("IllegalStateException").doesNotContain("secret-17");
        assertThat(call().isLeft()).isTrue();
        assertThat(issued).hasValue(1);
        issuer.set(this::issueForADay);
        clock.move(Duration.ofSeconds(1));
        assertThat(call()).isEqualTo(Either.right("t2"));
    }

    @Test
    void a_stale_credential_is_used_if_the_issuer_throws() {
        call();
        clock.move(UNTIL_STALE);
        issuer.set(timeout -> {
            issued.incrementAndGet();
            throw new IllegalStateException("a bug");
        });

        assertThat(concurrently(this::call)).containsOnly(Either.right("t1"));
        assertThat(issued).hasValue(2);
    }

    @Test
    void has_no_credential_before_the_first_call() {
        assertThatThrownBy(token::current).isInstanceOf(IllegalStateException.class);
        assertThat(issued).hasValue(0);
    }

    private RefreshableCredential<String> of(BackendClient client) {
        return client.refreshable(
                "token",
                List::of,
                OtaFailure.AccessDenied.class::isInstance,
                timeout -> issuer.get().issue(timeout));
    }

    private Either<OtaFailure, String> call() {
        return call(LONG);
    }

    private Either<OtaFailure, String> call(Duration timeout) {
        return with(token, System.nanoTime() + timeout.toNanos(), () -> Either.right(token.current()));
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

    private Either<OtaFailure, String> rejectFirstCredential() {
        String used = token.current();
        return used.equals("t1") ? Either.left(denial()) : Either.right(used);
    }

    private List<Either<OtaFailure, String>> concurrently(Supplier<Either<OtaFailure, String>> call) {
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

    private Either<OtaFailure, RefreshableCredential.IssuedCredential<String>> issue(Duration lifetime) {
        return Either.right(new RefreshableCredential.IssuedCredential<>(
                "t" + issued.incrementAndGet(), clock.instant().plus(lifetime)));
    }

    /** Issues a credential that is valid for a day. */
    private Either<OtaFailure, RefreshableCredential.IssuedCredential<String>> issueForADay(Duration timeout) {
        return issue(DAY);
    }

    private Either<OtaFailure, RefreshableCredential.IssuedCredential<String>> issueWhenReleased(Duration timeout) {
        return whenReleased(() -> issue(DAY));
    }

    private Either<OtaFailure, RefreshableCredential.IssuedCredential<String>> failing(OtaFailure failure) {
        issued.incrementAndGet();
        return Either.left(failure);
    }

    private Either<OtaFailure, RefreshableCredential.IssuedCredential<String>> failAtTimeout(Duration timeout) {
        issued.incrementAndGet();
        requested.countDown();
        long end = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        return Either.left(outage());
    }

    private Either<OtaFailure, RefreshableCredential.IssuedCredential<String>> whenReleased(
            Supplier<Either<OtaFailure, RefreshableCredential.IssuedCredential<String>>> result) {
        requested.countDown();
        try {
            assertThat(released.await(1, TimeUnit.MINUTES)).isTrue();
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failing(outage());
        }
    }

    private OtaFailure outage() {
        return new OtaFailure.Unavailable(
                FailureDetails.of(origin, "Unavailable", "Wait").withRetry(Option.none()));
    }

    private OtaFailure denial() {
        return new OtaFailure.AccessDenied(FailureDetails.of(origin, "Access denied", "Check the permissions"));
    }
}
